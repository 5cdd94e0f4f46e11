"""Are actions that work told from those that do nothing?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid
from evenkeel.improve import Asked, approve_plan, begin_action, check_effect, freeze_plan, open_action
from evenkeel.people import Organisation, Role, actor_for, add_person, give_grant
from evenkeel.work import Programme

from ...organisation import SYSTEM
from ...scoring import SCORES, Line, Planted, Run, Score

_WORKS, _IDLE = "action_works", "action_idle"
_WEEK = 7
_RUN_IN, _LONGEST, _BEFORE = 1, 8, 12
# Audits come in after the window, and a check waits for them.
_AFTER = timedelta(days=4)
# What is hoped of an action that says no size: the default of one that works.
_HOPED = 0.5
_HIGH_POWER = 0.9


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What came of an action: a verdict of the product, or "refused" where its plan could not see its target."""

    kind: str
    verdict: str
    power: float


@SCORES.register
class Effects(Score):
    slug = "effects"
    title = "Effects of actions"
    why = (
        "Each planted action is opened, planned before its start against the teams that nothing was done to, approved, begun "
        "and checked, through the product's own acts: how often does it say effective? What is opened is rolled back."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        found = [judged for event in run.events if (judged := judge(run, event)) is not None]
        works = [each for each in found if each.kind == _WORKS and each.verdict != "refused"]
        idle = [each for each in found if each.kind == _IDLE and each.verdict != "refused"]
        strong = [each for each in works if each.power >= _HIGH_POWER]
        for name, some, goal in (
            ("working, power .9 promised, called effective", strong, "at least 0.90"),
            ("working, any power, called effective", works, "the power promised"),
            ("idle, called effective", idle, "at most 0.05"),
        ):
            hits = sum(each.verdict == "effective" for each in some)
            yield Line(score=cls.slug, name=name, n=len(some), hits=hits, goal=goal)
        yield Line(
            score=cls.slug, name="plans refused as too weak", n=len(found),
            hits=sum(each.verdict == "refused" for each in found),
        )  # fmt: skip


def judge(run: Run, event: Planted) -> Judged | None:
    """What the product says of an action; None for other events, and where no time is left to compare.

    Assumes the event stands at a site or an organisation of two teams or more.
    """
    if event.kind not in (_WORKS, _IDLE):
        return None
    before, window = min(_BEFORE, event.from_day // _WEEK), (run.days - event.from_day) // _WEEK - _RUN_IN
    changed, others = _teams(run, event, before)
    if before < 4 or window < 2 or min(len(changed), len(others)) < 2:
        return None
    with transaction.atomic():
        try:
            said = _lived(run, event, changed, others, before, min(window, _LONGEST))
        finally:
            transaction.set_rollback(True)
    return said


def _lived(
    run: Run, event: Planted, changed: Sequence[UUID], others: Sequence[UUID], before: int, window: int
) -> Judged:
    start = run.date_of(event.from_day)
    eve = datetime.combine(start - timedelta(days=1), time(12), UTC)
    lead, manager = _person("lead", eve), _person("manager", eve)
    action = open_action(
        lead, title=f"{event.kind} {event.from_day}", kind="corrective", what="What the scenario says.", due_on=start,
        programme=Programme.objects.get(pk=run.programme), now=eve,
    )  # fmt: skip
    asked = Asked(
        metric="accuracy", comparison="matched", starts_on=start, expected=_expected(run, event, changed),
        dimension="team", changed=dict.fromkeys(changed, start), others=others, baseline_weeks=before,
        run_in_weeks=_RUN_IN, window_weeks=window,
    )  # fmt: skip
    try:
        plan = freeze_plan(lead, action=action, asked=asked, now=eve)
    except Invalid as refused:
        if refused.code != "too-weak":
            raise
        return Judged(kind=event.kind, verdict="refused", power=0.0)
    approve_plan(manager, action=action, sha256=plan.sha256, now=eve)
    begin_action(lead, action=action, now=datetime.combine(start, time(6), UTC))
    over = datetime.combine(start + timedelta(weeks=_RUN_IN + window) + _AFTER, time(12), UTC)
    check = check_effect(lead, action=action, now=over)
    return Judged(kind=event.kind, verdict=check.verdict, power=float(plan.document["past"]["power"]))


def _teams(run: Run, event: Planted, before: int) -> tuple[list[UUID], list[UUID]]:
    """The teams of the action's place, and those of its organisation that nothing was planted in by name in the meantime."""
    at, site_of = np.array(run.told["worker_team"]), np.array(run.told["worker_site"])
    teams, ids = range(len(run.names("team"))), run.ids("team")
    sites = run.told["plan"]["sites"]
    site = {int(team): int(place) for team, place in zip(at, site_of, strict=True)}
    since = event.from_day - before * _WEEK

    def is_in(team: int, where: Any) -> bool:
        own = sites[site[team]]
        told = {"team": run.names("team")[team], "site": own["name"], "organisation": own["organisation"]}
        return any(told.get(name) == value for name, value in where.items())

    busy = [other for other in run.events if other.is_on(max(since, other.from_day))]
    changed = [team for team in teams if is_in(team, event.where)]
    left = [team for team in teams if not any(is_in(team, other.where) for other in busy)]
    mine = {sites[site[team]]["organisation"] for team in changed}
    near = [team for team in left if sites[site[team]]["organisation"] in mine]
    return [ids[team] for team in changed], [ids[team] for team in (near if len(near) > 1 else left)]


def _expected(run: Run, event: Planted, changed: Sequence[UUID]) -> float:
    """What whoever plans it hopes for, as auditors would see it: the scenario's size at the error of the weeks before."""
    places = [run.ids("team").index(team) for team in changed]
    rows = run.between(event.from_day - 4 * _WEEK, event.from_day) & np.isin(run.place("team"), places)
    wrong = 1 - run.share_right(rows)
    odds = wrong / (1 - wrong) * float(np.exp(-float(event.settings.get("amount", _HOPED))))
    return run.as_judged(1 - odds / (1 + odds)) - run.as_judged(1 - wrong)


def _person(name: str, now: datetime) -> Actor:
    house = Organisation.objects.get(is_house=True)
    person = add_person(SYSTEM, organisation=house, email=f"{name}@twin.example.org", name=name.title(), now=now)
    give_grant(SYSTEM, person=person, role=Role.objects.get(slug="quality_manager"), now=now)
    return actor_for(person, now=now)
