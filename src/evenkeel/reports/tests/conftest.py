from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.tests.worlds import made_once

from .world import World


@pytest.fixture(scope="package")
def _told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], World]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("world"), World.told) as given:
        yield given


@pytest.fixture
def world(_told: Callable[[Path], World], db: None, data_dir: Path) -> World:
    """Twelve weeks of work."""
    return _told(data_dir)
