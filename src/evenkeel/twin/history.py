"""The months before the scenario's own days, as columns in the log: made like a plan's, about the scenario's people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

import numpy as np
from django.db import transaction

from evenkeel.ground.log import all_facts, append_table
from evenkeel.people import Worker, add_worker, end_worker
from evenkeel.policy import PolicyVersion
from evenkeel.quality import SamplingPlan

from .events import EVENTS, Event
from .organisation import SYSTEM, address_of
from .scenario import LABELS, Past, Scenario
from .wide.day import Judged, Work, audit, live_a_day
from .wide.install import Installed
from .wide.plan import AppealPlan, AuditPlan, ClausePlan, HabitsPlan, MarketPlan, Plan, SitePlan
from .wide.rows import days_of, tables_of
from .wide.staff import Staff, hire
from .world import World

# Beside the people's own numbers: when on a day they sit down.
_SITS_DOWN = 7
_WORKDAY_US = int(5.5 * 3_600_000_000)
_MEAN_OVER_MEDIAN = float(np.exp(0.55**2 / 2))


@dataclass(frozen=True, kw_only=True)
class Before:
    """A scenario's past as a plan: whoever decided then, in the order of the scenario's teams and people."""

    past: Past
    plan: Plan
    events: tuple[Event, ...]
    staff: Staff
    # For each person of the staff the name of the scenario whose seat she holds, and whether she holds it still.
    seats: tuple[tuple[str, bool], ...]

    def joined_on(self) -> dict[str, date]:
        """The first day of everybody who is still there."""
        days = zip(self.seats, self.staff.joined.tolist(), strict=True)
        return {name: self.plan.date_of(day) for (name, is_there), day in days if is_there}


def before(scenario: Scenario, *, first_on: date) -> Before | None:
    """The past of a scenario whose own first day is `first_on`; None without one."""
    past = scenario.past
    if past is None:
        return None
    plan = _plan(scenario, past, first_on - timedelta(days=past.days))
    events = tuple(EVENTS[each.kind](each) for each in past.events)
    staff = hire(plan, events)
    people = [name for team in scenario.teams for name in team.people]
    seats: list[tuple[str, bool]] = []
    names = iter(people)
    # Holders of a seat stand together, and the last one stays to the end.
    for left in staff.left.tolist():
        name = next(names) if not seats or seats[-1][1] else seats[-1][0]
        seats.append((name, left >= plan.days))
    return Before(past=past, plan=plan, events=events, staff=staff, seats=tuple(seats))


def _plan(scenario: Scenario, past: Past, first_on: date) -> Plan:
    """One site a team, named like it: people, pace and shares are the scenario's."""
    pace = float(np.mean([team.seconds for team in scenario.teams])) * _MEAN_OVER_MEDIAN
    return Plan(
        title=scenario.house, seed=scenario.seed, first_on=first_on, days=past.days, house=scenario.house,
        sites=tuple(
            SitePlan(
                name=team.name, organisation=team.organisation, time_zone=team.time_zone, people=len(team.people),
                accuracy=past.accuracy.get(team.name, team.accuracy), accuracy_spread=0.15, seconds=team.seconds,
                weekend=scenario.weekend_share, absence=0.04, leavers_a_year=0.0,
                # The days that follow are lived by acts, which know no prices.
                cost_an_hour=0.0,
            )
            for team in scenario.teams
        ),
        clauses=tuple(ClausePlan(name=name, share=share) for name, share in zip(LABELS, scenario.shares, strict=True)),
        markets=(MarketPlan(name="Listings"),),
        habits=HabitsPlan(hours=scenario.items_a_day * pace / 3600, tiredness=0.0),
        audits=AuditPlan(
            rate=scenario.audit_rate, auditors=len(scenario.auditors), sensitivity=scenario.auditor_accuracy,
            specificity=scenario.auditor_accuracy,
        ),
        # Neither are made in the days that follow, where every row is a real one.
        appeals=AppealPlan(rate_if_wrong=0.0, rate_if_right=0.0), gold_rate=0.0, events=past.events,
    )  # fmt: skip


def live_before(known: Before, day: int) -> tuple[Work, Judged]:
    """A day of the past; people sit down when it suits them, as they do in the scenario's own days."""
    work = live_a_day(known.plan, known.staff, known.events, day)
    rng = np.random.default_rng([known.plan.seed, _SITS_DOWN, day])
    work.at += rng.integers(0, _WORKDAY_US, len(known.staff))[work.worker]
    return work, audit(work, known.events)


def write_past(world: World, known: Before) -> int:
    """Write the past into the log, about the world's people and those who left; returns the number of decisions."""
    installed = _installed(world, known)
    night = datetime.combine(world.first_on, time(0), world.began_at.tzinfo)
    decisions, facts = 0, all_facts()
    parts: list[tuple[str, date, object]] = []
    for day in range(known.plan.days):
        work, judged = live_before(known, day)
        decisions += len(work)
        parts += [
            (name, on, part)
            for name, table in tables_of(work, judged, installed).items()
            for on, part in days_of(facts[name], table).items()
        ]
    parts.sort(key=lambda each: each[:2])
    import pyarrow as pa

    with transaction.atomic():
        # A file a fact and day: by UTC a day of work ends up in two, with what others wrote then.
        for (name, on), some in groupby(parts, key=lambda each: each[:2]):
            append_table(
                facts[name], pa.concat_tables([part for _name, _on, part in some]), day=on, now=night, is_only_here=True
            )
    return decisions


def _installed(world: World, known: Before) -> Installed:
    cast, scenario = world.cast, world.scenario
    teams = [cast.teams[plan.name] for plan in scenario.teams]
    version, plan = PolicyVersion.objects.get(policy=world.policy), SamplingPlan.objects.get(queue=world.queue)
    return Installed(
        programme=world.programme, queues=(world.queue,),
        organisation=tuple(team.site.organisation_id for team in teams), site=tuple(team.site_id for team in teams),
        team=tuple(team.pk for team in teams), worker=tuple(_workers(world, known)),
        auditor=tuple(member.worker.pk for member in cast.auditors), form_version=world.form_version,
        policy_versions=((0, version.pk),), plan=plan.pk, owner=cast.quality_manager.person,
    )  # fmt: skip


def _workers(world: World, known: Before) -> list[UUID]:
    """The workers behind the staff's rows; those who left are added, without a log-in, and leave."""
    here: Mapping[str, Worker] = {member.worker.name: member.worker for member in world.cast.moderators}
    leavers = iter(known.past.leavers)
    found = []
    for place, (name, is_there) in enumerate(known.seats):
        if is_there:
            found.append(here[name].pk)
            continue
        gone, seat = next(leavers), here[name]
        made = add_worker(
            SYSTEM,
            organisation=seat.organisation,
            code=address_of(gone).split("@")[0],
            name=gone,
            team=seat.team,
            languages=["en"],
            started_on=known.plan.date_of(int(known.staff.joined[place])),
            now=world.began_at,
        )
        left_on = known.plan.date_of(int(known.staff.left[place]) - 1)
        end_worker(SYSTEM, worker=made, left_on=left_on, now=world.began_at)
        found.append(made.pk)
    return found
