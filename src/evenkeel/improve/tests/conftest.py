from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from .plant import BASELINE, Plant
from .story import Story


@pytest.fixture(scope="module")
def _told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Story, Path]]:
    """The story and its log, told once a module: it is a thousand rows long. Each test's savepoint lies within."""
    folder = tmp_path_factory.mktemp("story")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)):
            story = Story.told()
        yield story, folder
        transaction.set_rollback(True)


@pytest.fixture
def story(_told: tuple[Story, Path], db: None, data_dir: Path) -> Story:
    """A month of audits with a planted fault."""
    story, folder = _told
    shutil.copytree(folder, data_dir, dirs_exist_ok=True)
    return deepcopy(story)


@pytest.fixture(scope="module")
def _planted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plant]:
    """One world for the module: eight teams, half of which get better by four points from the start on."""
    folder = tmp_path_factory.mktemp("plant")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)):
            plant = Plant.make()
            for number, team in enumerate(plant.teams):
                is_changed = number < 4
                plant.weeks(team, lambda week, is_changed=is_changed: 0.10 - 0.05 * (is_changed and week >= BASELINE),  # type: ignore[misc]
                            seed=number)  # fmt: skip
        yield plant
        transaction.set_rollback(True)


@pytest.fixture
def plant(_planted: Plant, db: None, data_dir: Path) -> Plant:
    """The world; each test's savepoint lies within."""
    return deepcopy(_planted)
