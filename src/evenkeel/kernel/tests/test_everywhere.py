"""The same item gives the same u in NumPy, in DuckDB's SQL and in JavaScript."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pytest

from evenkeel.kernel import KEYED_JAVASCRIPT, KEYED_SQL, keyed_hash, keyed_u

SALT = 20261122


def ids() -> list[int]:
    return [*np.random.default_rng(5).integers(0, 2**63, 500).tolist(), 0, 1, 2**32 - 1, 2**32, 2**63 + 5, 2**64 - 1]


def in_sql(numbers: list[int], salt: int) -> list[tuple[int, float]]:
    with duckdb.connect() as base:
        base.execute("CREATE TABLE items (place INTEGER, id UBIGINT)")
        places = list(range(len(numbers)))
        base.execute("INSERT INTO items SELECT unnest(?::INTEGER[]), unnest(?::UBIGINT[])", [places, numbers])
        query = KEYED_SQL.format(table="items", id="id", salt=salt)
        return base.execute(f"SELECT h, u FROM ({query}) ORDER BY place").fetchall()  # noqa: S608


def in_javascript(numbers: list[int], salt: int) -> list[tuple[int, float]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    code = f"{KEYED_JAVASCRIPT}\nconst ids = {json.dumps([str(number) for number in numbers])};\n"
    code += (
        f"console.log(JSON.stringify(ids.map((id) => [keyedHash(BigInt(id), {salt}), keyedU(BigInt(id), {salt})])));"
    )
    out = subprocess.run([node, "-e", code], capture_output=True, text=True, check=True).stdout
    return [(h, u) for h, u in json.loads(out)]


@pytest.mark.parametrize("elsewhere", [in_sql, in_javascript])
@pytest.mark.parametrize("salt", [SALT, 0, 2**32 - 1])
def test_another_language_gives_the_same_bits(
    elsewhere: Callable[[list[int], int], list[tuple[int, float]]], salt: int
) -> None:
    found = elsewhere(ids(), salt)
    assert [h for h, _ in found] == keyed_hash(ids(), salt).tolist()
    assert [u for _, u in found] == keyed_u(ids(), salt).tolist()


@pytest.mark.shared_data
@pytest.mark.parametrize("elsewhere", [in_sql, in_javascript])
def test_the_published_vectors_come_out_everywhere(
    elsewhere: Callable[[list[int], int], list[tuple[int, float]]], reference_json: Callable[[str], Any]
) -> None:
    told = reference_json("model/expected.json")["sampling"]["lowbias32x2"]
    numbers = [int(number) for number in told["ids"]]
    found = elsewhere(numbers, told["salt"])
    assert [h for h, _ in found] == told["h"] == keyed_hash(numbers, told["salt"]).tolist()
    assert [round(u, 12) for _, u in found] == told["u"]
