"""The real command in processes of its own, with a folder and a port of its own; for benchmarks and a few tests."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from .migrated import migrated_sqlite

PASSWORD = "lantern-harbour-7"


class Install:
    """An install in a folder: runs `evenkeel` there, with these settings and no others."""

    def __init__(self, folder: Path, **settings: str):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENKEEL_", "DJANGO_"))}
        self.environ = kept | {
            "EVENKEEL_DATA_DIR": str(folder),
            "EVENKEEL_BIND": f"127.0.0.1:{self.port}",
            "EVENKEEL_LOG_LEVEL": "WARNING",
            **settings,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(
        self, *words: str, given: str = "", timeout_s: float = 300, settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "evenkeel.edges.cli", *words],
            env=self.environ | dict(settings or {}),
            input=given,
            capture_output=True,
            text=True,
            timeout=timeout_s,
        )

    def run_json(self, *words: str, given: str = "") -> Any:
        """Run a command that must go well; what it printed."""
        done = self.run(*words, "--json", given=given)
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    def script(self, text: str, *, timeout_s: float = 300) -> str:
        """Run Python with this install's settings, Django set up."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{text}"],
            env=self.environ | {"DJANGO_SETTINGS_MODULE": "evenkeel.edges.settings"},
            capture_output=True,
            text=True,
            timeout=timeout_s,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def init(self) -> None:
        """Set it up with an administrator, on tables made before."""
        if "EVENKEEL_DATABASE_URL" not in self.environ:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(migrated_sqlite(), self.folder / "evenkeel.sqlite3")
        words = ["init", "--organisation", "Us", "--email", "admin@example.org", "--name", "Admin", "--password-stdin"]
        self.run_json(*words, given=PASSWORD + "\n")

    @contextmanager
    def serving(self, *words: str, command: str = "serve", page: str = "/healthz") -> Iterator[subprocess.Popen[bytes]]:
        """Serve until the block ends, which begins when `page` was answered well. All processes are gone after it."""
        log = (self.folder.parent / f"{self.folder.name}-serve.log").open("ab")
        server = subprocess.Popen(
            [sys.executable, "-m", "evenkeel.edges.cli", command, *words],
            env=self.environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            self._wait(server, page)
            yield server
        finally:
            kill_all(server)
            log.close()

    def _wait(self, server: subprocess.Popen[bytes], page: str) -> None:
        until = time.monotonic() + 600
        while time.monotonic() < until:
            assert server.poll() is None, (self.folder.parent / f"{self.folder.name}-serve.log").read_text()
            try:
                assert httpx.get(self.url + page, timeout=60).status_code == 200
            except httpx.TransportError:
                # Not the clock is waited for but the server, which says nothing before it listens.
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the server did not answer")


def kill_all(server: subprocess.Popen[bytes]) -> None:
    """Kill -9 the server with all its processes, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=30)
