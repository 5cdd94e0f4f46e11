"""Exports and views from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenkeel.edges.tests.test_cli import run, run_json

from . import readers
from .floor import Taken

pytestmark = pytest.mark.django_db
PERIOD = ("--from", "2026-03-01", "--to", "2026-03-03")


def test_figures_and_facts_are_written(taken: Taken, tmp_path: Path) -> None:
    out = tmp_path / "figures.xlsx"
    words = ("export", "figures", "--metric", "accuracy", "--metric", "decided", "--by", "organisation", *PERIOD)
    said = run_json(*words, "--out", str(out))
    assert (said["rows"], said["state"], said["file"]) == (4, "done", str(out))
    assert {row["metric"] for row in readers.from_xlsx(out)} == {"accuracy", "decided"}
    again = run(*words, "--out", str(out))
    assert (again.exit_code, "there already" in again.output) == (2, True)
    rows = tmp_path / "decisions.csv"
    told = run("export", "facts", "decisions", *PERIOD, "--where", "queue=Queue A", "--out", str(rows))
    assert (told.exit_code, told.output.split(" in ")[0]) == (0, "18 rows")
    assert {row["queue"] for row in readers.from_csv(rows)} == {"Queue A"}


def test_rows_of_a_damaged_file_are_told_where_the_file_cannot_say_it(
    taken: Taken, data_dir: Path, tmp_path: Path
) -> None:
    damaged = min((data_dir / "log" / "facts" / "decisions").rglob("*.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    told = run("export", "facts", "decisions", *PERIOD, "--out", str(tmp_path / "rows.csv"))
    assert (told.exit_code, "evenkeel log verify" in told.output) == (0, True)
    said = run_json("export", "facts", "decisions", *PERIOD, "--out", str(tmp_path / "again.csv"))
    assert said["missing"] > 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("figures", "--metric", "acuracy"), "accuracy"),
        (("figures", "--metric", "accuracy", "--by", "planet"), "programme"),
        (("figures", "--metric", "accuracy", "--format", "odt"), "xlsx"),
        (("figures", "--metric", "accuracy", "--where", "queue=None"), "queue"),
        (("figures", "--metric", "accuracy", "--out", "figures.odt"), ".parquet"),
        (("facts", "decision"), "decisions"),
        (("facts", "decisions", "--from", "2026-04-01", "--to", "2026-03-01"), "after it begins"),
    ],
)
def test_what_does_not_fit_leaves_with_two_and_the_fix(words: tuple[str, ...], named: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = run("export", *words, *(() if "--out" in words else ("--out", str(out))))
    assert (found.exit_code, named in found.output, out.exists()) == (2, True, False), found.output


def test_the_views_are_described_and_written_to_a_file(taken: Taken, tmp_path: Path) -> None:
    described = run_json("analytics", "describe")
    assert described["analytics.decisions"]["columns"]["label"] == "the answer to the main question"
    out = tmp_path / "analytics.duckdb"
    said = run_json("analytics", "file", str(out), "--people", "--from", "2026-03-01")
    assert said["size_bytes"] == out.stat().st_size
    assert {row["name"] for row in readers.from_duckdb(out, "programmes")} == {"Programme"}
    assert said["rows"]["as_logged.decisions"] == 36
    assert len({row["worker"] for row in readers.from_duckdb(out, "decisions", schema="as_logged")}) == 12
    assert run("analytics", "file", str(tmp_path / "no" / "where")).exit_code == 2
    refused = run_json("analytics", "install", leaves=2)["problem"]
    assert refused["detail"]
