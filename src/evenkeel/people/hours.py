"""What may be asked about people's time: who is in which state, how far into her shift, what was spent on what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from evenkeel.ground.shapes import Asked, Shape

from .models import Organisation, Team, TimeSpan, Worker
from .rules.timeline import OFF, Stretch, clipped, day_bounds, local_day, runs, totals
from .timekeeping import stretch_of, zone_of

# From the first place on earth where a day begins to the last one where it ends, seen from its noon in Greenwich; and today
# in Greenwich may be yesterday or tomorrow elsewhere.
_ANYWHERE = timedelta(hours=52)
# No shift is longer: it is ended by itself long before.
_LONGEST_SHIFT = timedelta(hours=36)


def state_of(worker_id: UUID, *, now: datetime) -> str:
    """The state a worker is in at a moment; "" off duty."""
    found = TimeSpan.objects.filter(_covers(now), worker=worker_id).values_list("state", flat=True).first()
    return found or OFF


def hours_into_shift(worker_id: UUID, *, now: datetime) -> float | None:
    """How long a worker has been at work without going off duty, in hours; None off duty. Breaks count."""
    return shift_asked(worker_id, now=now).now()


def shift_asked(worker_id: UUID, *, now: datetime) -> Asked[float | None]:
    """The same, for `gather`."""
    asked = _SHIFT.asked(worker=worker_id, until=now, after=now - _LONGEST_SHIFT)
    return asked.then(lambda spans: _hours_into(spans, now))


def _hours_into(spans: Iterable[TimeSpan], now: datetime) -> float | None:
    began: datetime | None = None
    for span in spans:
        if began is None:
            if span.ended_at is not None and span.ended_at <= now:
                return None
        elif span.ended_at != began:
            break
        began = span.began_at
    return None if began is None else (now - began).total_seconds() / 3600


def spent(
    *,
    since: datetime,
    until: datetime,
    worker_id: UUID | None = None,
    team: Team | None = None,
    organisation: Organisation | None = None,
    now: datetime,
) -> dict[str, float]:
    """Seconds by state within since <= t < until, of one worker, of a team or of an organisation as it was then.

    What still runs is counted up to `now`. States that did not occur are left out.
    """
    rows = TimeSpan.objects.filter(_within(since, min(until, now)))
    if worker_id is not None:
        rows = rows.filter(worker=worker_id)
    if team is not None:
        rows = rows.filter(team=team)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    found: dict[str, float] = {}
    until = min(until, now)
    for state, began, ended in rows.values_list("state", "began_at", "ended_at").iterator(chunk_size=2_000):
        length = (min(ended or until, until) - max(began, since)).total_seconds()
        found[state] = found.get(state, 0.0) + max(0.0, length)
    return found


@dataclass(frozen=True, kw_only=True)
class Day:
    """A worker's calendar day at her site: its bounds in UTC and what it was spent on so far."""

    worker: Worker
    on: date
    zone: str
    since: datetime
    until: datetime
    now: datetime
    stretches: list[Stretch]

    @property
    def shifts(self) -> list[list[Stretch]]:
        """Runs of stretches that touch."""
        return runs(self.stretches)

    @property
    def totals(self) -> dict[str, float]:
        """Seconds by state."""
        return totals(self.stretches, until=self.now)

    @property
    def seconds(self) -> float:
        """How long she was at work."""
        return sum(self.totals.values())


def day_of(worker: Worker, *, on: date | None = None, now: datetime) -> Day:
    """A worker's day, today at her site by default. What still runs ends now; what went on over midnight is cut there."""
    rows = TimeSpan.objects.filter(spans_around(on, now=now), worker=worker).order_by("began_at")
    return day_from(worker, [stretch_of(row) for row in rows], on=on, now=now)


def day_from(worker: Worker, stretches: Iterable[Stretch], *, on: date | None = None, now: datetime) -> Day:
    """A worker's day from stretches that were fetched already; she comes with her site."""
    zone = zone_of(worker)
    day = on or local_day(now, zone)
    since, until = day_bounds(day, zone)
    within = clipped(stretches, since=since, until=min(until, now))
    return Day(worker=worker, on=day, zone=zone, since=since, until=until, now=now, stretches=within)


def spans_around(on: date | None, *, now: datetime) -> Q:
    """The filter for stretches that touch a day (today by default) wherever on earth it is that day."""
    noon = datetime.combine(on or now.date(), time(12), tzinfo=UTC)
    return _within(noon - _ANYWHERE, noon + _ANYWHERE)


_SHIFT = Shape(
    lambda *, worker, until, after: (
        TimeSpan.objects.filter(worker=worker, began_at__lte=until, began_at__gt=after)
        .order_by("-began_at")
        .only("began_at", "ended_at")
    )
)


def _covers(at: datetime) -> Q:
    return Q(began_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))


def _within(since: datetime, until: datetime) -> Q:
    return Q(began_at__lt=until) & (Q(ended_at=None) | Q(ended_at__gt=since))
