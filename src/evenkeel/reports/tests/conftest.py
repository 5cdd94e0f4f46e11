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

from .world import World


@pytest.fixture(scope="package")
def _told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """The world and its log, told once for all of the room's modules. Each test's savepoint lies within."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)):
            world = World.told()
        yield world, folder
        transaction.set_rollback(True)


@pytest.fixture
def world(_told: tuple[World, Path], db: None, data_dir: Path) -> World:
    """Twelve weeks of work."""
    world, folder = _told
    shutil.copytree(folder, data_dir, dirs_exist_ok=True)
    return deepcopy(world)
