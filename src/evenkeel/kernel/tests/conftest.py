"""Readers of the reference data; a test that asks for them is skipped where the data are absent."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def reference_rows(reference_data: Path) -> Callable[[str], Rows]:
    """The rows of a reference CSV, gzipped or not, by its path under the data folder."""

    def read(name: str) -> Rows:
        path = reference_data / name
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def reference_json(reference_data: Path) -> Callable[[str], Any]:
    """The content of a reference JSON file."""
    return lambda name: json.loads((reference_data / name).read_text(encoding="utf-8"))
