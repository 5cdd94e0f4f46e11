from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from evenkeel.measure import roll_up

from .floor import NOW, Floor


@pytest.fixture
def floor(db: None) -> Floor:
    """Two organisations, two queues, four workers, six items."""
    return Floor.make()


@pytest.fixture(scope="module")
def _worked(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Floor, Path]]:
    """The floor and its log, made once a module. Each test's savepoint lies within."""
    folder = tmp_path_factory.mktemp("worked")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)):
            floor = Floor.make()
            floor.write(
                decisions=[
                    floor.decision(
                        n % 4, n % 6, at=NOW - timedelta(days=n % 10), active_ms=50_000 if n % 4 == 3 else 10_000
                    )
                    for n in range(80)
                ],
                audits=[
                    floor.audit(n % 4, is_right=n % 5 > 0, at=NOW - timedelta(days=n % 10), pi=0.1 if n % 2 else 0.5)
                    for n in range(40)
                ],
            )
            roll_up(now=NOW)
        yield floor, folder
        transaction.set_rollback(True)


@pytest.fixture
def worked(_worked: tuple[Floor, Path], db: None, data_dir: Path) -> Floor:
    """The ten days up to NOW: decisions, one in four slow, in both organisations; half of them audited with known odds."""
    floor, folder = _worked
    shutil.copytree(folder, data_dir, dirs_exist_ok=True)
    return deepcopy(floor)
