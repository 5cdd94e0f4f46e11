"""What the tests of the house ask for: the rooms in their order, and where their files are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def rooms() -> tuple[str, ...]:
    """The rooms from the ground up, as the linter's contract has them: the order is written down once."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "order")
    return tuple(layer.strip("() ") for layer in reversed(layers))


@pytest.fixture(scope="session")
def package() -> Path:
    """The folder of the package `evenkeel`."""
    return ROOT / "src" / "evenkeel"
