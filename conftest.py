"""What every test stands on: a database and a data folder of its own, no network, the same random examples every time.

It lies at the root because tests live beside the rooms (`src/evenkeel/<room>/tests`) and in `tests/`.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pyarrow
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent
DATABASES = {"db", "transactional_db", "live_server", "django_db_setup", "_django_db_helper"}

# Found once, found again: the examples follow from the test, not from the day. The machine may be busy: no deadline.
hypothesis.settings.register_profile("evenkeel", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("evenkeel")
# It would also read the sources of all modules loaded so far for words to try: seconds in every process, and examples that
# follow from what ran before in it.
_no_words = Constants()
providers._get_local_constants = lambda: _no_words


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it again and again for what may go takes a fifth of all tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    # Tables of tests are small: threads for them are only waited for, and another process has the core.
    pyarrow.set_cpu_count(1)


def pytest_itemcollected(item: pytest.Item) -> None:
    """What can reach no database need not be asked on both."""
    fixtures = getattr(item, "fixturenames", ())
    if item.get_closest_marker("django_db") is None and DATABASES.isdisjoint(fixtures):
        item.add_marker(pytest.mark.once)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under xdist every process begins with its share of the modules that take longest, those of browsers above all.

    Left alone, all of them would stand at the end (pytest-django puts tests that commit behind the others, which need not
    be here, where the database is put back as a whole), and one process would work on while the others are done.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes < 2:
        return
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    # Spark's one test waits for Java most of its two minutes: it goes first, and the others go on beside it.
    slow = [tests for tests in modules.values() if any(test.get_closest_marker("spark") for test in tests)]
    slow += [tests for tests in modules.values() if any(test.get_closest_marker("browser") for test in tests)]
    quick = [test for tests in modules.values() if tests not in slow for test in tests]
    shares = [[test for tests in slow[place::processes] for test in tests] for place in range(processes)]
    # xdist deals the list out in equal parts.
    for share in shares:
        missing = max(0, -(-len(items) // processes) - len(share))
        share += quick[:missing]
        del quick[:missing]
    items[:] = [test for share in shares for test in share] + quick


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Shape the test database like the real one, minus what only durability needs.

    SQLite is a file and not in memory: the browser's server answers in threads of its own, and threads that share one
    in-memory connection also share its transactions, which no installation ever does.
    """
    from django.db import connections

    from evenkeel.edges.tests.migrated import migrated_postgresql, migrated_sqlite

    database = connections.settings["default"]
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("postgresql"):
        database["TEST"]["TEMPLATE"] = migrated_postgresql(os.environ["EVENKEEL_DATABASE_URL"])
    else:
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        shutil.copyfile(migrated_sqlite(), path)
        database["TEST"]["NAME"] = str(path)
        database["OPTIONS"] = database["OPTIONS"] | {
            "init_command": database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        }


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's file is a migrated copy already, in a folder of this run's own: neither to be emptied nor to be taken away."""
    from django.db import connections

    return connections["default"].vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep a copy of the migrated database, and put it back after each test that commits.

    Django would empty every table instead, which append-only tables refuse and which takes the built-in roles away.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copy = _sqlite_copy if connections["default"].vendor == "sqlite" else _postgresql_copy
        with copy(connections["default"]) as put_back:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: put_back())
            yield


@contextmanager
def _sqlite_copy(connection: BaseDatabaseWrapper) -> Iterator[Callable[[], None]]:
    path = Path(connection.settings_dict["NAME"])
    pristine = path.with_name(f"pristine-{path.name}")

    def copy(source: Path, target: Path) -> None:
        with closing(sqlite3.connect(source, timeout=20)) as from_, closing(sqlite3.connect(target, timeout=20)) as to:
            # A thread that a test left writing shows as an error here; the copying itself would wait for it for ever.
            to.execute("BEGIN IMMEDIATE")
            to.rollback()
            from_.backup(to)

    copy(path, pristine)
    yield lambda: copy(pristine, path)


@contextmanager
def _postgresql_copy(connection: BaseDatabaseWrapper) -> Iterator[Callable[[], None]]:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    pristine = connection.ops.quote_name(f"{connection.settings_dict['NAME']}_pristine")

    def run(*statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    run(f"DROP DATABASE IF EXISTS {pristine}", f"CREATE DATABASE {pristine} TEMPLATE {name}")
    # A thread that a test left behind may still be connected: hence FORCE.
    yield lambda: run(f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {pristine}")
    run(f"DROP DATABASE {pristine} WITH (FORCE)")


@pytest.fixture(scope="session", autouse=True)
def _static_files_as_they_lie() -> Iterator[None]:
    """Static files are found when asked for: no client has to list them all first, and none need be collected."""
    from django.test.utils import override_settings

    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_need_not_reach_the_disk() -> Iterator[None]:
    """What these processes write need not outlive the machine; processes that tests start, and kill, do wait for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """Where this one test's log and uploads go."""
    from django.conf import settings
    from django.test.utils import override_settings

    folder = tmp_path / "data"
    folder.mkdir()
    # The cache's table belongs to no model, so a test that commits would hand its throttling on to the next.
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(folder)}
    with override_settings(
        EVENKEEL=replace(settings.EVENKEEL, data_dir=folder), MEDIA_ROOT=folder / "uploads", CACHES={"default": cache}
    ):
        yield folder


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real cases with known answers; a test that asks for it is skipped where it is absent."""
    said = os.environ.get("EVENKEEL_REFERENCE_DATA")
    folder = Path(said) if said else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no reference data at {folder} (EVENKEEL_REFERENCE_DATA names another folder)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that reaches for another machine fails, and says where it wanted to go."""
    with pytest.MonkeyPatch.context() as patch:
        connect = socket.socket.connect

        def only_here(self: socket.socket, address: Any) -> None:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise AssertionError(f"a test tried to connect to {address!r}")
            connect(self, address)

        patch.setattr(socket.socket, "connect", only_here)
        yield


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def _chromium() -> Iterator[str]:
    from evenkeel.ground.tests import chromium

    with chromium.running() as address:
        yield address


@pytest.fixture(scope="module")
def browser(_chromium: str) -> Iterator[Browser]:
    """A real Chromium, for tests marked `browser`."""
    from playwright.sync_api import sync_playwright

    # Playwright's own event loop counts as running in this thread as long as it lives. That is why it lives no longer
    # than the module (a later test may want a loop of its own), and why Django must be told that this is no coroutine.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            yield playwright.chromium.connect_over_cdp(_chromium)
