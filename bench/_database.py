"""A PostgreSQL server of a benchmark's own, with its durability on, that may be killed and started again."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Postgres:
    """`with Postgres() as server:` gives `server.url(name)` of databases that are made when first named."""

    def __init__(self, **settings: str):
        self._bin = subprocess.run([ROOT / "scripts" / "postgres-bin"], check=True, capture_output=True, text=True)
        self._home = Path(tempfile.mkdtemp(prefix="evenkeel-pg.", dir="/tmp"))
        self._password = secrets.token_hex(16)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self._settings = {"max_connections": "200", "timezone": "UTC", "shared_buffers": "256MB"} | settings

    def __enter__(self) -> Postgres:
        (self._home / "password").write_text(self._password + "\n")
        if os.getuid() == 0:
            shutil.chown(self._home, "postgres", "postgres")
            shutil.chown(self._home / "password", "postgres", "postgres")
        self._run(
            "initdb", "--pgdata", str(self._home / "data"), "--username", "evenkeel", "--auth", "scram-sha-256",
            "--pwfile", str(self._home / "password"), "--encoding", "UTF8", "--locale", "C.UTF-8",
        )  # fmt: skip
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._run(
            "pg_ctl", "stop", "--pgdata", str(self._home / "data"), "--mode", "immediate", "--silent", check=False
        )
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self) -> None:
        """Start it, also after it was killed: it then reads its log first."""
        said = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(self._home), "port": str(self._port)}
        options = " ".join(f"-c {name}={value}" for name, value in (said | self._settings).items())
        words = (
            "start",
            "--pgdata",
            str(self._home / "data"),
            "--log",
            str(self._home / "server.log"),
            "--silent",
            "--wait",
        )
        until = time.monotonic() + 120
        while self._run("pg_ctl", *words, "--timeout", "60", "--options", options, check=False).returncode:
            # The children of a server that was killed hold its memory until they have noticed.
            if time.monotonic() > until:
                raise RuntimeError((self._home / "server.log").read_text()[-2_000:])
            time.sleep(0.2)

    def kill(self) -> None:
        """Kill -9 the server; its children notice and go."""
        os.kill(self.pid, signal.SIGKILL)

    @property
    def pid(self) -> int:
        return int((self._home / "data" / "postmaster.pid").read_text().split()[0])

    @property
    def version(self) -> str:
        return self._run("postgres", "--version").stdout.strip()

    def url(self, name: str) -> str:
        """The address of a database, made if need be."""
        import psycopg

        base = f"postgresql://evenkeel:{self._password}@127.0.0.1:{self._port}"
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f'CREATE DATABASE "{name}"')
        return f"{base}/{name}"

    def _run(self, command: str, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        owner = ["runuser", "--user", "postgres", "--"] if os.getuid() == 0 else []
        path = Path(self._bin.stdout.strip()) / command
        # What a started server inherits of pipes would keep this waiting for it.
        out = subprocess.DEVNULL if "start" in words else subprocess.PIPE
        return subprocess.run([*owner, str(path), *words], check=check, cwd="/", text=True, stdout=out, stderr=out)
