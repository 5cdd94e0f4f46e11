"""Windows, odds, lines of a scan, words: plain values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenkeel.improve.causes import BRANCHES, CAUSES, Cause
from evenkeel.improve.models import Driver, Investigation
from evenkeel.improve.rules import (
    LONGEST_DAYS,
    Counts,
    Windows,
    evidence_rate,
    fault_in,
    lines_of,
    people_in,
    windows_around,
)
from evenkeel.improve.words import BRANCHES as BRANCH_TITLES
from evenkeel.improve.words import DIMENSIONS, VERDICTS, statement_of
from evenkeel.kernel import explain_rate, wilson

DAY = date(2026, 3, 9)


def test_windows_follow_the_change() -> None:
    windows = windows_around(DAY, until=DAY + timedelta(days=5))
    assert (windows.since, windows.until - windows.since) == (DAY, timedelta(days=5))
    assert fault_in(windows) is None
    assert windows_around(DAY, until=DAY).until == DAY + timedelta(days=1), "the flagged day itself is always in"
    late = windows_around(DAY, until=DAY + timedelta(days=400))
    assert late.until - late.baseline_since == timedelta(days=LONGEST_DAYS)
    assert fault_in(late) is None


@pytest.mark.parametrize(
    ("days", "fault"), [((0, 7, 14), None), ((7, 7, 14), "order"), ((0, 14, 14), "order"), ((0, 80, 93), "long")]
)
def test_faults_of_windows_are_named(days: tuple[int, int, int], fault: str | None) -> None:
    baseline, since, until = (DAY + timedelta(days=number) for number in days)
    assert fault_in(Windows(baseline_since=baseline, since=since, until=until)) == fault


@pytest.mark.parametrize(("errors", "rate"), [(0, 1.0), (25, 1.0), (26, 25 / 26), (5_000, 0.005)])
def test_about_as_many_cases_come_as_are_wanted(errors: int, rate: float) -> None:
    assert evidence_rate(errors) == rate


def test_a_site_and_its_only_team_are_one_line() -> None:
    found = explain_rate(
        {"site": ["a", "b", "c"] * 2, "team": ["A", "B", "C"] * 2}, [30, 30, 30, 30, 120, 30], [0, 0, 0, 1, 1, 1], n=[500] * 6,
        hierarchies=[("site", "team")], most_ranked=20,
    )  # fmt: skip
    first, *_rest = lines_of(found)
    assert first.is_cause
    assert first.driver.where == (("site", "b"),)
    assert (("team", "B"),) in [other.where for other in first.also]
    cells = [line.driver.where for line in lines_of(found)]
    assert (("team", "B"),) not in cells
    assert len(lines_of(found, most=1)) == 1


def test_an_improvement_lists_what_got_better() -> None:
    found = explain_rate({"site": ["a", "b"] * 2}, [100, 100, 100, 20], [0, 0, 1, 1], n=[500] * 4, most_ranked=20)
    assert found.change < 0
    assert all(line.driver.excess < 0 for line in lines_of(found))
    assert lines_of(found)[0].driver.where == (("site", "b"),)


def test_people_are_counted_where_there_are_fewer() -> None:
    before: Counts = {("A", "ann"): (0.0, 5.0), ("A", "bob"): (1.0, 5.0), ("B", "cid"): (0.0, 5.0)}
    now: Counts = {("A", "ann"): (2.0, 5.0), ("B", "cid"): (0.0, 5.0), ("B", "dot"): (0.0, 0.0)}
    names = ("team", "worker")
    assert people_in({"team": "A"}, names=names, before=before, now=now) == 1
    assert people_in({"team": "A"}, names=names, before=before, now={}) == 2
    assert people_in({}, names=names, before=before, now=now) == 2
    assert people_in({"team": "C"}, names=names, before=before, now=now) == 0


def statement(before: tuple[int, int], now: tuple[int, int], *drivers: Driver, verdict: str = "none") -> str:
    made = Investigation(
        metric="accuracy", where_name="Team B", baseline_since=DAY - timedelta(days=28), since=DAY,
        until=DAY + timedelta(days=4), baseline=wilson(*before).to_dict(), current=wilson(*now).to_dict(),
        scan={"verdict": verdict},
    )  # fmt: skip
    return statement_of(made, drivers)


def cause(people: int, excess: float = 17.4) -> Driver:
    cell = [{"dimension": "worker", "value": "1", "title": "Rosa Villar"}]
    return Driver(cell=cell, people=people, is_cause=True, excess=excess)


def test_the_statement_follows_the_figures() -> None:
    said = statement((113, 120), (68, 87))
    assert said.startswith(
        "Accuracy of Team B fell from 94\u202f% (88–97\u202f%, n 120) to 78\u202f% (68–86\u202f%, n 87)."
    )
    assert "Accuracy of Team B rose from" in statement((68, 87), (113, 120))
    assert "stayed the same" in statement((50, 100), (50, 100))
    assert "fell from 99.5" in statement((995, 1000), (990, 1000)), "a decimal where whole percents hide the change"
    assert "before, there was nothing to count" in statement((0, 0), (5, 10))
    assert "since then there was nothing to count" in statement((5, 10), (0, 0))
    assert "not known in either window" in statement((0, 0), (0, 0))
    assert "9 Feb 2026 to 8 Mar 2026 with 9 Mar 2026 to 12 Mar 2026" in said


def test_the_statement_names_a_part_but_no_single_person() -> None:
    assert "17 errors more than expected" in statement((113, 120), (68, 87), cause(5), verdict="localised")
    assert "17 errors fewer than expected" in statement((68, 87), (113, 120), cause(5, -17.4), verdict="localised")
    assert "Rosa" not in statement((113, 120), (68, 87), cause(1), verdict="localised")
    assert "everywhere" in statement((113, 120), (68, 87), verdict="everywhere")


@pytest.mark.parametrize("kind", list(CAUSES), ids=lambda kind: kind.slug)
def test_a_cause_says_what_it_means(kind: Cause) -> None:
    for text in (kind.title, kind.why, kind.example):
        assert len(str(text)) > 3
    assert str(kind.why).endswith(".")
    assert kind.branch in BRANCHES


def test_every_branch_and_verdict_has_words() -> None:
    assert set(BRANCH_TITLES) == set(BRANCHES)
    assert {kind.branch for kind in CAUSES} == set(BRANCHES), "a branch of the fishbone without a cause"
    assert set(VERDICTS) == {"no_data", "no_parts", "none", "chance", "beyond", "mix", "everywhere", "localised"}
    with pytest.raises(ValueError, match="a branch is one of"):
        Cause(slug="x", title="X", why="X.", branch="moon", example="x")
    assert "expected_label" in DIMENSIONS
