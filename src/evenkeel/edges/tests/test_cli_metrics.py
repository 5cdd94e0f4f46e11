"""`evenkeel metric` and `evenkeel target`: definitions kept as files, refused with row and column; targets listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenkeel.measure import Definition, metrics, set_target
from evenkeel.work.tests.factories import NOW, SYSTEM

from .test_cli import run, run_json

pytestmark = pytest.mark.django_db
SAID = """slug = "slow_share"
title = "Slow decisions"
why = "Share of decisions that took longer than half a minute."
fact = "decisions"
figure = "share(active_ms > 30 s)"
better = "down"
guard = "accuracy"
expected = 0.5

[[rows]]
active_ms = 40000

[[rows]]
active_ms = 20000
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "slow.toml"
    path.write_text(SAID)
    return path


def test_a_definition_is_checked_published_and_shown(file: Path) -> None:
    found = run_json("metric", "check", str(file))
    assert (found["slug"], found["unit"], found["answer"]["value"]) == ("slow_share", "percent", 0.5)
    assert not Definition.objects.exists()
    assert "fits: its rows give 0.5, n 2" in run("metric", "check", str(file)).output
    assert run_json("metric", "define", str(file)) == {"slug": "slow_share", "version": 1}
    assert "slow_share" in {row["slug"] for row in run_json("metric", "list")}
    assert "Slow decisions, version 1" in run("metric", "list").output
    file.write_text('note = "As it was."\n' + SAID)
    assert run_json("metric", "define", str(file))["version"] == 2
    shown = run_json("metric", "show", "slow_share@1")
    assert (shown["version"], shown["formula"], shown["example"]["n"]) == (1, "share(active_ms > 30 s)", 2)
    assert "Read from audits" in run("metric", "show", "accuracy").output
    assert "slow_share" in run("measure", "list").output
    assert metrics["slow_share"].why


def test_a_mistake_is_named_by_file_row_and_column(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    # In a process of its own nothing is loaded yet; here it is, so what counts is that it is asked for.
    monkeypatch.setattr("evenkeel.edges.cli.metrics.set_up", lambda: loaded.append("django"))
    file.write_text(SAID.replace("active_ms > 30 s", "actve_ms > 30 s"))
    refused = run("metric", "check", str(file))
    assert refused.exit_code == 2
    assert "slow.toml, row 5, column 17, figure: " in refused.output
    assert "Did you mean active_ms?" in refused.output
    assert loaded
    problem = run_json("metric", "check", str(file), leaves=2)["problem"]
    assert (problem["code"], problem["places"]) == ("wrong-definition", {"figure": [5, 17]})
    file.write_text(SAID.replace("active_ms = 40000", 'active_ms = "long"'))
    assert "Row 1, active_ms: Write a whole number." in run("metric", "define", str(file)).output
    file.write_text(SAID.replace("expected = 0.5", "expected = 0.75"))
    assert "These rows give 0.5, n 2." in run("metric", "check", str(file)).output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("slug = \n", "line 1"),
        (SAID.replace("slug =", "slugg ="), "slug is missing"),
        (SAID.replace("figure =", "figur ="), "Did you mean figure?"),
        (SAID.replace("expected = 0.5", "expected = 'half'"), "expected must be a number"),
        (SAID.replace('title = "Slow decisions"', ""), "title is missing"),
        ("\x00", "TOML"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_a_sentence(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    refused = run("metric", "check", str(file))
    assert (refused.exit_code, says in refused.output) == (2, True), refused.output
    assert "Traceback" not in refused.output


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert run("metric", "check", str(tmp_path / "none.toml")).exit_code == 2
    (tmp_path / "latin.toml").write_bytes(b'slug = "\xe9"')
    assert "UTF-8" in run("metric", "check", str(tmp_path / "latin.toml")).output
    assert "There is no metric 'nonsense'" in run("metric", "show", "nonsense").output


def test_targets_are_listed() -> None:
    assert "No targets." in run("target", "list").output
    set_target(
        SYSTEM, metric="accuracy", value=0.95, warning=0.93, critical=0.9, why="So it is agreed.",
        since_on=date(2026, 1, 1), now=NOW,
    )  # fmt: skip
    (row,) = run_json("target", "list", "--metric", "accuracy", "--on", "2026-02-01")
    assert (row["kind"], row["value"], row["guard"]) == ("everywhere", 0.95, "handle_time")
    assert run_json("target", "list", "--on", "2025-12-31") == []
    assert "accuracy of Everything: 0.95" in run("target", "list").output
