from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.tests.worlds import made_once

from .floor import Taken, take


@pytest.fixture(scope="package")
def _made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Taken]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("floor"), take) as given:
        yield given


@pytest.fixture
def taken(_made: Callable[[Path], Taken], db: None, data_dir: Path) -> Taken:
    """Twelve people of two organisations, their decisions and audits of one day, and people who take figures out."""
    return _made(data_dir)
