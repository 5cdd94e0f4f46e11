"""Servers that are killed and started again by the hundred: forked from a process that has everything loaded already.

What is forked runs what `evenkeel serve --no-jobs` and `evenkeel worker` run, and holds no connection of its parent's. Only
the seconds of loading Python's modules are spared.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from types import TracebackType

from .servers import Install

_STEM = """
import gc, os, signal, sys
import django
django.setup()
from django.urls import get_resolver
_ = get_resolver().url_patterns
from evenkeel.edges.cli.serve import read_settings, run_web, worker
gc.collect()
gc.freeze()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    what, log = line.split()
    pid = os.fork()
    if pid:
        print(pid, flush=True)
        continue
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for place in (1, 2):
        os.dup2(out, place)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        if what == "serve":
            run_web(read_settings(bind=""), jobs=False, is_quiet=True)
        else:
            worker.callback(once=False)
    finally:
        os._exit(0)
"""


class Warm:
    """`with Warm(install) as warm:` starts servers in a moment."""

    def __init__(self, install: Install):
        self._install = install

    def __enter__(self) -> Warm:
        environ = self._install.environ | {"DJANGO_SETTINGS_MODULE": "evenkeel.edges.settings"}
        self._stem = subprocess.Popen(
            [sys.executable, "-c", _STEM], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._said() == "ready"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stem:
            self._stem.kill()

    def start(self, what: str) -> int:
        """Start `serve` or `worker`; the leader of its processes."""
        log = self._install.folder.parent / f"{self._install.folder.name}-{what}.log"
        assert self._stem.stdin is not None
        self._stem.stdin.write(f"{what} {log}\n")
        self._stem.stdin.flush()
        return int(self._said())

    def _said(self) -> str:
        assert self._stem.stdout is not None
        return self._stem.stdout.readline().strip()


def is_running(pid: int) -> bool:
    """Whether the process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def kill_session(leader: int) -> None:
    """Kill -9 a server with all its processes, as a power cut would, and wait until it is gone."""
    # It may have been killed before it had a session of its own.
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(leader, signal.SIGKILL)
    until = time.monotonic() + 30
    while is_running(leader) and time.monotonic() < until:
        time.sleep(0.005)
