"""The wide twin: what a scenario may say, what a day of it looks like, and what each planted event does and leaves alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from evenkeel.twin.events import EVENTS
from evenkeel.twin.wide.day import Judged, Work, audit, live_a_day
from evenkeel.twin.wide.ids import new_ids
from evenkeel.twin.wide.plan import EventPlan, Plan
from evenkeel.twin.wide.reading import BadScenario, plan_of, read_plan, shipped
from evenkeel.twin.wide.staff import hire


@pytest.fixture(scope="module")
def plan() -> Plan:
    return replace(read_plan("small"), events=())


def days(plan: Plan, *, event: str = "", where: dict[str, str] | None = None, **settings: Any) -> tuple[Work, Judged]:
    """Day 40 of a plan, with one event on."""
    kind = EVENTS[event] if event else None
    events = []
    if kind is not None:
        told = {name: each.default for name, each in kind.parameters.items()} | settings
        events = [kind(EventPlan(kind=event, from_day=40, where=where or {}, settings=told))]
    staff = hire(plan, events)
    work = live_a_day(plan, staff, events, 40)
    return work, audit(work, events)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_can_be_read(name: str) -> None:
    assert read_plan(name).people > 0


def test_a_scenario_with_faults_names_each_at_its_place() -> None:
    with pytest.raises(BadScenario) as refused:
        plan_of(
            {
                "title": "x",
                "seed": "one",
                "first_on": "2026",
                "days": 10,
                "house": "H",
                "sites": [{"name": "A", "organisation": "H", "accuracy": 1.4, "colour": "red"}],
                "clauses": [{"name": "Ok"}],
                "markets": [{"name": "M"}],
                "events": [{"kind": "flood", "from_day": 1}, {"kind": "mix_shift", "from_day": 3, "until_day": 2}],
            }
        )
    said = "\n".join(refused.value.faults)
    places = [
        "seed: a whole number",
        "first_on: a day",
        "sites[0].colour: unknown",
        "sites[0].accuracy: a share from 0 to 1",
        "clauses[0].share: missing",
        "events[0].kind: one of",
        "events[1].until_day",
        "events[1].clause: missing",
    ]
    assert [place for place in places if place not in said] == []


def test_a_scenario_may_not_name_what_it_does_not_have() -> None:
    told: dict[str, Any] = {
        "title": "x", "seed": 1, "first_on": read_plan("small").first_on, "days": 10, "house": "H",
        "sites": [{"name": "A", "organisation": "H", "time_zone": "Mars/Olympus"}],
        "clauses": [{"name": "Ok", "share": 0.9}, {"name": "Bad", "share": 0.1}],
        "markets": [{"name": "M", "language": "fr"}],
        "events": [{"kind": "global_shift", "from_day": 1, "where": {"team": "A 7"}}],
    }  # fmt: skip
    with pytest.raises(BadScenario) as refused:
        plan_of(told)
    said = "\n".join(refused.value.faults)
    assert "there is no 'Mars/Olympus'" in said
    assert "no site speaks 'fr'" in said
    assert "there is no team 'A 7'; there are A 1" in said


def test_the_same_seed_gives_the_same_day_and_another_seed_another(plan: Plan) -> None:
    (one, _), (again, _), (other, _) = days(plan), days(plan), days(replace(plan, seed=12))
    assert np.array_equal(one.label, again.label)
    assert np.array_equal(one.at, again.at)
    assert len(other) != len(one) or not np.array_equal(one.label, other.label)


def test_a_day_has_the_shares_the_accuracy_and_the_pace_of_its_plan(plan: Plan) -> None:
    work, judged = days(plan)
    shares = np.bincount(work.truth, minlength=4) / len(work)
    assert shares[0] == pytest.approx(0.62, abs=0.04)
    assert 0.91 < work.is_right.mean() < 0.96
    # Median seconds lie between the sites' own.
    assert 20 < np.median(work.seconds) < 32
    assert len(judged) == pytest.approx(0.05 * len(work), rel=0.2)
    assert judged.pi == pytest.approx(0.05)
    assert not work.gold[judged.row].any()


def test_audits_have_the_odds_that_are_written_down(plan: Plan) -> None:
    boosted = replace(plan, audits=replace(plan.audits, boosts={"Abuse": 4.0}))
    work, judged = days(boosted)
    abuse = work.label == plan.labels.index("Abuse")
    drawn = np.isin(np.arange(len(work)), judged.row)
    assert set(np.round(judged.pi, 6)) == {0.05, 0.2}
    assert drawn[abuse & ~work.gold].mean() == pytest.approx(0.2, abs=0.06)


def test_ids_are_different_version_seven_and_tell_their_time() -> None:
    at = np.array([1_700_000_000_000_000, 1_700_000_000_001_000, 1_800_000_000_000_000], dtype=np.int64)
    ids = [UUID(text) for text in new_ids(at, np.random.default_rng(1)).to_pylist()]
    assert {each.version for each in ids} == {7}
    assert [each.int >> 80 for each in ids] == [value // 1000 for value in at.tolist()]
    assert len(set(ids)) == 3


# What an event does to the share that is right in its place, to times there, and to both elsewhere.
PLACE = {"site": "Manila"}
ERRING = [
    ("policy_misread", {"clause": "Spam", "taken_as": "Allowed"}),
    ("global_shift", {"amount": 1.0}),
    ("ambiguous_clause", {}),
    ("language_shortage", {}),
    ("shift_end_rush", {"hours": 1.0}),
    ("regional_event", {"allowed": "Allowed", "times": 1.0, "amount": 1.0}),
    ("copying_ring", {}),
]


@pytest.mark.parametrize(("event", "settings"), ERRING)
def test_a_fault_makes_its_place_worse_and_no_other(plan: Plan, event: str, settings: dict[str, Any]) -> None:
    (calm, _), (struck, _) = days(plan), days(plan, event=event, where=PLACE, **settings)
    here, there = calm.mask(PLACE), ~calm.mask(PLACE)
    assert struck.is_right[struck.mask(PLACE)].mean() < calm.is_right[here].mean() - 0.02
    assert struck.is_right[~struck.mask(PLACE)].mean() == pytest.approx(calm.is_right[there].mean(), abs=0.015)


@pytest.mark.parametrize(("event", "times"), [("language_shortage", 1.3), ("tool_latency", 1.4)])
def test_what_slows_a_place_down_slows_no_other(plan: Plan, event: str, times: float) -> None:
    (calm, _), (struck, _) = days(plan), days(plan, event=event, where=PLACE)
    slower = np.median(struck.seconds[struck.mask(PLACE)]) / np.median(calm.seconds[calm.mask(PLACE)])
    assert slower == pytest.approx(times, rel=0.05)
    assert np.median(struck.seconds[~struck.mask(PLACE)]) == pytest.approx(
        np.median(calm.seconds[~calm.mask(PLACE)]), rel=0.05
    )


@pytest.mark.parametrize("event", ["mix_shift", "spam_campaign"])
def test_another_mix_changes_what_comes_in_and_not_how_it_is_judged(plan: Plan, event: str) -> None:
    where = {"market": "English"}
    (calm, _), (struck, _) = days(plan), days(plan, event=event, where=where, clause="Spam")
    spam = plan.labels.index("Spam")
    assert (struck.truth[struck.mask(where)] == spam).mean() > 1.4 * (calm.truth[calm.mask(where)] == spam).mean()
    allowed = {"clause": "Allowed"}
    assert struck.is_right[struck.mask(allowed)].mean() == pytest.approx(
        calm.is_right[calm.mask(allowed)].mean(), abs=0.015
    )


def test_auditors_who_drift_find_less_and_the_work_stays_as_it_was(plan: Plan) -> None:
    (calm, judged), (same, waved) = days(plan), days(plan, event="auditor_drift", auditors=5, waves=0.9)
    assert np.array_equal(calm.label, same.label)
    found = [(each.label != each.work.label[each.row]).mean() for each in (judged, waved)]
    assert found[1] < 0.4 * found[0]


def test_a_model_that_regresses_tells_violations_apart_less_well(plan: Plan) -> None:
    (calm, _), (struck, _) = days(plan), days(plan, event="model_regression", lost=0.6)
    apart = [each.score[each.truth > 0].mean() - each.score[each.truth == 0].mean() for each in (calm, struck)]
    assert apart[1] == pytest.approx(0.4 * apart[0], rel=0.1)


def test_leaked_golds_are_answered_well_and_nothing_else_is(plan: Plan) -> None:
    many = replace(plan, gold_rate=0.3)
    (calm, _), (struck, _) = days(many), days(many, event="gold_leak")
    assert struck.is_right[struck.gold].mean() > calm.is_right[calm.gold].mean() + 0.03
    assert struck.is_right[~struck.gold].mean() == pytest.approx(calm.is_right[~calm.gold].mean(), abs=0.01)


def test_a_wave_of_new_people_brings_people_who_have_just_begun(plan: Plan) -> None:
    work, _ = days(plan, event="new_hire_wave", where=PLACE, share=1.0)
    assert work.tenure_weeks[work.mask(PLACE)].max() == 0
    assert np.median(work.tenure_weeks[~work.mask(PLACE)]) > 8


def test_an_action_that_works_helps_and_an_idle_one_changes_nothing(plan: Plan) -> None:
    (calm, _), (better, _), (same, _) = (
        days(plan),
        days(plan, event="action_works", amount=1.0),
        days(plan, event="action_idle"),
    )
    assert better.is_right.mean() > calm.is_right.mean() + 0.02
    assert np.array_equal(same.label, calm.label)


def test_a_thinned_scenario_has_fewer_decisions_and_as_many_audits(plan: Plan) -> None:
    (work, judged), (less, as_many) = days(plan), days(plan.thinned(0.2))
    assert len(less) == pytest.approx(0.2 * len(work), rel=0.1)
    assert len(as_many) == pytest.approx(len(judged), rel=0.25)
