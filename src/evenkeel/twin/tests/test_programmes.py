"""Several programmes in one scenario: each has its own policy, queues, audits and truth; and what may not be said of them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import LazySettings

from evenkeel.policy import Policy
from evenkeel.quality import SamplingPlan, Verdict
from evenkeel.twin import (
    BadScenario,
    Plan,
    added,
    check_scenario,
    fit_scenario,
    plan_of,
    read_plan,
    run,
    run_by_acts,
    score,
)
from evenkeel.twin.scoring import runs_in
from evenkeel.twin.wide.day import live_a_day
from evenkeel.twin.wide.programmes import parts_of
from evenkeel.twin.wide.reading import SHIPPED
from evenkeel.twin.wide.staff import hire
from evenkeel.work import Decision, Programme


def plan() -> Plan:
    return read_plan("programmes")


def told(**changes: Any) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / "programmes.toml").read_text(encoding="utf-8")) | changes


def test_a_scenario_without_the_table_is_one_programme() -> None:
    small = read_plan("small")
    assert parts_of(small) == (small,)


def test_each_programme_has_its_teams_its_content_and_the_events_that_concern_it() -> None:
    listings, messages = parts_of(plan())
    assert [each.title for each in (listings, messages)] == ["Listings", "Messages"]
    assert listings.labels == ("Allowed", "Spam", "Scam")
    assert messages.labels == ("Fine", "Abuse", "Threat")
    assert [name for site in listings.sites for name in listings.team_names(site)] == [
        "Rotterdam 1", "Manila 1", "Manila 2", "Lisbon 1",
    ]  # fmt: skip
    assert [name for site in messages.sites for name in messages.team_names(site)] == ["Rotterdam 2", "Manila 3"]
    assert (listings.audits.rate, messages.audits.rate, messages.audits.sensitivity) == (0.05, 0.08, 0.96)
    assert [event.kind for event in listings.events] == ["policy_misread"]
    assert [(event.kind, event.where) for event in messages.events] == [("ambiguous_clause", {"clause": "Abuse"})]
    assert listings.people + messages.people == plan().people == 68


def test_programmes_share_no_chance() -> None:
    alike = told()
    alike["programmes"] = [
        {**alike["programmes"][0], "name": name, "teams": {"Rotterdam": 1}} for name in ("One", "Other")
    ]
    alike["sites"], alike["events"] = [alike["sites"][0]], []
    for programme in alike["programmes"]:
        programme["markets"] = programme["markets"][:1]
    one, other = (live_a_day(part, hire(part, ()), (), 0) for part in parts_of(plan_of(alike)))
    assert len(one) != len(other) or not np.array_equal(one.truth, other.truth)


def test_an_event_that_names_no_programme_befalls_every_one_it_can() -> None:
    changed = told(events=[{"kind": "tool_latency", "from_day": 3, "where": {"site": "Manila"}},
                           {"kind": "global_shift", "from_day": 3, "where": {"site": "Lisbon"}}])  # fmt: skip
    listings, messages = parts_of(plan_of(changed))
    assert [event.kind for event in listings.events] == ["tool_latency", "global_shift"]
    assert [event.kind for event in messages.events] == ["tool_latency"]


def test_a_thinned_scenario_audits_as_many_in_every_programme() -> None:
    thin = parts_of(plan().thinned(0.5))
    assert [part.audits.rate for part in thin] == [0.1, 0.16]
    assert {part.habits.hours for part in thin} == {0.6}


def faults(**changes: Any) -> str:
    with pytest.raises(BadScenario) as refused:
        plan_of(told(**changes))
    return "\n".join(refused.value.faults)


def test_what_a_programme_may_not_say_is_refused_at_its_place() -> None:
    listings, messages = told()["programmes"]
    said = faults(programmes=[listings, {**messages, "clauses": [{"name": "Fine"}], "colour": "red", "gold_rate": 3}])
    assert "programmes[1].clauses[0].share: missing" in said
    assert "programmes[1].colour: unknown in a programme" in said
    assert "programmes[1].gold_rate: a share from 0 to 1, not 3" in said
    assert faults(programmes={"name": "x"}) == "programmes: a list of tables, [[programmes]]"
    named = {**messages, "name": "Listings", "teams": {"Paris": 1, "Rotterdam": 0.5}}
    said = faults(programmes=[listings, named])
    assert "there are two of the name 'Listings'" in said
    assert "programmes[1].teams.Paris: there is no such site; there are Rotterdam, Manila, Lisbon" in said
    assert "programmes[1].teams.Rotterdam: how many of its teams, a whole number, not 0.5" in said
    assert "programmes: of the 3 teams of Manila 2 are given to a programme" in said


def test_names_within_a_programme_are_its_own() -> None:
    listings, messages = told()["programmes"]
    markets = [{"name": "English", "lean": {"Scam": 2}}, {"name": "Polish", "language": "pl"}]
    said = faults(programmes=[listings, {**messages, "markets": markets, "audits": {"boosts": {"Spam": 2}}}])
    assert "programmes[1].markets[0].lean.Scam: no such clause" in said
    assert "programmes[1].markets[1].language: no site speaks 'pl'" in said
    assert "programmes[1].audits.boosts.Spam: no such clause" in said
    said = faults(programmes=[listings, {**messages, "markets": [{"name": "Dutch", "language": "nl"}]}])
    assert said == "programmes[1].teams.Manila: the site speaks none of the languages of its markets"
    assert faults(audits={"boosts": {"Fraud": 2}}) == "audits.boosts.Fraud: no programme has such a clause"
    events = [{"kind": "ambiguous_clause", "from_day": 3, "where": {"programme": "Ads", "clause": "Abuse"}},
              {"kind": "ambiguous_clause", "from_day": 3, "where": {"programme": "Listings", "clause": "Abuse"}}]  # fmt: skip
    assert faults(events=events).splitlines() == [
        "events[0].where.programme: there is no programme 'Ads'; there are Listings, Messages",
        "events[1]: no programme has all that it names",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
def test_figures_of_every_programme_are_the_generators_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    short = replace(plan(), days=16, events=()).thinned(0.1)
    ran = run(short, watched_from=None)
    assert sorted(Programme.objects.values_list("name", flat=True)) == ["Listings", "Messages"]
    assert sorted(Policy.objects.values_list("name", flat=True)) == ["Policy of listings", "Policy of messages"]
    assert sorted(SamplingPlan.objects.values_list("rate", flat=True)) == pytest.approx([0.5, 0.8])
    sums = list(added(tmp_path))
    assert {row.programme for row in sums} == {"Listings", "Messages"}
    assert [row for row in sums if not row.is_equal] == []
    made = {row.programme: row.product for row in sums if row.what == "decisions" and not row.by}
    assert sum(made.values()) == ran.decisions
    assert min(made.values()) > 500
    lines = {(line.score, line.name): line for line in score(tmp_path)}
    assert lines["coverage", "team by week, these decisions"].n == 2 * 6
    assert lines["headline", "error of the whole run"].n == 2
    since, until = short.first_on, short.date_of(16)
    every = plan_of(tomllib.loads(fit_scenario(since=since, until=until)))
    assert {(each.name, each.audits and each.audits.rate) for each in every.programmes} == {
        ("Listings", 0.5),
        ("Messages", 0.8),
    }
    assert {row.name.split(":")[0] for row in check_scenario(every, since=since, until=until)} == {
        "Listings",
        "Messages",
    }
    one = plan_of(tomllib.loads(fit_scenario(since=since, until=until, programme="Messages")))
    assert (one.programmes, set(one.labels)) == ((), {"Fine", "Abuse", "Threat"})
    assert {(site.name, site.teams) for site in one.sites} == {("Rotterdam", 1), ("Manila", 1)}


@pytest.mark.django_db
@pytest.mark.once
def test_acts_fill_every_programme_by_its_own_people(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    whole = plan()
    few = tuple(replace(site, people=1, accuracy=0.6, absence=0.0, leavers_a_year=0.0) for site in whole.sites)
    audits = replace(whole.audits, rate=1.0, auditors=1)
    programmes = tuple(replace(each, audits=audits) for each in whole.programmes)
    tiny = replace(whole, days=1, events=(), sites=few, programmes=programmes,
                   habits=replace(whole.habits, hours=0.03), disputes=read_plan("whole").disputes)  # fmt: skip
    ran = run_by_acts(tiny, watches=False)
    listings, messages = runs_in(tmp_path)
    assert (listings.names("team"), messages.names("team")) == (
        ["Rotterdam 1", "Manila 1", "Manila 2", "Lisbon 1"], ["Rotterdam 2", "Manila 3"],
    )  # fmt: skip
    for each in (listings, messages):
        made = Decision.objects.filter(programme=each.programme, corrects=None)
        assert made.count() == each.columns["n"].sum() > 3
        assert {decision.label for decision in made} <= set(each.names("clause"))
        assert {str(decision.worker_id) for decision in made} <= set(each.told["workers"])
    assert ran.decisions == Decision.objects.filter(corrects=None).count()
    assert ran.audits == Verdict.objects.filter(corrects=None).count() == ran.decisions
