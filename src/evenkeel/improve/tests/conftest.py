from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.tests.worlds import made_once

from .plant import BASELINE, Plant
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


def _plant() -> Plant:
    plant = Plant.make()
    for number, team in enumerate(plant.teams):
        is_changed = number < 4
        plant.weeks(
            team,
            lambda week, is_changed=is_changed: 0.10 - 0.05 * (is_changed and week >= BASELINE),  # type: ignore[misc]
            seed=number,
        )
    return plant


@pytest.fixture(scope="module")
def _planted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Plant]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("plant"), _plant) as given:
        yield given


@pytest.fixture
def plant(_planted: Callable[[Path], Plant], db: None, data_dir: Path) -> Plant:
    """Eight teams, half of which get better by four points from the start on."""
    return _planted(data_dir)
