"""Everything that a scenario may say has the effect that it says, side by side in one scenario; no database is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid5

import numpy as np
import pytest

from evenkeel.twin.events import EVENTS, planted
from evenkeel.twin.wide.arriving import Waiting, arrived, expected, open_rows, waited
from evenkeel.twin.wide.day import Judged, Work, audit, live_a_day
from evenkeel.twin.wide.differing import sensitivities, separation, unlike
from evenkeel.twin.wide.install import Installed
from evenkeel.twin.wide.plan import Plan
from evenkeel.twin.wide.reading import BadScenario, plan_of, read_plan
from evenkeel.twin.wide.rows import tables_of
from evenkeel.twin.wide.staff import Staff, hire

_ONE = UUID(int=7)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan("whole")


@pytest.fixture(scope="module")
def staff(plan: Plan) -> Staff:
    return hire(plan, [EVENTS[each.kind](each) for each in plan.events])


@pytest.fixture(scope="module")
def known(plan: Plan, staff: Staff) -> Installed:
    """The rows that facts point at, without a database."""

    def ids(word: str, count: int) -> tuple[UUID, ...]:
        return tuple(uuid5(_ONE, f"{word} {place}") for place in range(count))

    def row(pk: UUID) -> Any:
        return SimpleNamespace(pk=pk, organisation_id=_ONE)

    return Installed(
        programme=row(_ONE), queues=tuple(row(pk) for pk in ids("queue", len(plan.markets))),
        organisation=ids("organisation", len(plan.sites)), site=ids("site", len(plan.sites)),
        team=ids("team", len(staff.teams)), worker=ids("worker", len(staff)),
        auditor=ids("auditor", plan.audits.auditors), form_version=_ONE,
        policy_versions=((0, _ONE), (28, uuid5(_ONE, "second"))), plan=_ONE, owner=row(_ONE),
    )  # fmt: skip


def lived(plan: Plan, staff: Staff, day: int) -> tuple[Work, Judged]:
    work = live_a_day(plan, staff, (), day)
    return work, audit(work, ())


def test_every_kind_of_event_is_planted_once(plan: Plan) -> None:
    assert sorted(event.kind for event in plan.events) == EVENTS.slugs()
    assert len(EVENTS.slugs()) == 16


def test_places_versions_and_models_change_what_they_say(plan: Plan) -> None:
    before, after, later = (unlike(plan, day) for day in (27, 28, 69))
    scam, manila, lisbon = plan.labels.index("Scam"), 1, 2
    assert before[manila, 0, scam] == pytest.approx(0.2)
    assert before[lisbon].max(axis=1) == pytest.approx([0.15, 0, 0])
    assert (after - before)[..., scam] == pytest.approx(0.3)
    assert (later - before)[0, 0, scam] == pytest.approx(-0.1 + 0.4 * np.exp(-41 / 14))
    assert (after - before)[..., 0] == pytest.approx(0)
    assert [round(separation(plan, day), 3) for day in (0, 30, 35)] == [2.2, 2.156, 2.5]
    assert np.ptp(sensitivities(plan)) > 0


def test_a_model_regression_shows_in_how_often_people_agree_with_it(plan: Plan, staff: Staff) -> None:
    worse = EVENTS["model_regression"](planted("model_regression", from_day=0))
    agreed = [
        np.mean((work.score > 0) == (work.label > 0))
        for work in (live_a_day(plan, staff, events, 50) for events in ((), (worse,)))
    ]
    assert agreed[1] < agreed[0] - 0.015


def test_wrong_answers_go_where_a_clause_is_confused(plan: Plan, staff: Staff) -> None:
    known = plan.labels
    pairs = []
    for day in range(4):
        work, _ = lived(plan, staff, day)
        rows = (work.truth == known.index("Scam")) & ~work.is_right
        pairs += work.label[rows].tolist()
    assert known.index("Abuse") not in pairs
    assert 0.4 < pairs.count(0) / len(pairs) < 0.8


def test_items_come_in_by_the_clock_and_nobody_decides_what_is_not_there(plan: Plan, staff: Staff) -> None:
    calm, feast = (expected(plan, 0, plan.date_of(day)) for day in (40 - 7, 40))
    assert plan.date_of(40).isoformat() == "2026-02-14"
    assert feast / calm == pytest.approx(1.4, rel=0.01)
    short = replace(plan, arrivals=replace(plan.arrivals, items_a_day=600.0))
    entered = sum(len(arrived(short, market, day)) for market in range(3) for day in range(3))
    waiting, served = Waiting.nothing(short), 0
    for day in range(3):
        everything, _ = lived(short, staff, day)
        work, came = waiting.take(everything)
        assert len(work) < len(everything)
        told = waited(short, work, came)
        assert (told["turnaround_s"] >= 0).all()
        served += len(work)
    left = sum(len(each) for each in waiting.open)
    assert served + left == entered
    assert served > 0.5 * entered


def test_what_is_left_at_night_is_counted_by_age(plan: Plan, known: Installed) -> None:
    night = datetime(2026, 1, 8, 23, 30, tzinfo=UTC)
    end = int(night.timestamp() * 1e6)
    hour = 3_600_000_000
    open_ = [np.array([end - 30 * hour - 60, end - hour // 2]), np.zeros(0, np.int64), np.array([end + hour])]
    rows = open_rows(Waiting(plan=plan, open=open_), known, at=night)
    assert rows["is_whole"].tolist() == [True, False, False, True, True]
    assert rows["items"].tolist() == [2, 1, 1, 0, 0]
    assert rows["overdue"].to_pylist() == [1, None, None, 0, 0]


def test_a_day_is_written_as_every_room_would_have_written_it(plan: Plan, staff: Staff, known: Installed) -> None:
    work, judged = lived(plan, staff, 21)
    found = tables_of(work, judged, known)
    assert set(found) == {
        "decisions", "audits", "appeals", "time", "golds", "disputes", "auditor_checks", "calibrations", "costs",
        "predictions",
    }  # fmt: skip
    costs = found["costs"]
    assert len(costs) == len(np.unique(work.worker))
    paid_h = sum(found["time"]["seconds"].to_pylist()) / 3600
    assert 9 < sum(costs["amount_cents"].to_pylist()) / 100 / paid_h < 31
    scores = found["predictions"]
    assert len(scores) == pytest.approx(0.1 * len(work), rel=0.3)
    assert set(scores["version"].to_pylist()) == {"2025-11"}
    assert np.mean(scores["violates"].to_numpy() == scores["decided_violates"].to_numpy()) > 0.75
    unseen = found["decisions"]["prelabel_followed"].null_count / len(work)
    assert unseen == pytest.approx(0.5, abs=0.03)
    golds = found["golds"]
    assert len(golds) == work.gold.sum()
    assert np.mean(golds["is_right"].to_numpy()) == pytest.approx(work.is_right[work.gold].mean())
    assert set(found["decisions"]["item_kind"].to_pylist()) == {"text", "image"}
    assert np.mean(found["decisions"]["prelabel_seen"].to_numpy()) == pytest.approx(0.2, abs=0.03)
    states = found["time"]["state"].to_pylist()
    assert set(states) == {"production", *plan.clock}
    seconds = found["time"]["seconds"].to_numpy()[np.array(states) == "break"]
    assert seconds.mean() == pytest.approx(30 * 60, rel=0.15)
    sittings = found["calibrations"]
    assert len(sittings) == 3 * 6 * 10
    assert len(set(sittings["item_id"].to_pylist())) == 10
    again = tables_of(work, judged, known)
    assert all(again[name].equals(table) for name, table in found.items())
    later, judged = lived(plan, staff, 28)
    assert set(tables_of(later, judged, known)["decisions"]["policy_version_id"].to_pylist()) == {
        str(known.version_on(28))
    }


def test_findings_that_are_wrong_are_disputed_and_fall_more_often(plan: Plan, staff: Staff, known: Installed) -> None:
    careless = replace(plan, audits=replace(plan.audits, rate=1.0, specificity=0.9, checked=0.5))
    work, judged = lived(careless, staff, 30)
    tables = tables_of(work, judged, known)
    disputes = tables["disputes"].to_pylist()
    raised, settled = ([row for row in disputes if row["is_settled"] is said] for said in (False, True))
    assert len(raised) == len(settled) > 50
    fell = {reason: np.mean([row["is_overturned"] for row in settled if row["reason"] == reason])
            for reason in ("answer_right", "policy_two_ways")}  # fmt: skip
    assert fell["answer_right"] > 0.7 > 0.4 > fell["policy_two_ways"]
    checks = tables["auditor_checks"]
    right = np.mean(checks["is_right"].to_numpy())
    assert right == pytest.approx((judged.label == work.truth[judged.row]).mean(), abs=0.04)
    assert cast("list[float]", checks["pi"].to_pylist())[0] == pytest.approx(0.5)


def test_what_a_scenario_may_not_say_is_refused_at_its_place() -> None:
    told: dict[str, Any] = {
        "title": "x", "seed": 1, "first_on": read_plan("whole").first_on, "days": 10, "house": "H",
        "sites": [{"name": "A", "organisation": "H", "by_clause": {"Worse": 1}, "by_language": {"fr": 1}}],
        "clauses": [{"name": "Ok", "share": 0.9, "confusions": {"Ok": 1}}, {"name": "Bad", "share": 0.1}],
        "markets": [{"name": "M"}],
        "arrivals": {"hours": [1, 2], "weekdays": [0, 0, 0, 0, 0, 0, 0], "holidays": ["Easter"]},
        "versions": [{"from_day": 40, "what_changed": "x"}],
        "models": [{"from_day": 3, "name": "a"}, {"from_day": 3, "name": "b"}],
        "clock": {"sleep": 5, "break": -1},
    }  # fmt: skip
    with pytest.raises(BadScenario) as refused:
        plan_of(told)
    said = "\n".join(refused.value.faults)
    places = [
        "sites[0].by_clause.Worse: no such clause", "sites[0].by_language.fr: no market speaks it",
        "clauses[0].confusions: another clause", "arrivals.hours: 24 numbers", "arrivals.weekdays: 7 numbers",
        "arrivals.holidays: a day such as", "versions[0].from_day: from 0 to 9", "models: each from a later day",
        "clock.sleep: one of", "clock: minutes of a shift, none below 0",
    ]  # fmt: skip
    assert [place for place in places if place not in said] == []
    with pytest.raises(BadScenario, match=r"arrivals\.items_a_day: a number.*clock: a table of numbers"):
        plan_of(told | {"clock": {"break": "long"}, "arrivals": {"items_a_day": "many"}})
