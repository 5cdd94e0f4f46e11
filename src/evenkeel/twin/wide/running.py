"""A scenario lived through: each day into the log, each night the product's own jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from evenkeel.ground.ids import ids_from
from evenkeel.ground.log import all_facts, append_table
from evenkeel.improve import open_from_signal
from evenkeel.measure import Signal, roll_up, set_alarm_budget, set_target, watch
from evenkeel.people import Organisation, Person

from ..events import EVENTS
from ..organisation import SYSTEM
from .arriving import Waiting, open_rows, waited
from .closing import close_what_stood
from .day import audit, live_a_day
from .install import Installed, install
from .mixing import NotEmpty as NotEmpty
from .mixing import insist_on_room
from .plan import Plan
from .resuming import digest_of
from .rows import as_fact, days_of, tables_of
from .staff import hire
from .truth import FOLDER, Truth

# Investigations are opened when the signal has stood for so long, as somebody would who waits for a few more audits.
_OPENED_AFTER = timedelta(days=5)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a run made."""

    days: int
    people: int
    decisions: int
    audits: int
    signals: int


def run(
    plan: Plan, *, progress: Callable[[str], None] = lambda said: None, watched_from: int | None = 0,
    budget: float | None = None, threshold: float | None = None, rolls_up: bool = True,
) -> Ran:  # fmt: skip
    """Live a plan in this install, which must hold nothing that would mix with it.

    Every day's columns go to the log in one transaction. From the day `watched_from` on the nights are those of an
    installation with people in it: the roll-ups take the day in, the watch looks, signals that have stood for some days are
    investigated. With None, or before that day, nobody looks. What really was is kept in the folder `truth` of the data
    folder. `budget` is every organisation's and person's of false signals a week, where it is not the usual one;
    `threshold` the programme's target of accuracy, which without it has none. Without `rolls_up` the log stands alone: its
    sums are made when the install next runs its jobs. Raises `NotEmpty`.
    """
    insist_on_room(plan, truth=_folder())
    events = [EVENTS[event.kind](event) for event in plan.events]
    staff = hire(plan, events)
    progress(f"{len(staff)} people over {plan.days} days")
    # Rows that facts point at have ids of the plan's, so that the same plan writes the same log to the last byte.
    with ids_from(int(digest_of(plan)[:16], 16), at=datetime.combine(plan.first_on, time(), UTC)):
        known = install(plan, staff)
    if budget is not None:
        _set_budgets(budget, now=datetime.combine(plan.first_on, time(), UTC))
    if threshold is not None:
        set_target(
            SYSTEM, metric="accuracy", on=known.programme, value=threshold, warning=threshold, critical=threshold,
            why="What the scenario asks.", since_on=plan.first_on, now=datetime.combine(plan.first_on, time(), UTC),
        )  # fmt: skip
    truth, decisions, audits = Truth(_folder()), 0, 0
    waiting = Waiting.nothing(plan) if plan.arrivals.items_a_day else None
    for day in range(plan.days):
        work, waited_ = live_a_day(plan, staff, events, day), None
        if waiting is not None:
            work, entered = waiting.take(work)
            waited_ = waited(plan, work, entered)
        judged = audit(work, events)
        night = datetime.combine(plan.date_of(day), time(23, 30), UTC)
        with transaction.atomic():
            tables = tables_of(work, judged, known, waiting=waited_)
            if waiting is not None:
                tables["open_items"] = as_fact(all_facts()["open_items"], open_rows(waiting, known, at=night))
            for name, table in tables.items():
                fact = all_facts()[name]
                for of_day, part in days_of(fact, table).items():
                    append_table(fact, part, day=of_day, now=night, is_only_here=True)
        truth.note(work, judged)
        decisions, audits = decisions + len(work), audits + len(judged)
        if watched_from is not None and day >= watched_from:
            roll_up(now=night)
            _look(known, night)
        progress(f"Day {day + 1} of {plan.days}: {decisions:,} decisions, {audits:,} audits")
    if rolls_up:
        roll_up(now=night)
    truth.keep(plan=plan, events=events, known=known, staff=staff)
    return Ran(days=plan.days, people=len(staff), decisions=decisions, audits=audits, signals=Signal.objects.count())


def _set_budgets(each: float, *, now: datetime) -> None:
    for organisation in Organisation.objects.all():
        set_alarm_budget(SYSTEM, of=organisation, per_week=each, now=now)
    for person in Person.objects.filter(is_active=True):
        set_alarm_budget(SYSTEM, of=person, per_week=each, now=now)


def _look(known: Installed, night: datetime) -> None:
    """Watch, and open an investigation for every signal of accuracy that has stood for some days."""
    watch(now=night)
    due = Signal.objects.filter(
        programme=known.programme,
        metric="accuracy",
        raised_at__lte=night - _OPENED_AFTER,
        investigation=None,
        closed_at=None,
    )
    for signal in due:
        open_from_signal(SYSTEM, signal=signal, now=night)
    close_what_stood(known.programme.pk, night=night)


def _folder() -> Path:
    return Path(settings.EVENKEEL.data_dir) / FOLDER
