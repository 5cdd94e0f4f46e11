"""A scenario lived through the product and scored: the loop closes on a fault that is large enough to see."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings

from evenkeel.twin import Line, TooLittle, added, fit_scenario, plan_of, read_plan, run, score, together, told
from evenkeel.twin.scoring import NoTruth
from evenkeel.twin.wide.plan import EventPlan
from evenkeel.twin.wide.running import NotEmpty

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_a_planted_fault_is_seen_and_its_cause_named(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    misread = EventPlan(
        kind="policy_misread", from_day=24, where={"site": "Manila"},
        settings={"clause": "Scam", "taken_as": "Allowed", "probability": 0.9},
    )  # fmt: skip
    plan = replace(read_plan("small"), days=40, events=(misread,)).thinned(0.25)
    ran = run(plan, watched_from=24)
    assert ran.days == 40
    assert ran.decisions > 50_000
    sums = list(added(tmp_path))
    assert len(sums) > 60
    assert [row for row in sums if not row.is_equal] == []
    assert next(row.product for row in sums if row.what == "decisions") == ran.decisions
    found = score(tmp_path)
    assert json.dumps([line.to_dict() for line in found])
    lines = {(line.score, line.name): line for line in found}
    assert lines["alarms", "faults seen"].hits == 1
    first = lines["causes", "planted cause first"]
    assert first.hits == first.n > 0
    for name in ("how they decide", "these decisions"):
        held = lines["coverage", f"team by week, {name}"]
        assert held.hits is not None
        assert held.hits / held.n > 0.85
    error = lines["headline", "error of the whole run"].value
    assert error is not None
    assert abs(error) < 1
    assert lines["asked", "planted cause first"].hits == 1
    assert lines["ranking", "organisation: pairs in order, adjusted"].n == 3
    gain = lines["inference", "inferred over majority"].value
    assert gain is not None
    assert gain > -1
    of_budget = lines["alarms", "about nothing, of the budget"].value
    assert of_budget is not None
    assert of_budget < 3
    fitted = plan_of(tomllib.loads(fit_scenario(since=plan.first_on, until=plan.date_of(21))))
    accuracy = {site.name: site.accuracy for site in plan.sites}
    assert {site.name: site.accuracy for site in fitted.sites} == pytest.approx(accuracy, abs=0.03)
    assert fitted.audits.rate == pytest.approx(plan.audits.rate)
    with pytest.raises(TooLittle, match="there is no programme 'Other'"):
        fit_scenario(since=plan.first_on, until=plan.date_of(21), programme="Other")
    with pytest.raises(NotEmpty, match="has an organisation already"):
        run(plan)


def test_a_folder_without_a_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoTruth, match="evenkeel twin run"):
        score(tmp_path)


def test_rows_of_several_runs_are_put_together() -> None:
    runs = [
        [Line(score="a", name="x", n=10, hits=9), Line(score="b", name="y", n=1, value=2.0, unit=" days")],
        [Line(score="a", name="x", n=30, hits=30), Line(score="b", name="y", n=3, value=4.0, unit=" days")],
    ]
    share, mean = together(runs)
    assert (share.n, share.hits) == (40, 39)
    assert told(share).startswith("0.975 [")
    assert mean.value == pytest.approx(3.5)
    assert told(mean) == "3.5000 days"
    assert told(Line(score="a", name="x", n=0, hits=0)) == "no case"
