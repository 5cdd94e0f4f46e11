"""The demo: a small organisation with weeks of work, made through the acts of all rooms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.trail import seal
from evenkeel.measure import roll_up, watch
from evenkeel.policy import add_policy, publish_version
from evenkeel.quality import draw_due, keep_skill, read_labels, start_plan
from evenkeel.work import add_form, add_programme, add_queue, engage

from .days import live_a_day, live_until
from .harbour import DEMO
from .history import before, write_past
from .organisation import SYSTEM, Cast, make_cast
from .practice.agreeing import agree
from .practice.living import after_work, before_work
from .scenario import LABELS, Scenario
from .story import begin_a_day, take_on
from .study import import_study
from .texts import POLICY_1
from .training import train
from .world import World

PASSWORD = "harbour-demo-2026"  # noqa: S105  (the demo's public password; it listens on this machine alone)

# Half a day: whoever works west of the others decides the last ones late.
_TARGET_S = 12 * 3600
_TONES_AND_KEYS = (("good", "1"), ("warn", "2"), ("bad", "3"), ("bad", "4"))
FORM: dict[str, Any] = {
    "question": "Which rule does this listing break?",
    "main": "label",
    "fields": [
        {
            "name": "label",
            "kind": "single_choice",
            "title": "Decision",
            "required": True,
            "choices": [
                {"value": label, "title": label, "key": key, "tone": tone}
                for label, (tone, key) in zip(LABELS, _TONES_AND_KEYS, strict=True)
            ],
        },
        {"name": "comment", "kind": "text", "title": "Comment", "required": False},
    ],
}


@dataclass(frozen=True, kw_only=True)
class Login:
    """One of the demo's log-ins."""

    role: str
    name: str
    email: str
    password: str


def build_demo(
    *, now: datetime, scenario: Scenario = DEMO, progress: Callable[[str], None] = lambda said: None
) -> list[Login]:
    """Fill an empty install with the scenario, ending at `now`; returns the log-ins and keeps them in the data folder.

    Assumes migrated, empty tables. The same scenario and `now` give the same people, items, answers and remarks; which
    decisions are audited follows from their ids, which are new each time.
    """
    first_on = now.astimezone(UTC).date() - timedelta(days=scenario.days)
    known = before(scenario, first_on=first_on)
    begins_at = datetime.combine(known.plan.first_on if known else first_on, time(0), UTC)
    progress("People")
    cast = make_cast(scenario, password=PASSWORD, joined_on=known.joined_on() if known else None, now=begins_at)
    world = _found(scenario, cast, first_on, begins_at)
    if scenario.is_equipped:
        agree(world, now=begins_at)
    if known is not None:
        count = write_past(world, known)
        progress(f"{known.plan.days} days before: {count} decisions")
        if known.past.training is not None:
            train(world, known.past.training, past_on=known.plan.first_on)
    for day in range(scenario.days):
        # One transaction a day: a disk that syncs every decision would take minutes over four weeks.
        with transaction.atomic():
            begin_a_day(world, day=day)
            before_work(world, day=day)
            live_a_day(world, day=day)
            after_work(world, day=day)
        _night(world, day=day)
        progress(f"Day {day + 1} of {scenario.days}: {world.decided} decisions, {world.audited} audits")
    with transaction.atomic():
        take_on(world, world.date_of(scenario.days), until=now)
        live_until(world, now=now)
    draw_due(now)
    if scenario.study_items:
        progress("A labelling study")
        import_study(world, items=scenario.study_items, now=now)
    log.flush(now)
    roll_up(now=now)
    keep_skill(now)
    read_labels(now)
    seal()
    return _keep(_logins(scenario, cast))


def _found(scenario: Scenario, cast: Cast, first_on: date, now: datetime) -> World:
    """The programme with its policy, queue and sampling plan."""
    owner = cast.quality_manager.person
    policy = add_policy(SYSTEM, name="Marketplace policy", owner=owner, now=now)
    publish_version(SYSTEM, policy=policy, body_markdown=POLICY_1, what_changed="First version.", now=now)
    programme = add_programme(
        SYSTEM,
        name="Marketplace listings",
        about="New listings are checked before buyers see them.",
        owner=owner,
        now=now,
    )
    for vendor in cast.vendors.values():
        engage(SYSTEM, programme=programme, organisation=vendor, now=now)
    version = add_form(SYSTEM, programme=programme, name="Listing check", spec=FORM, now=now)
    queue = add_queue(
        SYSTEM,
        programme=programme,
        name="New listings",
        form=version.form,
        policy=policy,
        severity=1,
        batch_size=scenario.items_a_day,
        # What the classifier says is shown to people after they have answered.
        prelabel="hidden" if scenario.classifiers else "off",
        target_s=_TARGET_S if scenario.is_equipped else None,
        now=now,
    )
    start_plan(SYSTEM, programme=programme, queue=queue, name="Random audits", rate=scenario.audit_rate, now=now)
    return World(
        scenario=scenario, cast=cast, programme=programme, queue=queue, policy=policy, first_on=first_on,
        began_at=now, form_version=version.pk,
    )  # fmt: skip


def _night(world: World, *, day: int) -> None:
    """What the background jobs do, on the nights on which it matters: before somebody investigates, and from the last
    fault on, so that its signal comes when it would. Each night costs a second.
    """
    inquiry, faults = world.scenario.inquiry, world.scenario.faults
    is_watched = bool(faults) and day >= faults[-1].from_day
    if not is_watched and not (inquiry and day + 1 == inquiry.opened_day):
        return
    night = datetime.combine(world.date_of(day), time(23, 30), UTC)
    log.flush(night)
    roll_up(now=night)
    if is_watched:
        watch(now=night)


def _logins(scenario: Scenario, cast: Cast) -> list[Login]:
    # A moderator of the team whose story is still open.
    team = scenario.faults[-1].team if scenario.faults else scenario.teams[-1].name
    moderator = next(member for member in cast.moderators if member.plan and member.plan.name == team)
    assert moderator.plan is not None
    roles = (
        (f"Moderator ({moderator.plan.name}, {moderator.plan.site})", moderator),
        ("QA specialist", cast.auditors[0]),
        ("Team lead", cast.lead),
        ("Quality manager", cast.quality_manager),
        (f"Vendor manager ({moderator.plan.organisation})", cast.vendor_manager),
        ("Data scientist", cast.data_scientist),
        ("Administrator", cast.administrator),
    )
    return [
        Login(role=role, name=member.person.name, email=member.person.email, password=PASSWORD)
        for role, member in roles
    ]


def _keep(logins: list[Login]) -> list[Login]:
    # The log-in page of the demo reads this file.
    path: Path = settings.EVENKEEL.data_dir / "demo-logins.json"
    path.write_text(json.dumps([asdict(login) for login in logins], indent=2))
    return logins
