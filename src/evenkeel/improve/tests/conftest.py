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
    # A thousand verdicts that no test changes are shared; copying them costs more than most tests.
    made = deepcopy(replace(story, verdicts=[]))
    made.verdicts = list(story.verdicts)
    return made
