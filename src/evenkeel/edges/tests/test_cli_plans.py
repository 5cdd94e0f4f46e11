"""`plan-audit`, `accept` and `sprt`: what they print, what they refuse, and that they need no install."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from evenkeel.edges.cli.root import root

STRATA = "stratum,size,rate\nlow,9000,0.01\nmid,900,0.2\nhigh,100,0.5\n"
ANSWERS = "worker,error\n007,0\n007,1\n007,1\n007,1\n007,1\nb,0\n"


def call(*args: Any) -> tuple[int, str]:
    said = CliRunner().invoke(root, [str(each) for each in args])
    return said.exit_code, said.output


def read(*args: Any) -> Any:
    code, said = call(*args, "--json")
    assert code == 0, said
    return json.loads(said)


def test_a_plan_of_the_standard_has_its_documented_keys_and_numbers() -> None:
    said = read("accept", "--lot", 5000, "--aql", 1.5, "--level", "II", "--type", "double", "--errors", "5,2")
    assert list(said) == [
        "lot", "aql", "level", "inspection", "type", "code_letter", "letter", "distribution", "looks_at_all", "stages",
        "curve", "aoql", "scheme", "verdict", "warnings",
    ]  # fmt: skip
    assert said["stages"] == [
        {"size": 125, "drawn": 125, "accept": 3, "reject": 7},
        {"size": 125, "drawn": 250, "accept": 8, "reject": 9},
    ]
    assert (said["verdict"], said["code_letter"]) == ("accept", "L")
    assert list(said["curve"][0]) == ["p", "accept", "average_sample", "average_outgoing", "average_inspected"]
    assert [row["p"] for row in said["scheme"]] == [row["p"] for row in said["curve"]]


def test_a_plan_from_two_risks_and_one_that_the_standard_lacks() -> None:
    own = read("accept", "--good", 0.05, "--bad", 0.15, "--consumer-risk", 0.075)
    assert own["stages"] == [{"size": 80, "drawn": 80, "accept": 7, "reject": 8}]
    assert own["scheme"] is None
    simple = read("accept", "--lot", 50, "--aql", 0.65, "--type", "multiple")
    assert simple["type"] == "single"
    assert "no multiple plan" in simple["warnings"][0]
    assert read("accept", "--lot", 500, "--aql", 40, "--level", "I")["distribution"] == "poisson"


def test_people_are_decided_one_after_another(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv.gz"
    file.write_bytes(gzip.compress(ANSWERS.encode()))
    said = read("sprt", "--good", 0.05, "--bad", 0.15, file)
    assert list(said) == [
        "good", "bad", "producer_risk", "consumer_risk", "h_accept", "h_reject", "slope", "most", "fixed_n", "curve",
        "verdict", "people", "warnings",
    ]  # fmt: skip
    assert said["people"] == [
        {"worker": "007", "verdict": "reject", "after": 4, "n": 5, "errors": 4},
        {"worker": "b", "verdict": "continue", "after": 1, "n": 1, "errors": 0},
    ]
    assert said["fixed_n"] == 77
    early = read("sprt", "--good", 0.05, "--bad", 0.15, "--most", 20, "--errors", 1, "--n", 20)
    assert early["verdict"] in {"accept", "reject"}
    assert "raise --most" in early["warnings"][0]


def test_audits_are_sized_and_placed(tmp_path: Path) -> None:
    said = read("plan-audit", "--rate", 0.95, "--half-width", 0.02, "--fallen", 0.9, "--per-day", 20)
    assert list(said) == [
        "n", "half_width", "rate", "level", "population", "design_effect", "anytime_n", "detection", "strata", "cost",
        "standard_error", "plain_error", "warnings",
    ]  # fmt: skip
    assert (said["n"], said["detection"]["n"], said["detection"]["days"]) == (469, 191, 10)
    table = tmp_path / "strata.parquet"
    parquet.write_table(
        pa.table({"stratum": ["low", "mid", "high"], "size": [9000, 900, 100], "rate": [0.01, 0.2, 0.5]}), table
    )
    (tmp_path / "strata.csv").write_text(STRATA)
    for file in (table, tmp_path / "strata.csv"):
        placed = read("plan-audit", file, "--n", 200)
        assert [row["n"] for row in placed["strata"]] == [137, 55, 8]
        assert placed["standard_error"] < placed["plain_error"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stratum,size,rate\nlow,90,1.7\n", "row 2, column rate: 1.7 does not fit. Give the share"),
        ("stratum,size,rate\nlow,90,0.1\nlow,90,0.1\n", "row 3, column stratum: 'low' occurs twice"),
        ("stratum,size,rate\nlow,,0.1\n", "row 2, column size: the cell is empty"),
        ("stratum,size,rate\nlow,nine,0.1\n", "row 2, column size: 'nine' is no number"),
        ("stratum,size\nlow,9\n", "column 'rate' is missing"),
        ("stratum,size,rate,colour\nlow,9,0.1,red\n", "column 'colour' is not known"),
        ("stratum,size,rate\n", "it has no rows"),
        ("", "it cannot be read"),
    ],
)
def test_a_bad_file_is_refused_with_file_row_column_and_fix(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "strata.csv"
    file.write_text(text)
    code, said = call("plan-audit", file, "--n", 10, "--json")
    assert code == 2
    problem = json.loads(said)["problem"]
    assert problem["detail"].startswith("strata.csv")
    assert says in problem["detail"]


@pytest.mark.parametrize(
    "args",
    [
        ["accept", "--lot", 50, "--aql", 1.3],
        ["accept", "--lot", 50],
        ["accept", "--lot", 50, "--aql", 1.0, "--errors", "x"],
        ["sprt", "--good", 0.2, "--bad", 0.1],
        ["sprt", "--good", 0.1, "--bad", 0.2, "--errors", 1],
        ["sprt", "--good", 0.1, "--bad", 0.2, "no-such-file.csv"],
        ["plan-audit"],
        ["plan-audit", "--rate", 0.9, "--fallen", 0.95],
    ],
)
def test_what_does_not_fit_leaves_with_2_and_a_sentence(args: list[Any]) -> None:
    code, said = call(*args, "--json")
    assert code == 2
    assert json.loads(said)["problem"]["detail"]


def test_they_run_outside_any_install(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("EVENKEEL", "DJANGO"))}
    folder = tmp_path / "nowhere"
    folder.mkdir()
    out = subprocess.run(
        [sys.executable, "-m", "evenkeel.edges.cli", "accept", "--lot", "5000", "--aql", "1.5", "--json"],
        capture_output=True, text=True, check=True, cwd=folder, env=clean,
    )  # fmt: skip
    assert json.loads(out.stdout)["letter"] == "L"
    assert list(folder.iterdir()) == []
