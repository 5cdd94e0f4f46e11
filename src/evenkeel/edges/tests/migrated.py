"""A migrated, otherwise empty database, made once and copied from then on: migrating takes longer than most tests together.

It is made anew as soon as a migration, the settings or a package with tables changes. Under xdist one process makes it and
the others wait for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg

PACKAGE = Path(__file__).resolve().parents[2]
KEPT = PACKAGE.parents[1] / "build" / "tests"


def migrated_sqlite() -> Path:
    """The file of a migrated SQLite database, to be copied and not to be opened."""
    path = KEPT / f"{_key()}.sqlite3"
    with _alone(path):
        if not path.exists():
            for old in KEPT.glob("*.sqlite3"):
                old.unlink(missing_ok=True)
            with TemporaryDirectory(dir=KEPT) as folder:
                _migrate(EVENKEEL_DATA_DIR=folder)
                made = Path(folder, "evenkeel.sqlite3")
                # Without its write-ahead log it is one file, which can be copied as it lies.
                with closing(sqlite3.connect(made)) as connection:
                    connection.execute("PRAGMA journal_mode=DELETE")
                made.rename(path)
    return path


def migrated_postgresql(url: str) -> str:
    """The name of a migrated database on the server of `url`, for `CREATE DATABASE ... TEMPLATE`."""
    name = f"evenkeel_migrated_{_key()}"
    with _alone(KEPT / name), psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            making = f"{name}_in_the_making"
            connection.execute(f"DROP DATABASE IF EXISTS {making}")
            connection.execute(f"CREATE DATABASE {making}")
            with TemporaryDirectory() as folder:
                _migrate(EVENKEEL_DATA_DIR=folder, EVENKEEL_DATABASE_URL=on_database(url, making))
            connection.execute(f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def on_database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _migrate(**settings: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENKEEL_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "evenkeel.edges.cli", "migrate"],
        env=kept | settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _key() -> str:
    """What the tables follow from."""
    digest = hashlib.sha256()
    for path in [
        *sorted(PACKAGE.glob("*/migrations/*.py")),
        PACKAGE / "edges" / "settings.py",
        PACKAGE / "ground" / "append_only.py",
    ]:
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(f"{version('django')} {version('django-allauth')}".encode())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
