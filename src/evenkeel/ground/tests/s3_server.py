"""A real server that speaks S3, started by the tests that need one (`scripts/prepare-tests` installs it)."""

from __future__ import annotations

import os
import socket
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest

_PROGRAM = Path(__file__).parents[4] / ".tools" / "s3" / "bin" / "moto_server"


@contextmanager
def s3_server(*buckets: str) -> Iterator[str]:
    """The address of a server of this test's own, with these buckets."""
    if not _PROGRAM.exists():
        pytest.skip("no S3 server on this machine; `make setup` installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    server = subprocess.Popen(
        [_PROGRAM, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ,
    )
    draining: Thread | None = None
    try:
        assert server.stdout is not None
        told = []
        # It says where it listens once it does.
        for line in server.stdout:
            told.append(line)
            if "Running on" in line:
                break
        else:
            pytest.fail("the S3 server did not start:\n" + "".join(told))
        # Nobody reads what else it says; unread, it would stand still.
        draining = Thread(target=deque, args=(server.stdout, 0))
        draining.start()
        address = f"http://127.0.0.1:{port}"
        for bucket in buckets:
            urlopen(Request(f"{address}/{bucket}", method="PUT"), timeout=20).close()  # noqa: S310
        yield address
    finally:
        server.terminate()
        server.wait()
        if draining is not None:
            draining.join()
        if server.stdout is not None:
            server.stdout.close()
