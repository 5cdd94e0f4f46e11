"""A short chaos: people decide while the web and the worker are killed -9; nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from . import chaos
from .migrated import migrated_postgresql, on_database
from .servers import Install


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    """An install in a database of its own. On SQLite `test_cli_kill` asks the same; `bench/chaos` asks both for longer."""
    url = os.environ.get("EVENKEEL_DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("runs with the tests on PostgreSQL")
    name = f"chaos_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql(url)}")
        yield Install(tmp_path / "install", EVENKEEL_DATABASE_URL=on_database(url, name))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_nothing_is_lost_and_nothing_is_there_twice(install: Install) -> None:
    install.init()
    found = chaos.run(install, people=4, rounds=2, items=1_000, seed=7, between_s=(0.2, 0.5))
    assert found.faults == []
    assert found.acknowledged > 0
    assert sum(found.kills.values()) == 2
