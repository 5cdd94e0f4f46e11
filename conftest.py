"""What every test stands on: a database and a data folder of its own, no network, the same random examples every time.

It lies at the root because tests live beside the rooms (`src/evenkeel/<room>/tests`) and in `tests/`.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from pytest_django import Settings

ROOT = Path(__file__).resolve().parent

# Found once, found again: the examples follow from the test, not from the day. The machine may be busy: no deadline.
hypothesis.settings.register_profile("evenkeel", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("evenkeel")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Shape the test database like the real one, minus what only durability needs.

    SQLite is a file and not in memory: the browser's server answers in threads of its own, and threads that share one
    in-memory connection also share its transactions, which no installation ever does.
    """
    from django.db import connections

    database = connections.settings["default"]
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"] = database["OPTIONS"] | {
            "init_command": database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        }


@pytest.fixture(scope="session", autouse=True)
def _static_files_as_they_lie() -> Iterator[None]:
    """Static files are found when asked for: no client has to list them all first, and none need be collected."""
    from django.test.utils import override_settings

    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """Where this one test's log and uploads go."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=folder)
    settings.MEDIA_ROOT = folder / "uploads"
    # The cache's table belongs to no model, so a test that commits would hand its throttling on to the next.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(folder)}}
    return folder


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
