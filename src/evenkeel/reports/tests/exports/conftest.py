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

from .floor import Taken, take


@pytest.fixture(scope="package")
def _made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Taken, Path]]:
    """The floor and its log, made once for all of these. Each test's savepoint lies within."""
    folder = tmp_path_factory.mktemp("floor")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)):
            made = take()
        yield made, folder
        transaction.set_rollback(True)


@pytest.fixture
def taken(_made: tuple[Taken, Path], db: None, data_dir: Path) -> Taken:
    """Twelve people of two organisations, their decisions and audits of one day, and people who take figures out."""
    made, folder = _made
    shutil.copytree(folder, data_dir, dirs_exist_ok=True)
    return deepcopy(made)
