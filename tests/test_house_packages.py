"""What pyproject.toml asks for is pinned, and no file says where packages are fetched from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,.-]+\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
ADDRESS = re.compile(r"(https?|git\+\w+)://")


def pins(requirements: str) -> dict[str, set[str]]:
    """Pinned versions by package; a package may have one for each version of Python."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer(requirements):
        found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return found


def unpinned(asked: list[str], requirements: str) -> list[str]:
    """Those of the packages asked for whose pins are missing or do not fit."""
    pinned = pins(requirements)
    return [
        line
        for line in asked
        for wanted in [Requirement(line)]
        if not (versions := pinned.get(canonicalize_name(wanted.name)))
        or not all(wanted.specifier.contains(version, prereleases=True) for version in versions)
    ]


def test_each_package_asked_for_is_pinned() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    product = asked["project"]["dependencies"]
    groups = [line for group in asked["dependency-groups"].values() for line in group]
    fix = "run `make lock` and commit requirements/"
    assert unpinned(product, (ROOT / "requirements/run.txt").read_text()) == [], fix
    assert unpinned([*product, *groups], (ROOT / "requirements/all.txt").read_text()) == [], fix


def test_the_product_runs_with_the_versions_it_is_tested_with() -> None:
    run, everything = (pins((ROOT / f"requirements/{name}.txt").read_text()) for name in ("run", "all"))
    assert {name: versions for name, versions in run.items() if versions != everything[name]} == {}


@pytest.mark.parametrize("name", ["requirements/run.txt", "requirements/all.txt", "package-lock.json"])
def test_no_pin_names_an_address(name: str) -> None:
    assert ADDRESS.search((ROOT / name).read_text()) is None


def test_a_missing_pin_is_seen() -> None:
    requirements = "django==5.2.9 \\\n    --hash=sha256:00\npsycopg[binary]==3.2.1 ; python_version < '3.13'\n"
    assert unpinned(["django>=5.2,<5.3", "psycopg[binary]>=3.2"], requirements) == []
    assert unpinned(["django>=6", "duckdb"], requirements) == ["django>=6", "duckdb"]
