"""Where a study's processes work: a folder of its own under the data folder, apart from the install's own facts."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = "what-if"
ASKED, FITTED, CHECKS, FAILED, STOP, NOW, LOCK = (
    "asked.json", "scenario.toml", "checks.json", "failed.txt", "stop", "now.txt", "lock",
)  # fmt: skip
_RESULT = re.compile(r"result-(\d+)-(\d+)\.json")


class StudyFolder:
    """The files of one study. Each is written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, data_dir: Path, study_id: UUID | str) -> StudyFolder:
        return cls(data_dir / ROOT / str(study_id))

    @classmethod
    def all(cls, data_dir: Path) -> list[StudyFolder]:
        """Every study that has files here."""
        root = data_dir / ROOT
        return [cls(path) for path in sorted(root.iterdir()) if path.is_dir()] if root.is_dir() else []

    def write(self, name: str, said: str) -> None:
        """Put a file there, by a rename."""
        self.path.mkdir(parents=True, exist_ok=True)
        fresh = self.path / f"{name}.{os.getpid()}.new"
        fresh.write_text(said, encoding="utf-8")
        fresh.replace(self.path / name)

    def read(self, name: str) -> str:
        """What stands in a file; nothing where there is none."""
        try:
            return (self.path / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def keep_result(self, variant: int, seed: int, result: dict[str, Any]) -> None:
        """A run that was lived through."""
        self.write(f"result-{variant}-{seed}.json", json.dumps(result))

    def results(self) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Runs that were lived through, as (variant, seed, result)."""
        for path in sorted(self.path.glob("result-*.json")):
            if match := _RESULT.fullmatch(path.name):
                yield int(match[1]), int(match[2]), json.loads(path.read_text(encoding="utf-8"))

    def lock(self) -> int | None:
        """Take the one place of a process at this study, as an open file; None when a living process has it.

        The place is held as long as the file is open anywhere: a process that inherits it holds it until it dies, of
        whatever, and nobody has to guess from numbers whether it lives.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        place = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(place)
            return None
        return place

    def is_taken(self) -> bool:
        """Whether a living process is at it."""
        place = self.lock()
        if place is None:
            return True
        os.close(place)
        return False

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
