"""Drivers find a planted fault through real roll-ups, and nothing where there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from evenkeel.improve import Investigation, Windows, drivers_for, open_investigation
from evenkeel.improve.drivers import _is_new
from evenkeel.improve.models import Driver

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story, actor_of

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))


def opened(story: Story, **said: Any) -> Investigation:
    return open_investigation(
        SYSTEM, title="Why?", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW, **said
    )


def test_a_planted_fault_is_named_and_measured(story: Story) -> None:
    found = opened(story)
    assert found.scan["verdict"] == "localised"
    first = Driver.objects.get(investigation=found, rank=1)
    assert first.is_cause
    assert {part["dimension"]: part["title"] for part in first.cell} == {
        "expected_label": "Scam listing",
        "team": "Northline B",
    }
    # Five people, four days, one scam a day each: all wrong, and about one in eleven was to be expected.
    assert (first.current_errors, first.current_n, first.people) == (20, 20, 5)
    assert 15 < first.excess < 20
    assert found.scan["change"] == pytest.approx(found.scan["mix"] + found.scan["rate"])


def test_a_baseline_leaves_out_what_is_known_to_have_been_wrong_in_it(story: Story) -> None:
    day = timedelta(days=1)
    first = open_investigation(
        SYSTEM, title="Why?", programme=story.programme, owner=story.manager, now=NOW,
        windows=Windows(baseline_since=FIRST, since=FAULT, until=FAULT + 2 * day),
    )  # fmt: skip
    again = open_investigation(
        SYSTEM, title="And now?", programme=story.programme, owner=story.manager, now=NOW + day,
        windows=Windows(baseline_since=FIRST, since=FAULT + 2 * day, until=LAST + day),
    )  # fmt: skip
    (cause,) = first.drivers.filter(is_cause=True)
    (left,) = again.runs.get().recipe["apart"]
    assert left["where"] == {part["dimension"]: part["value"] for part in cause.cell}
    assert (left["since"], left["until"]) == (FAULT.isoformat(), (FAULT + 2 * day).isoformat())
    assert not first.runs.get().recipe["apart"]
    same = again.drivers.get(rank=1)
    assert same.cell == cause.cell
    assert (same.baseline_errors, same.baseline_n) == (cause.baseline_errors, cause.baseline_n)


def test_the_parts_are_those_of_the_audits(story: Story) -> None:
    found = opened(story)
    whole = story.verdicts
    now = [verdict for verdict in whole if verdict.draw.decision.decided_at.date() >= FAULT]
    assert (found.current["n"], found.baseline["n"]) == (len(now), len(whole) - len(now))
    assert found.current["value"] == pytest.approx(sum(verdict.is_right for verdict in now) / len(now))
    for driver in found.drivers.all():
        values = {part["dimension"]: part["value"] for part in driver.cell}
        inside = [
            verdict
            for verdict in now
            if all(
                str(getattr(verdict.draw.decision, f"{name}_id") if name != "expected_label" else verdict.label)
                == value
                for name, value in values.items()
            )
        ]
        assert driver.current_n == len(inside), driver.title
        assert driver.current_errors == pytest.approx(sum(not verdict.is_right for verdict in inside)), driver.title


def test_cells_with_the_same_audits_are_one_line(story: Story) -> None:
    """Seen within the vendor's second team alone, the team, its site and its organisation are the whole."""
    found = opened(story, team=story.team_b)
    titles = [driver.title for driver in found.drivers.all()]
    assert len(titles) == len(set(titles))
    assert titles[0] == "Scam listing"
    parts = [part for driver in found.drivers.all() for part in driver.cell]
    assert {part["dimension"] for part in parts} <= {"expected_label", "worker"}


def test_rows_about_few_people_are_for_those_who_may_see_people(story: Story) -> None:
    found = opened(story, team=story.team_b)
    lead, specialist = actor_of(story.person("lead")), actor_of(story.person("qa_specialist"))
    everything, some = drivers_for(lead, found), drivers_for(specialist, found)
    alone = [driver for driver in everything.rows if driver.people < 5]
    assert any("worker" in driver.dimensions for driver in alone)
    assert everything.hidden == 0
    assert some.hidden == len(alone)
    assert not {driver.pk for driver in some.rows} & {driver.pk for driver in alone}


def test_what_came_in_lately_is_no_dimension_to_cut_by() -> None:
    # A policy version of yesterday holds nearly all of today's work and one day of the baseline.
    before: dict[Any, Any] = {("team A", "version 1"): (5.0, 130.0), ("team A", "version 2"): (2.0, 10.0)}
    now: dict[Any, Any] = {("team A", "version 2"): (20.0, 80.0)}
    assert _is_new(1, before, now)
    assert not _is_new(0, before, now)


def test_work_that_moved_a_little_stays_a_dimension() -> None:
    before: dict[Any, Any] = {("team A",): (5.0, 90.0), ("team B",): (1.0, 10.0)}
    now: dict[Any, Any] = {("team A",): (4.0, 70.0), ("team B",): (2.0, 30.0)}
    assert not _is_new(0, before, now)
