"""A scenario lived through: each day into the log, each night the product's own jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from evenkeel.ground.ids import ids_from
from evenkeel.ground.log import all_facts, append_table
from evenkeel.improve import open_from_signal
from evenkeel.measure import Signal, roll_up, set_alarm_budget, set_target, watch
from evenkeel.people import Organisation, Person

from ..events import EVENTS, Event
from ..organisation import SYSTEM
from .arriving import Waiting, open_rows, waited
from .closing import close_what_stood
from .day import Judged, Work, audit, live_a_day
from .install import Installed, install_all
from .mixing import NotEmpty as NotEmpty
from .mixing import insist_on_room
from .plan import Plan
from .programmes import folder_of, parts_of
from .resuming import digest_of
from .rows import as_fact, days_of, tables_of
from .staff import Staff, hire
from .truth import FOLDER, Truth

if TYPE_CHECKING:
    import pyarrow as pa

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

    Every day's columns, of all programmes, go to the log in one transaction. From the day `watched_from` on the nights are
    those of an installation with people in it: the roll-ups take the day in, the watch looks, signals that have stood for some
    days are investigated. With None, or before that day, nobody looks. What really was is kept in the folder `truth` of the
    data folder. `budget` is every organisation's and person's of false signals a week, where it is not the usual one;
    `threshold` a target of accuracy, which programmes have none of without it. Without `rolls_up` the log stands alone: its
    sums are made when the install next runs its jobs. Raises `NotEmpty`.
    """
    insist_on_room(plan, truth=_folder())
    begins = datetime.combine(plan.first_on, time(), UTC)
    lives = _begun(plan, begins)
    people = sum(len(each.staff) for each in lives)
    progress(f"{people} people over {plan.days} days")
    if budget is not None:
        _set_budgets(budget, now=begins)
    if threshold is not None:
        for each in lives:
            set_target(
                SYSTEM, metric="accuracy", on=each.known.programme, value=threshold, warning=threshold, critical=threshold,
                why="What the scenario asks.", since_on=plan.first_on, now=begins,
            )  # fmt: skip
    for day in range(plan.days):
        night = datetime.combine(plan.date_of(day), time(23, 30), UTC)
        with transaction.atomic():
            _write([each.live(day, night) for each in lives], night)
        for each in lives:
            each.note()
        if watched_from is not None and day >= watched_from:
            roll_up(now=night)
            _look(lives, night)
        decisions, audits = (sum(getattr(each, name) for each in lives) for name in ("decisions", "audits"))
        progress(f"Day {day + 1} of {plan.days}: {decisions:,} decisions, {audits:,} audits")
    if rolls_up:
        roll_up(now=night)
    for each in lives:
        each.truth.keep(plan=each.plan, events=each.events, known=each.known, staff=each.staff)
    return Ran(days=plan.days, people=people, decisions=decisions, audits=audits, signals=Signal.objects.count())


@dataclass(kw_only=True)
class _Life:
    """A programme under way."""

    plan: Plan
    events: list[Event]
    staff: Staff
    known: Installed
    truth: Truth
    waiting: Waiting | None
    lived: tuple[Work, Judged] | None = None
    decisions: int = 0
    audits: int = 0

    def live(self, day: int, night: datetime) -> dict[str, pa.Table]:
        """A day of it, by fact."""
        work, waited_ = live_a_day(self.plan, self.staff, self.events, day), None
        if self.waiting is not None:
            work, entered = self.waiting.take(work)
            waited_ = waited(self.plan, work, entered)
        judged = audit(work, self.events)
        tables = tables_of(work, judged, self.known, waiting=waited_)
        if self.waiting is not None:
            tables["open_items"] = as_fact(all_facts()["open_items"], open_rows(self.waiting, self.known, at=night))
        self.lived = work, judged
        return tables

    def note(self) -> None:
        """Keep what that day really was, now that it is written."""
        assert self.lived is not None
        work, judged = self.lived
        self.truth.note(work, judged)
        self.decisions, self.audits = self.decisions + len(work), self.audits + len(judged)
        self.lived = None


def _begun(plan: Plan, begins: datetime) -> list[_Life]:
    """Every programme with its people, in one install."""
    parts = parts_of(plan)
    events = [[EVENTS[event.kind](event) for event in part.events] for part in parts]
    staffs = [hire(part, own) for part, own in zip(parts, events, strict=True)]
    # Rows that facts point at have ids of the plan's, so that the same plan writes the same log to the last byte.
    with ids_from(int(digest_of(plan)[:16], 16), at=begins):
        installed = install_all(plan, list(zip(parts, staffs, strict=True)))
    return [
        _Life(
            plan=part, events=own, staff=staff, known=known, truth=Truth(folder_of(_folder(), plan, place)),
            waiting=Waiting.nothing(part) if part.arrivals.items_a_day else None,
        )
        for place, (part, own, staff, known) in enumerate(zip(parts, events, staffs, installed, strict=True))
    ]  # fmt: skip


def _write(tables: Sequence[Mapping[str, pa.Table]], night: datetime) -> None:
    """A day of all programmes, as one piece a fact and day of the log."""
    import pyarrow as pa

    for name in dict.fromkeys(name for each in tables for name in each):
        fact = all_facts()[name]
        rows = [each[name] for each in tables if name in each]
        for of_day, part in days_of(fact, rows[0] if len(rows) == 1 else pa.concat_tables(rows)).items():
            append_table(fact, part, day=of_day, now=night, is_only_here=True)


def _set_budgets(each: float, *, now: datetime) -> None:
    for organisation in Organisation.objects.all():
        set_alarm_budget(SYSTEM, of=organisation, per_week=each, now=now)
    for person in Person.objects.filter(is_active=True):
        set_alarm_budget(SYSTEM, of=person, per_week=each, now=now)


def _look(lives: Sequence[_Life], night: datetime) -> None:
    """Watch, and open an investigation for every signal of accuracy that has stood for some days."""
    watch(now=night)
    for each in lives:
        _look_into(each.known, night)


def _look_into(known: Installed, night: datetime) -> None:
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
