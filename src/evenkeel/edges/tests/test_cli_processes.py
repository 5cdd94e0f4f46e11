"""The installed command in processes of its own: what only shows there."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import psycopg
import pytest

from .servers import Install

IS_POSTGRESQL = os.environ.get("EVENKEEL_DATABASE_URL", "").startswith("postgres")
# Processes are slow, and these take SQLite whatever the other tests take: once is enough.
on_sqlite = pytest.mark.skipif(IS_POSTGRESQL, reason="runs with the tests on SQLite")


@pytest.fixture
def install(tmp_path: Path) -> Install:
    return Install(tmp_path / "install")


@pytest.fixture(scope="module")
def _pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Install(tmp_path_factory.mktemp("pristine") / "install")
    made.init()
    return made.folder


@pytest.fixture
def ready(install: Install, _pristine: Path) -> Install:
    """An install that `evenkeel init` has set up."""
    shutil.copytree(_pristine, install.folder)
    return install


@on_sqlite
def test_an_install_serves_ends_when_asked_and_tells_of_its_jobs(ready: Install) -> None:
    install = ready
    with install.serving() as server:
        assert httpx.get(f"{install.url}/accounts/login/").status_code == 200
        assert httpx.get(f"{install.url}/api/v1/me").json()["code"] == "unauthenticated"
        second = install.run("serve")
        assert second.returncode == 2
        assert "something listens there already" in second.stderr
        assert second.stderr.count("\n") == 1
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0
        # Nobody holds the port any more.
        with pytest.raises(httpx.ConnectError):
            httpx.get(install.url)
    # What `jobs list` and `trail verify` tell, asked in one process.
    found = install.script(
        "from evenkeel.ground import jobs, trail\n"
        "print({row['last_error'] for row in jobs.standing()}, trail.verify().faults)"
    )
    assert found == "{''} ()\n"


@on_sqlite
def test_a_killed_supervisor_leaves_no_process_that_holds_the_port(ready: Install) -> None:
    install = ready
    with install.serving("--no-jobs") as server:
        os.kill(server.pid, signal.SIGKILL)
        server.wait(timeout=30)
        for _ in range(100):
            try:
                httpx.get(f"{install.url}/healthz", timeout=5)
            except httpx.TransportError:
                break
        else:
            raise AssertionError("a web process outlived its supervisor")


@on_sqlite
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"EVENKEEL_BIND": "here"}, "EVENKEEL_BIND is 'here'; it should be host:port"),
        ({"EVENKEEL_COLOUR": "blue"}, "unknown setting EVENKEEL_COLOUR"),
        ({"EVENKEEL_WEB_THREADS": "many"}, "EVENKEEL_WEB_THREADS is 'many'"),
        ({"EVENKEEL_BIND": "192.0.2.1:80"}, "this machine has no such address"),
    ],
)
def test_a_wrong_setting_is_one_sentence(install: Install, settings: dict[str, str], words: str) -> None:
    said = install.run("serve", settings=settings)
    assert said.returncode == 2
    assert words in said.stderr
    assert said.stderr.count("\n") == 1
    assert not (install.folder / "evenkeel.sqlite3").exists()


@on_sqlite
def test_what_is_in_the_way_of_the_database_is_one_sentence(install: Install, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("This is no database, however long one looks at it." * 100)
    for settings, words in (
        ({"EVENKEEL_DATA_DIR": str(tmp_path / "file" / "below")}, "Not a directory"),
        ({"EVENKEEL_DATABASE_URL": f"sqlite:///{tmp_path}/file"}, "is no SQLite database"),
        ({"EVENKEEL_DATABASE_URL": f"sqlite:///{tmp_path}/no/folder/file"}, "cannot be opened"),
        ({"EVENKEEL_DATABASE_URL": "postgresql://u:p@127.0.0.1:1/name"}, "does not answer"),
    ):
        said = install.run("migrate", settings=settings)
        assert (said.returncode, words in said.stderr, said.stderr.count("\n")) == (2, True, 1), said.stderr


@on_sqlite
def test_a_database_of_a_later_version_is_not_touched(ready: Install) -> None:
    with closing(sqlite3.connect(ready.folder / "evenkeel.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('work', '9999_later', '2099-01-01')"
        )
    said = ready.run("serve", "--no-migrate")
    assert said.returncode == 2
    assert "work.9999_later" in said.stderr


@on_sqlite
def test_a_command_without_a_database_says_how_to_make_one(install: Install) -> None:
    said = install.run("figures", "--programme", "x")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "Error: The database is not at this version: run `evenkeel migrate`.\n"


@on_sqlite
def test_the_worker_runs_jobs_and_ends_when_asked(ready: Install) -> None:
    install = ready
    assert install.run("worker", "--once").returncode == 0
    with subprocess.Popen(
        [sys.executable, "-m", "evenkeel.edges.cli", "worker"], env=install.environ, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        assert "runs" in worker.stdout.readline()
        worker.send_signal(signal.SIGINT)
        assert worker.wait(timeout=60) == 0


@on_sqlite
def test_a_reader_that_stops_reading_is_no_fault(install: Install) -> None:
    words = f"{sys.executable} -m evenkeel.edges.cli settings | head -1"
    said = subprocess.run(["bash", "-c", words], env=install.environ, capture_output=True, text=True, timeout=60)
    assert said.stdout.startswith("EVENKEEL_DATA_DIR")
    assert said.stderr == ""


@on_sqlite
def test_the_demo_keeps_to_a_folder_of_its_own(install: Install) -> None:
    install.folder.mkdir()
    (install.folder / "payroll.txt").write_text("mine")
    said = install.run("demo", "--fresh", "--no-serve")
    assert said.returncode == 2
    assert "holds something that is not a demo" in said.stderr
    assert (install.folder / "payroll.txt").read_text() == "mine"
    url = f"sqlite:///{install.folder}/other.sqlite3"
    assert "unset EVENKEEL_DATABASE_URL" in install.run("demo", settings={"EVENKEEL_DATABASE_URL": url}).stderr
    shown = install.run("demo", "--bind", "0.0.0.0:1", settings={"EVENKEEL_DATA_DIR": str(install.folder / "demo")})
    assert "127.0.0.1 only" in shown.stderr


# ------------------------------------------------------------------ PostgreSQL


@pytest.fixture
def empty_database() -> Iterator[str]:
    if not IS_POSTGRESQL:
        pytest.skip("no PostgreSQL: EVENKEEL_DATABASE_URL names none (scripts/with-postgres does)")
    url, name = os.environ["EVENKEEL_DATABASE_URL"], f"empty_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_on_postgresql_the_server_does_not_change_tables_by_itself(install: Install, empty_database: str) -> None:
    said = install.run("serve", settings={"EVENKEEL_DATABASE_URL": empty_database})
    assert said.returncode == 2
    assert said.stderr == "Error: The database is not at this version: run `evenkeel migrate`.\n"
    with psycopg.connect(empty_database) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found == (0,)
