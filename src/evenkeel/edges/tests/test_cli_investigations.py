"""Investigations and actions from the command line: opened, shown, asked again, written as a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenkeel.improve import open_action
from evenkeel.work.tests.factories import NOW, SYSTEM, make_person, make_programme

from .test_cli import run, run_json

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-7000-8000-000000000000"


def test_an_investigation_is_opened_shown_asked_again_and_written(tmp_path: Path) -> None:
    lead = make_person("lead")
    make_programme("Listings")
    days = ("--baseline-since", "2026-02-02", "--since", "2026-03-02", "--until", "2026-03-09")
    words = (
        "investigate",
        "open",
        "--title",
        "Scams slip through",
        "--programme",
        "Listings",
        *days,
        "--owner",
        lead.email,
    )
    made = run_json(*words)
    assert (made["state"], made["verdict"], made["cases"]) == ("open", "no_data", 0)
    assert [each["id"] for each in run_json("investigate", "list", "--state", "open")] == [made["id"]]
    assert run_json("investigate", "list", "--state", "closed") == []
    assert "nothing to compare" in run("investigate", "show", made["id"]).output
    assert run_json("investigate", "rerun", made["id"])["is_same"] is True
    slides = tmp_path / "report.pptx"
    assert run_json("investigate", "export", made["id"], "-o", str(slides))["bytes"] == slides.stat().st_size


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("investigate", "open"), "--signal"),
        (("investigate", "open", "--signal", NOBODY), "no signal"),
        (("investigate", "show", NOBODY), "evenkeel investigate list"),
        (("investigate", "export", NOBODY, "-o", "report.doc"), ".pdf or .pptx"),
        (("action", "show", NOBODY), "evenkeel action list"),
        (("action", "list", "--state", "great"), "effective"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_fix(words: tuple[str, ...], told: str) -> None:
    failed = run(*words)
    assert (failed.exit_code, told in failed.output) == (2, True), failed.output


def test_actions_are_listed_and_shown() -> None:
    lead = make_person("lead")
    made = open_action(
        SYSTEM, title="Read the clause together", what="Half an hour.", kind="containment", programme=make_programme("L"),
        owner=lead, due_on=date(2026, 4, 1), now=NOW,
    )  # fmt: skip
    assert [each["id"] for each in run_json("action", "list", "--programme", "L")] == [str(made.pk)]
    assert run_json("action", "show", str(made.pk))["checks"] == []
    assert "Half an hour." in run("action", "show", str(made.pk)).output
