"""A plan's first day, set up but not lived: for whoever drives it from outside, through the API or a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from evenkeel.people import Person
from evenkeel.work import Programme, Queue, change_queue

from .acting_day import Acted, bring_in
from .events import EVENTS
from .organisation import SYSTEM
from .wide.day import live_a_day
from .wide.install import install
from .wide.mixing import insist_on_room
from .wide.plan import Plan
from .wide.reading import BadScenario
from .wide.staff import hire
from .wide.truth import FOLDER


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What stands there when the curtain rises."""

    programme: Programme
    # One for each of the plan's markets.
    queues: tuple[Queue, ...]
    # Those who decide, with an account and a role each; nobody has a password.
    people: tuple[Person, ...]
    # What one of the plan's people says of each item, by the item's key.
    says: Mapping[str, str]


def stage(plan: Plan, *, now: datetime, **rules: Any) -> Stage:
    """Install a plan's organisation and bring in the items of its first day; nobody has begun to work.

    `rules` of the queues (as for `change_queue`, at `now`) hold before the first item comes in. The install must hold nothing
    that would mix with it; raises `NotEmpty`. The plan is one programme. All or nothing.
    """
    if plan.programmes:
        raise BadScenario(["programmes: a scenario of one is set up"])
    insist_on_room(plan, truth=settings.EVENKEEL.data_dir / FOLDER)
    events = [EVENTS[event.kind](event) for event in plan.events]
    staff = hire(plan, events)
    with transaction.atomic():
        known = install(plan, staff, logs_in=True)
        if rules:
            for queue in known.queues:
                change_queue(SYSTEM, queue=queue, now=now, **rules)
        run = Acted(plan=plan, events=events, known=known)
        work = live_a_day(plan, staff, events, 0)
        run.learn(work, 0)
        bring_in(run, work, 0)
    says = {key: plan.labels[label] for key, label in run.label.items()}
    return Stage(programme=known.programme, queues=known.queues, people=known.people, says=says)
