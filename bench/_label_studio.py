"""Label Studio, measured beside us: installed in an environment of its own, run by its own command, driven over its API."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from bench._http import Connection
from bench._load import Row, print_row

VERSION = "1.23"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "evenkeel-bench"
CONFIG = (
    '<View><Text name="text" value="$text"/><Choices name="label" toName="text" choice="single">'
    '<Choice value="Yes"/><Choice value="No"/></Choices></View>'
)
_PASSWORD = "lantern-harbour-7"  # noqa: S105  (of accounts that live as long as the benchmark)


def installed() -> Path:
    """The folder of its programs; installed by the package index that this machine is configured for, once."""
    home = CACHE / f"label-studio-{VERSION}"
    if not (home / "bin" / "label-studio").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["uv", "venv", "--quiet", "--python", "3.11", str(home)], check=True)
        subprocess.run(
            ["uv", "pip", "install", "--quiet", "--python", str(home / "bin" / "python"), f"label-studio=={VERSION}.*"],
            check=True,
        )
    return home / "bin"


@dataclass
class Annotator:
    """Somebody at Label Studio: asks for the next task, submits one choice."""

    connection: Connection
    project: int

    def cycle(self) -> int:
        """One round: the next task, and its answer."""
        task = self.connection.get(f"/api/projects/{self.project}/next")
        answer = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["Yes"]}}
        said = {"result": [answer], "lead_time": 1.0}
        made = self.connection.post(f"/api/tasks/{task['id']}/annotations/?project={self.project}", said)
        assert made["id"]
        return 1


def measure(url: str, options: argparse.Namespace, database_pid: int) -> None:
    """A row a number of tasks and people."""
    bin_ = installed()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    parts = urlsplit(url)
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {
            "DJANGO_DB": "default", "POSTGRE_NAME": parts.path.strip("/"), "POSTGRE_USER": parts.username or "",
            "POSTGRE_PASSWORD": parts.password or "", "POSTGRE_HOST": parts.hostname or "", "POSTGRE_PORT": str(parts.port),
            "COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": "",
            "LOG_LEVEL": "ERROR", "LABEL_STUDIO_BASE_DATA_DIR": folder, "DEBUG": "false",
        }  # fmt: skip
        environ = {
            name: value for name, value in environ.items() if not name.startswith(("EVENKEEL_", "DJANGO_SETTINGS"))
        }
        environ.pop("PYTHONPATH", None)
        log = (Path(folder) / "server.log").open("wb")
        server = subprocess.Popen(
            [
                str(bin_ / "label-studio"),
                "start",
                "--no-browser",
                "--port",
                str(port),
                "--data-dir",
                folder,
                "--log-level",
                "ERROR",
            ],
            env=environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait(port, server, Path(folder) / "server.log")
            people = [_person(port, number) for number in range(max(options.people))]
            for tasks in options.peer_tasks:
                project = _project(people[0], tasks)
                row = Row(
                    what="label-studio",
                    database="postgresql",
                    tasks=tasks,
                    batch=1,
                    web_pid=server.pid,
                    database_pid=database_pid,
                )
                for n in options.people:
                    desks = [Annotator(connection, project) for connection in people[:n]]
                    print_row(row, desks, options.seconds)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            log.close()


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 1_200
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(log.read_text()[-2_000:])
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=30).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise RuntimeError("Label Studio did not answer: " + log.read_text()[-2_000:])


def _person(port: int, number: int) -> Connection:
    """An account of her own with a session: the next task is held for the account that asked."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
        page = client.get("/user/signup/").text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None
        said = {
            "email": f"m{number}@example.org",
            "password": _PASSWORD,
            "csrfmiddlewaretoken": found[1],
            "allow_newsletters": "false",
        }
        answer = client.post("/user/signup/", data=said, headers={"Referer": f"http://127.0.0.1:{port}/user/signup/"})
        assert answer.status_code in (200, 302), answer.text[:300]
        cookies = dict(client.cookies)
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": cookies.get("csrftoken", ""),
        "Referer": f"http://127.0.0.1:{port}/",
    }
    return Connection("127.0.0.1", port, headers, timeout_s=600)


def _project(connection: Connection, tasks: int) -> int:
    made = connection.post(
        "/api/projects/", {"title": f"Bench {tasks}", "label_config": CONFIG, "maximum_annotations": 1}
    )
    project = int(made["id"])
    for start in range(0, tasks, 5_000):
        part: list[dict[str, Any]] = [{"text": f"Listing {n}: a lamp"} for n in range(start, min(tasks, start + 5_000))]
        assert json.dumps(connection.post(f"/api/projects/{project}/import", part))
    return project
