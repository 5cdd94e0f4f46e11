"""The demo: a small organisation with four weeks of work, made through the acts of all rooms."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.trail import seal
from evenkeel.measure import roll_up, watch
from evenkeel.policy import add_policy, publish_version
from evenkeel.quality import import_labels, start_plan
from evenkeel.work import add_form, add_programme, add_queue, engage

from .days import World, live_a_day, new_items
from .organisation import SYSTEM, Cast, make_cast
from .scenario import DEMO, LABELS, Scenario
from .texts import POLICY_1, TONE_LABELS, reply

PASSWORD = "harbour-demo-2026"  # noqa: S105  (the demo's public password; it listens on this machine alone)

FORM = {
    "question": "Which rule does this listing break?",
    "main": "label",
    "fields": [
        {
            "name": "label",
            "kind": "single_choice",
            "title": "Decision",
            "required": True,
            "choices": [
                {"value": "Allowed", "title": "Allowed", "key": "1", "tone": "good"},
                {"value": "Spam", "title": "Spam", "key": "2", "tone": "warn"},
                {"value": "Scam", "title": "Scam", "key": "3", "tone": "bad"},
                {"value": "Abuse", "title": "Abuse", "key": "4", "tone": "bad"},
            ],
        },
        {"name": "comment", "kind": "text", "title": "Comment", "required": False},
    ],
}
assert tuple(choice["value"] for choice in FORM["fields"][0]["choices"]) == LABELS  # type: ignore[index]


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
    """Fill an empty install with the scenario, ending at `now`; returns and keeps the log-ins.

    Assumes migrated, empty tables. The same scenario and `now` give the same organisation, but for ids.
    """
    begins_at = (now - timedelta(days=scenario.days)).replace(hour=6, minute=0, second=0, microsecond=0)
    progress("People")
    cast = make_cast(scenario, password=PASSWORD, now=begins_at)
    world = _work(scenario, cast, begins_at)
    for day in range(scenario.days):
        morning = begins_at + timedelta(days=day)
        # One transaction a day: a disk that syncs every decision would take minutes over four weeks.
        with transaction.atomic():
            live_a_day(world, day=day, begins_at=morning)
        night = morning + timedelta(hours=17)
        log.flush(night)
        roll_up(now=night)
        watch(now=night)
        progress(f"Day {day + 1} of {scenario.days}: {world.decided} decisions, {world.audited} audits")
    with transaction.atomic():
        new_items(world, count=scenario.open_items, now=now - timedelta(minutes=30))
    progress("A labelling study")
    _study(world, now)
    log.flush(now)
    roll_up(now=now)
    seal()
    return _keep(_logins(cast))


def _work(scenario: Scenario, cast: Cast, now: datetime) -> World:
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
        SYSTEM, programme=programme, name="New listings", form=version.form, policy=policy, severity=1, now=now
    )
    start_plan(SYSTEM, programme=programme, queue=queue, name="Random audits", rate=scenario.audit_rate, now=now)
    return World(
        scenario=scenario,
        cast=cast,
        programme=programme,
        queue=queue,
        policy=policy,
        rng=np.random.default_rng(scenario.seed),
    )


def _study(world: World, now: datetime) -> None:
    """A labelling study that was done elsewhere and comes in as files: 90 replies, 12 raters, expert answers."""
    rng = world.rng
    # From careful to careless; the last two hardly look.
    skill = np.concatenate([rng.beta(14, 3, size=10), [0.45, 0.4]])
    with tempfile.TemporaryDirectory() as folder:
        labels, items = Path(folder) / "tone_labels.csv", Path(folder) / "tone_items.csv"
        with labels.open("w", newline="") as label_file, items.open("w", newline="") as item_file:
            label_rows, item_rows = csv.writer(label_file), csv.writer(item_file)
            label_rows.writerow(["item", "worker", "label"])
            item_rows.writerow(["item", "truth", "text"])
            for number in range(1, 91):
                tone = str(rng.choice(TONE_LABELS, p=[0.3, 0.5, 0.2]))
                key = f"reply-{number:03d}"
                item_rows.writerow([key, tone, reply(tone, rng)])
                for rater, right in enumerate(skill, start=1):
                    # The twelfth joined late: too few labels to say much about her.
                    if rng.random() < (0.12 if rater == 12 else 0.7):
                        near = "Neutral" if tone != "Neutral" else str(rng.choice(["Friendly", "Hostile"]))
                        label_rows.writerow([key, f"rater-{rater:02d}", tone if rng.random() < right else near])
        import_labels(SYSTEM, labels=labels, items=items, programme_name="Tone of replies", now=now)


def _logins(cast: Cast) -> list[Login]:
    roles = (
        ("Moderator (Northline, Manila)", next(m for m in cast.moderators if m.plan and m.plan.name == "Northline B")),
        ("QA specialist", cast.auditors[0]),
        ("Team lead", cast.lead),
        ("Quality manager", cast.quality_manager),
        ("Vendor manager (Northline)", cast.vendor_manager),
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
