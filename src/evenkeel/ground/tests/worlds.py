"""A world that takes long to make is made once, and each test gets it as if it were its own."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

World = TypeVar("World")
Made = TypeVar("Made", covariant=True)


class Given(Protocol[Made]):
    """`given(data_dir)`: the world as one test's own."""

    def __call__(self, data_dir: Path, *, commits: bool = False) -> Made: ...


@contextmanager
def made_once(blocker: DjangoDbBlocker, folder: Path, make: Callable[[], World]) -> Iterator[Given[World]]:
    """Make a world and its log in a transaction that is taken back at the end; each test's savepoint lies within.

    For a fixture of a module or package that asks for `django_db_setup`. Gives a function that puts the log into a test's
    own `data_dir` and returns a copy of the world; the test must use `db`. A test that commits says so (`commits(request)`):
    the one world is taken back before it, and it gets one of its own. Such tests run last in their module.
    """
    with blocker.unblock(), ExitStack() as shared:
        shared.enter_context(transaction.atomic())
        shared.callback(transaction.set_rollback, True)
        with override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)):
            # A tenth of what copying object by object takes.
            made: bytes | None = pickle.dumps(make())

        def given(data_dir: Path, *, commits: bool = False) -> World:
            nonlocal made
            if commits and made is not None:
                made = None
                shared.close()
            if made is None:
                return make()
            shutil.copytree(folder, data_dir, dirs_exist_ok=True)
            world: World = pickle.loads(made)  # noqa: S301
            return world

        yield given


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test runs without a transaction around it."""
    marker = request.node.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return is_marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)
