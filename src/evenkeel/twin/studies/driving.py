"""The process behind a study: lives through one organisation after the other, each in a process and an install of its own.

`python -m evenkeel.twin.studies.driving FOLDER` knows no database. Results are files that the install's job takes in; what
was not finished when it died is begun anew by the next one. It ends with whoever began it.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from .folder import ASKED, CHECKS, FAILED, FITTED, NOW, STOP, StudyFolder

# An install for a run shares nothing with the one that asks: no database, no log, no object storage.
_KEPT = ("EVENKEEL_HOUR_COST_CENTS", "EVENKEEL_CURRENCY")
_LOOKS_EVERY_S = 0.5
_TOLD = 2_000
_PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Somebody said stop, or whoever began this is gone."""


class Broken(Exception):
    """A command refused."""


def drive(folder: StudyFolder, *, parent: int) -> None:
    """Do what is asked in a folder, from where it stands."""
    asked = json.loads(folder.read(ASKED))
    for left in folder.path.glob("run-*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        scenario = asked["scenario"] or _fit(folder, asked, parent)
        have = {(variant, seed) for variant, seed, _result in folder.results()}
        # Seed by seed: after each, all variants can be compared.
        for seed in range(1, asked["seeds"] + 1):
            for variant, changes in enumerate([[], *asked["variants"]]):
                if [variant, seed] not in asked["done"] and (variant, seed) not in have:
                    folder.write(NOW, json.dumps({"variant": variant, "seed": seed}))
                    result = _live(folder, asked, scenario, changes, seed, parent)
                    folder.keep_result(variant, seed, result)
    except Broken as error:
        folder.write(FAILED, str(error))
    except Stopped:
        pass


def _fit(folder: StudyFolder, asked: Mapping[str, Any], parent: int) -> str:
    """The scenario of the install's own days: the one command that reads the install."""
    found = folder.path / FITTED
    if not folder.read(CHECKS):
        found.unlink(missing_ok=True)
        folder.write(NOW, json.dumps({"variant": None, "seed": 0}))
        words = ["fit", "--out", str(found), "--since", asked["since"], "--until", asked["until"],
                 "--programme", asked["programme"], "--json"]  # fmt: skip
        said = _told(folder, words, os.environ, parent)
        folder.write(CHECKS, json.dumps(said["checks"]))
    return str(found)


def _live(
    folder: StudyFolder, asked: Mapping[str, Any], scenario: str, changes: Sequence[str], seed: int, parent: int
) -> dict[str, Any]:
    """One organisation: lived, scored, and thrown away."""
    began = monotonic()
    place = Path(tempfile.mkdtemp(prefix="run-", dir=folder.path))
    env = {name: value for name, value in os.environ.items() if not name.startswith("EVENKEEL_") or name in _KEPT}
    try:
        words = ["run", scenario, "--out", str(place / "data"), "--seed", str(seed), "--json"]
        words += ["--work", str(asked["work"])] if asked["work"] < 1 else []
        words += [word for change in (*asked["for_all"], *changes) for word in ("--change", change)]
        ran = _told(folder, words, env, parent)
        lines = _told(folder, ["score", str(place / "data"), "--json"], env, parent)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return {
        "lines": [{name: value for name, value in line.items() if name != "said"} for line in lines],
        "decisions": ran["decisions"],
        "audits": ran["audits"],
        "took_s": monotonic() - began,
    }


def _told(folder: StudyFolder, words: Sequence[str], env: Mapping[str, str], parent: int) -> Any:
    """What a command of the twin prints. It is ended when somebody says stop."""
    command = [sys.executable, "-m", "evenkeel.edges.cli", "twin", *words]
    dies_with_us = partial(_dies_with, os.getpid())
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(  # noqa: S603  (our own)
            command, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=dies_with_us
        )  # fmt: skip
        try:
            while process.poll() is None:
                if (folder.path / STOP).exists() or os.getppid() != parent:
                    raise Stopped
                try:
                    process.wait(_LOOKS_EVERY_S)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            err.seek(0)
            raise Broken(err.read().strip()[-_TOLD:].rpartition("\r")[2] or f"exit {process.returncode}")
        out.seek(0)
        return json.load(out)


def _dies_with(parent: int) -> None:
    """Where this process is killed, what it began ends too (Linux); elsewhere it finds its folder gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # Nobody tells of a death that came before.
        if os.getppid() != parent:
            os._exit(1)


def main() -> None:
    folder, parent = StudyFolder(Path(sys.argv[1])), int(sys.argv[2])
    # People at their pages come first.
    os.nice(10)
    drive(folder, parent=parent)


if __name__ == "__main__":
    main()
