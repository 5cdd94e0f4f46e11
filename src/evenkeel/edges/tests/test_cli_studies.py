"""What-if studies from the command line: begun, listed, shown, stopped, deleted; what does not fit is refused."""

from __future__ import annotations

import pytest

from evenkeel.work.tests.factories import make_programme

from .test_cli import run, run_json

pytestmark = pytest.mark.django_db
BEGIN = ("twin", "study", "begin", "Fewer audits?")
VARIANT = ("--variant", "2 %: audits.rate=0.02")


def test_a_study_is_begun_listed_shown_stopped_and_deleted() -> None:
    made = run_json(*BEGIN, "--scenario", "month", *VARIANT, "--for-all", "days=21", "--seeds", "2")
    assert made["variants"] == [{"name": "2 %", "changes": ["audits.rate=0.02"]}]
    assert (made["state"], made["for_all"], made["runs_asked"]) == ("open", ["days=21"], 4)
    assert [each["id"] for each in run_json("twin", "study", "list")] == [made["id"]]
    assert "open, 0 of 4 runs" in run("twin", "study", "show", made["id"]).output
    assert run("twin", "study", "stop", made["id"]).exit_code == 0
    assert run_json("twin", "study", "show", made["id"])["state"] == "stopped"
    assert run("twin", "study", "delete", made["id"]).exit_code == 0
    assert run_json("twin", "study", "list") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*BEGIN, *VARIANT), "Choose one of"),
        ((*BEGIN, "--scenario", "month"), "1 to 12 variants"),
        ((*BEGIN, "--scenario", "month", "--variant", "a: audits.rate=7"), "a share from 0 to 1"),
        ((*BEGIN, "--programme", "Mars", *VARIANT), "Listings"),
        ((*BEGIN, "--programme", "Listings", *VARIANT), "from which day"),
        (("twin", "study", "show", "no-key"), "There is no such page"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_fix(words: tuple[str, ...], told: str) -> None:
    make_programme("Listings")
    failed = run(*words)
    assert (failed.exit_code, told in failed.output) == (2, True), failed.output
