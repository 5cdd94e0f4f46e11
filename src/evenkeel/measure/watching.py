"""The watch: every series is charted, and a change that is more than chance becomes one signal with an owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.kernel import Estimate, WeightedParts
from evenkeel.people import Person, notify, people_with
from evenkeel.work import Programme

from . import scopes
from .acts.signals import raise_signal
from .metric import day_metric, metrics
from .models import DayParts, Series, Signal
from .queries.watching import Daily, daily_by_target, place_of, target_names
from .rules.watching import LOOK_BACK, SAME_CHANGE, Reading, Run, Watched, chances, discoveries, runs, watch_parts

METRIC = "accuracy"
# Programmes without an audit for so long have nothing to watch.
_RESTING = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A run of flagged points on a series."""

    series: Series
    name: str
    watched: Watched
    run: Run

    @property
    def first_on(self) -> date:
        return self.watched.readings[self.run.first].day

    @property
    def last_on(self) -> date:
        return self.watched.readings[self.run.last].until - timedelta(days=1)


def watch_all(now: datetime) -> list[Signal]:
    """Watch every programme that was audited lately; returns the signals raised."""
    today = now.date()
    lately = DayParts.objects.filter(metric=METRIC, day__gte=today - _RESTING, day__lte=today)
    ids = set(lately.order_by().values_list("programme_id", flat=True).distinct())
    raised = []
    for programme in Programme.objects.filter(pk__in=ids).select_related("owner"):
        raised += watch_programme(programme, now=now)
    return raised


def watch_programme(programme: Programme, *, now: datetime) -> list[Signal]:
    """Chart every series of a programme and raise what is new. Doing it again raises nothing more."""
    today = now.date()
    known = {(row.kind, row.target_id): row for row in Series.objects.filter(programme=programme, metric=METRIC)}
    since = min((row.baseline_from_on for row in known.values()), default=today - _RESTING)
    daily = daily_by_target(programme.pk, metric=METRIC, since=since, until=today + timedelta(days=1))
    names = target_names(daily)
    charted = [
        (series, watched)
        for key, days in daily.items()
        for series in [known.get(key) or _begin(programme, key, days)]
        for watched in [_chart(series, days)]
    ]
    standing = _standing(charted, today)
    found = [
        _Found(series=series, name=names[series.kind, series.target_id], watched=watched, run=run)
        for series, watched in charted
        for run in runs(watched)
        if any((series.pk, watched.readings[point].day) in standing for point in range(run.first, run.last + 1))
    ]
    raised = []
    for group in _same_change(_new(found, programme)):
        strongest, *others = sorted(group, key=lambda one: (one.run.p, one.series.kind, one.name))
        raised.append(_raise(programme, strongest, [other.name for other in others], now))
    return raised


def _begin(programme: Programme, key: tuple[str, UUID], days: Daily) -> Series:
    kind, target_id = key
    return Series.objects.create(
        programme=programme,
        metric=METRIC,
        kind=kind,
        target_id=target_id,
        baseline_from_on=days[0][0],
        **place_of(kind, target_id),
    )


def _chart(series: Series, days: Daily) -> Watched:
    watched = watch_parts(
        days,
        estimate=day_metric(series.metric).estimate,
        baseline_from_on=series.baseline_from_on,
        baseline_until_on=series.baseline_until_on,
    )
    if series.baseline_until_on is None and watched.is_ready and len(watched.readings) > watched.baseline:
        # Frozen: from now on a shift cannot widen the limits that should show it.
        series.baseline_until_on = watched.readings[watched.baseline - 1].until
        series.save(update_fields=["baseline_until_on"])
    return watched


def _standing(charted: Iterable[tuple[Series, Watched]], today: date) -> set[tuple[UUID, date]]:
    """The points of the last days that remain when all series are looked at together: many charts, few false alarms."""
    by_day: defaultdict[date, dict[tuple[UUID, date], float]] = defaultdict(dict)
    for series, watched in charted:
        if watched.is_ready:
            by_chance = chances(watched)
            for point in range(watched.baseline, len(watched.readings)):
                reading = watched.readings[point]
                if reading.until > today - LOOK_BACK:
                    by_day[reading.day][series.pk, reading.day] = by_chance[point]
    return {key for chances in by_day.values() for key in discoveries(chances)}


def _new(found: Iterable[_Found], programme: Programme) -> list[_Found]:
    """Those that no signal has told of: not while one is open, nor what began before one was closed."""
    told = list(
        Signal.objects.filter(programme=programme, metric=METRIC).values("series", "side", "closed_at", "first_on")
    )
    return [one for one in found if not any(_tells(signal, one) for signal in told)]


def _tells(signal: Mapping[str, object], one: _Found) -> bool:
    if signal["side"] != one.run.side:
        return False
    closed_at, first_on = signal["closed_at"], signal["first_on"]
    assert isinstance(first_on, date)
    if signal["series"] == one.series.pk:
        return closed_at is None or (isinstance(closed_at, datetime) and one.first_on <= closed_at.date())
    # The same change from another side: a team's fall also shows in its organisation and in its queues.
    return abs(one.first_on - first_on) <= SAME_CHANGE


def _same_change(found: Iterable[_Found]) -> list[list[_Found]]:
    groups: list[list[_Found]] = []
    for one in sorted(found, key=lambda one: (one.run.p, one.series.kind, one.name)):
        for group in groups:
            first = group[0]
            if first.run.side == one.run.side and abs(first.first_on - one.first_on) <= SAME_CHANGE:
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _raise(programme: Programme, one: _Found, also_in: list[str], now: datetime) -> Signal:
    owner = _owner(programme, now)
    readings = one.watched.readings
    signal = raise_signal(
        Actor.system("evenkeel"),
        series=one.series,
        where_name=one.name,
        side=one.run.side,
        rule=one.run.rule,
        first_on=one.first_on,
        last_on=one.last_on,
        before=together(readings[: one.watched.baseline]),
        after=together(readings[one.run.first : one.run.last + 1]),
        owner=owner,
        also_in=sorted(set(also_in) - {one.name}),
        now=now,
    )
    if owner is not None:
        title = _("%(metric)s fell: %(where)s") if one.run.side < 0 else _("%(metric)s rose: %(where)s")
        notify(
            [owner],
            title=title % {"metric": metrics[METRIC].title, "where": one.name},
            url=reverse("measure:signal", args=[signal.pk]),
            now=now,
        )
    return signal


def together(readings: Iterable[Reading]) -> Estimate:
    """The figure of several points as one."""
    return day_metric(METRIC).estimate(sum((reading.parts for reading in readings), WeightedParts()))


def _owner(programme: Programme, now: datetime) -> Person | None:
    """Whoever answers for the programme; without one, the first who may act on its signals."""
    if programme.owner is not None and programme.owner.is_active:
        return programme.owner
    able = people_with(scopes.SIGNAL_ACT, now=now, kind="programme", target_id=programme.pk)
    return able[0] if able else None
