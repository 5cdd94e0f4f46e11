"""The scripts behind `make` clean up after themselves and do nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WITH_POSTGRES = str(ROOT / "scripts/with-postgres")

needs_postgres = pytest.mark.skipif(
    subprocess.run([ROOT / "scripts/postgres-bin"], capture_output=True).returncode != 0,
    reason="PostgreSQL's server is not installed; `make setup` installs it",
)


@pytest.fixture
def fence() -> Iterator[tuple[int, int]]:
    """A pipe whose reading end answers when the command inside says that it has begun."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@needs_postgres
def test_the_throw_away_server_hands_on_the_status_and_is_gone() -> None:
    ask = 'psql --quiet --tuples-only --no-align "$EVENKEEL_DATABASE_URL" --command "SHOW data_directory"; exit 7'
    run = subprocess.run([WITH_POSTGRES, "bash", "-c", ask], capture_output=True, text=True, timeout=60)
    assert run.returncode == 7, run.stderr
    folder = Path(run.stdout.strip())
    assert folder.is_absolute()
    assert not folder.exists()


@needs_postgres
def test_an_interrupted_command_leaves_no_server(fence: tuple[int, int]) -> None:
    reading, writing = fence
    ask = f'psql -qtA "$EVENKEEL_DATABASE_URL" -c "SHOW data_directory" >&{writing}; exec sleep 600'
    run = subprocess.Popen([WITH_POSTGRES, "bash", "-c", ask], pass_fds=[writing])
    try:
        folder = Path(os.read(reading, 4096).decode().strip())
        assert folder.exists()
        run.send_signal(signal.SIGTERM)
        assert run.wait(timeout=30) == 128 + signal.SIGTERM
        assert not folder.exists()
    finally:
        run.kill()


@pytest.mark.skipif(
    not (ROOT / "node_modules/htmx.org").exists(), reason="no front-end packages; `make setup` installs them"
)
def test_a_second_copy_of_the_assets_changes_nothing() -> None:
    vendor = ROOT / "src/evenkeel/ground/static/vendor"
    for _ in range(2):
        run = subprocess.run(
            ["node", ROOT / "scripts/assets.mjs"], capture_output=True, text=True, timeout=60, check=True
        )
    assert run.stdout == ""
    assert {path.name for path in vendor.iterdir()} == {
        "htmx.min.js", "htmx.LICENSE.txt", "annotorious.js", "annotorious.css", "annotorious.LICENSE.txt",
        "wavesurfer.js", "regions.js", "wavesurfer.LICENSE.txt",
    }  # fmt: skip


def test_a_python_that_is_asked_for_is_taken_and_one_that_will_not_do_is_named(tmp_path: Path) -> None:
    def chosen(python: Path | str) -> subprocess.CompletedProcess[str]:
        asks = os.environ | {"PYTHON": str(python)}
        return subprocess.run([ROOT / "scripts/python"], env=asks, capture_output=True, text=True, timeout=60)

    assert chosen(sys.executable).stdout.strip() == sys.executable
    too_old = tmp_path / "python2"
    too_old.write_text("#!/bin/sh\nexit 1\n")
    too_old.chmod(0o755)
    refused = chosen(too_old)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert str(too_old) in refused.stderr
    assert "3.11" in refused.stderr
