"""The floor watched every five minutes: how much waits, what share of it is late, how long the oldest has waited."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.kernel import Estimate
from evenkeel.people import Person
from evenkeel.work import QueueNow, queues_now

from .acts.signals import join_signal, raise_signal
from .models import LiveReading, Series, Signal
from .queries.watchlist import Owners, budgets, watchlist
from .rules.budgets import FLOOR_PART, Share, rates
from .rules.live import MOST_DAYS, Hour, Moment, same_hour
from .rules.watchlist import Spot
from .watching import tell_owner

EVERY = timedelta(minutes=5)
_SYSTEM = Actor.system("evenkeel")
# The metric by which each figure of the floor is called, as the catalogue has it at the end of a day.
FIGURES = {"backlog": "backlog", "overdue_share": "late", "turnaround_with_open": "oldest"}


def watch_floor(now: datetime) -> list[Signal]:
    """Count what stands open in every queue, and raise what is unusual for the hour; once in five minutes.

    Watched are queues in which somebody answers for the figure: every queue of a programme that has an owner, unless it is
    left alone; those with a target or a line of the list.
    """
    at = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    LiveReading.objects.filter(at__lt=now - timedelta(days=MOST_DAYS + 1)).delete()
    queues = queues_now(_SYSTEM, now=now)
    LiveReading.objects.bulk_create(
        [
            LiveReading(queue_id=row.queue_id, at=at, backlog=row.waiting + row.in_hand, late=row.late, oldest_s=_age(row, now))
            for row in queues
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    owners, listed = Owners(now=now), watchlist(on=now.date())
    watched: list[tuple[QueueNow, str, Person]] = []
    for row in queues:
        for metric in FIGURES:
            spot = Spot(programme=row.programme_id, queue=row.queue_id)
            is_on, by_list = listed.holds(metric, spot)
            owner = owners.of(row.programme_id, by_list=by_list)
            if owner is not None and (is_on or not listed.is_left(metric, spot)):
                watched.append((row, metric, owner))
    by_organisation, by_person = budgets()
    allowed = rates(
        [Share(key=(row.queue_id, metric), grain="hour", organisation_id=None, owner_id=owner.pk)
         for row, metric, owner in watched],
        organisations=by_organisation, people=by_person, part=FLOOR_PART,
    )  # fmt: skip
    moments = _moments(now)
    raised: list[Signal] = []
    for row, metric, owner in watched:
        found = same_hour(moments[row.queue_id, metric], now=now, rate=allowed[row.queue_id, metric])
        if found is not None and found.run is not None:
            signal = _tell(row, metric, owner, found, allowed[row.queue_id, metric], now)
            raised += [signal] if signal is not None else []
    return raised


def _age(row: QueueNow, now: datetime) -> float:
    return (now - row.oldest_at).total_seconds() if row.oldest_at is not None else 0.0


def _moments(now: datetime) -> dict[tuple[UUID, str], list[Moment]]:
    """The looks of this hour of the day, over the weeks that are kept."""
    since = now - timedelta(days=MOST_DAYS + 1)
    hours = {(now + timedelta(hours=step)).hour for step in (-1, 0, 1)}
    found: defaultdict[tuple[UUID, str], list[Moment]] = defaultdict(list)
    for row in LiveReading.objects.filter(at__gt=since, at__hour__in=hours).order_by("at"):
        late = row.late / row.backlog if row.backlog else 0.0
        for metric, value in (
            ("backlog", row.backlog),
            ("overdue_share", late),
            ("turnaround_with_open", row.oldest_s),
        ):
            found[row.queue_id, metric].append(Moment(at=row.at, value=float(value)))
    return found


def _tell(row: QueueNow, metric: str, owner: Person, found: Hour, rate: float, now: datetime) -> Signal | None:
    """Raise it, hand it on to the queue's open signal of the floor, or leave it: told is told until it is closed."""
    assert found.run is not None
    today = now.date()
    series, _new = Series.objects.get_or_create(
        programme_id=row.programme_id, metric=metric, clock="live", kind="queue", target_id=row.queue_id,
        defaults={"queue_id": row.queue_id, "baseline_from_on": today - timedelta(days=MOST_DAYS)},
    )  # fmt: skip
    mine = Signal.objects.filter(queue=row.queue_id, series__clock="live")
    if mine.filter(series=series, closed_at__date=today).exists():
        return None
    usual, seen = _counted(found.usual, metric, found.days), _counted(found.now, metric, 1)
    said: dict[str, Any] = {
        "series": series, "where_name": row.name, "side": found.run.side, "rule": found.run.rule, "first_on": today,
        "last_on": today, "before": usual, "after": seen, "now": now,
    }  # fmt: skip
    is_open = mine.filter(closed_at=None).order_by("raised_at").first()
    if is_open is not None:
        if is_open.series_id != series.pk or is_open.side != found.run.side:
            join_signal(_SYSTEM, signal=is_open, tie="metric", **said)
        return None
    signal = raise_signal(_SYSTEM, owner=owner, rate=rate, **said)
    tell_owner(owner, signal, now=now)
    return signal


def _counted(value: float, metric: str, n: int) -> Estimate:
    """A figure of the floor: counted, not estimated. Waiting times in milliseconds, as the metric has them."""
    scaled = value * 1000 if metric == "turnaround_with_open" else value
    return Estimate(scaled, scaled, scaled, n, float(n), "counted")
