from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.tests.worlds import made_once
from evenkeel.measure import roll_up

from .floor import NOW, Floor


@pytest.fixture
def floor(db: None) -> Floor:
    """Two organisations, two queues, four workers, six items."""
    return Floor.make()


def _work() -> Floor:
    floor = Floor.make()
    floor.write(
        decisions=[
            floor.decision(n % 4, n % 6, at=NOW - timedelta(days=n % 10), active_ms=50_000 if n % 4 == 3 else 10_000)
            for n in range(80)
        ],
        audits=[
            floor.audit(n % 4, is_right=n % 5 > 0, at=NOW - timedelta(days=n % 10), pi=0.1 if n % 2 else 0.5)
            for n in range(40)
        ],
    )
    roll_up(now=NOW)
    return floor


@pytest.fixture(scope="module")
def _worked(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Floor]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("worked"), _work) as given:
        yield given


@pytest.fixture
def worked(_worked: Callable[[Path], Floor], db: None, data_dir: Path) -> Floor:
    """The ten days up to NOW: decisions, one in four slow, in both organisations; half of them audited with known odds."""
    return _worked(data_dir)
