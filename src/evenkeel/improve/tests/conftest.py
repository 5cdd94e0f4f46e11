from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.tests.worlds import made_once

from .story import Story


@pytest.fixture(scope="module")
def _told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Story]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("story"), Story.told) as given:
        yield given


@pytest.fixture
def story(_told: Callable[[Path], Story], db: None, data_dir: Path) -> Story:
    """A month of audits with a planted fault."""
    return _told(data_dir)
