"""The watch: every series is charted, and a change that is more than chance becomes one signal with an owner."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from uuid import UUID

from django.urls import reverse

from evenkeel.ground.access import Actor
from evenkeel.kernel import Estimate
from evenkeel.people import Organisation, Person, notify

from .acts.signals import join_signal, raise_signal
from .base import FigureMetric, Held
from .metric import day_metric
from .models import DataProblem, Series, Signal
from .queries.answers import answer_id, days_by_answer
from .queries.feeding import Days, Places, days_by_target, is_share, programmes_with_days
from .queries.signals import spot_of, title_of
from .queries.watching import target_names
from .queries.watchlist import Owners, budgets, daily_metrics, watchlist
from .rules.budgets import FLOOR_PART, Share, rates
from .rules.doubts import Doubt, doubts_of
from .rules.engine import Run, judge
from .rules.grouping import Group, Seen, Tie, grouped, tie_of
from .rules.watching import BASELINE_POINTS, LOOK_BACK, Dated, Drawn, Reading, dated, draw, grown, has_come_back, up_to
from .rules.watchlist import Spot, Watchlist

# Programmes without a figure for so long have nothing to watch.
_RESTING = timedelta(days=60)
_SYSTEM = Actor.system("evenkeel")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A watched series with its readings, where it is, and who answers for it by the list."""

    series: Series
    kind: type[FigureMetric]
    spot: Spot
    drawn: Drawn
    by_list: UUID | None

    @property
    def is_ready(self) -> bool:
        return self.drawn.baseline >= BASELINE_POINTS[self.drawn.grain]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A run of flagged points on a series, and when the change behind it began."""

    line: Line
    name: str
    run: Run
    dated: Dated
    rate: float

    @property
    def first_on(self) -> date:
        return self.line.drawn.readings[self.run.first].day

    @property
    def last_on(self) -> date:
        return self.line.drawn.readings[self.run.last].until - timedelta(days=1)

    def seen(self) -> Seen:
        """As the rules of grouping take it."""
        series = self.line.series
        return Seen(
            key=series.pk, metric=series.metric, guard=self.line.kind.guard, kind=series.kind, spot=self.line.spot,
            side=self.run.side, first_on=self.dated.on, p=self.run.p,
        )  # fmt: skip


def watch_all(now: datetime) -> list[Signal]:
    """Watch everything that somebody owns, day by day: one look over all series; returns the signals raised.

    Doing it again raises nothing more.
    """
    today = now.date()
    listed = watchlist(on=today)
    kinds = daily_metrics(listed.metrics)
    owners, places = Owners(now=now), Places.read()
    lines: list[Line] = []
    for programme_id in programmes_with_days({slug for kind in kinds for slug in kind.needs()},
                                             since=today - _RESTING, until=today + timedelta(days=1)):  # fmt: skip
        lines += _lines_of(programme_id, kinds, listed, places, now=now)
    allowed = rates_of(lines, owners)
    ready = [line for line in lines if line.is_ready]
    runs = judge([line.drawn.course(line.series.pk, rate=allowed[line.series.pk]) for line in ready])
    found = _found([line for line in ready if line.series.pk in runs], runs, allowed, today)
    raised = []
    for programme_id, some in found.items():
        raised += _tell(programme_id, some, lines, owners, now)
    return raised


def rates_of(lines: Sequence[Line], owners: Owners) -> dict[object, float]:
    """What each series may raise, from the budgets of its organisation and its owner."""
    house = Organisation.objects.filter(is_house=True).values_list("pk", flat=True).first()
    by_organisation, by_person = budgets()
    shares = []
    for line in lines:
        if line.is_ready:
            owner = owners.of(line.spot.programme, by_list=line.by_list)
            own = line.spot.organisation
            shares.append(
                Share(
                    key=line.series.pk, grain=line.drawn.grain, organisation_id=None if own == house else own,
                    owner_id=owner.pk if owner is not None else None,
                )
            )  # fmt: skip
    part = 1 - FLOOR_PART if Series.objects.filter(clock="live").exists() else 1.0
    return dict(rates(shares, organisations=by_organisation, people=by_person, part=part))


def _lines_of(
    programme_id: UUID, kinds: Sequence[type[FigureMetric]], listed: Watchlist, places: Places, *, now: datetime
) -> list[Line]:
    """The series of a programme, drawn; those that are new begin, baselines grow, what is wrong with the data is kept."""
    today = now.date()
    mine = Series.objects.filter(programme=programme_id, clock="day")
    known = {(row.metric, row.kind, row.target_id): row for row in mine}
    since = min((row.baseline_from_on for row in known.values()), default=today - _RESTING)
    since = min(since, today - _RESTING)
    until = today + timedelta(days=1)
    daily = days_by_target(programme_id, kinds=kinds, since=since, until=until, places=places)
    spots = {key: places.spot(programme_id, *key[1:]) for key in daily}
    for (slug, label), days in days_by_answer(programme_id, kinds=kinds, since=since, until=until).items():
        key = (slug, "label", answer_id(programme_id, label))
        daily[key], spots[key] = days, Spot(programme=programme_id, label=label)
    by_slug = {kind.slug: kind for kind in kinds}
    skipped = _doubted(programme_id, kinds, daily, now)
    busy = set(Signal.objects.filter(programme=programme_id, closed_at=None).values_list("series_id", flat=True))
    lines: list[Line] = []
    begun: list[Series] = []
    changed: list[Series] = []
    for (slug, place, target_id), days in daily.items():
        spot, kind = spots[slug, place, target_id], by_slug[slug]
        is_on, by_list = listed.holds(slug, spot)
        if not is_on:
            continue
        series = known.get((slug, place, target_id))
        if series is None:
            series = _new_series(programme_id, kind, place, target_id, spot, days)
            begun.append(series)
        elif not series.version:
            # From before versions were kept: its figures are those of the present one.
            series.version = _version(kind)
            changed.append(series)
        elif series.version != _version(kind):
            # Figures of another definition: limits of the old one would alarm for ever.
            series.version, series.baseline_from_on, series.baseline_until_on = _version(kind), days[0][0], None
            changed.append(series)
        line = _line(series, kind, spot, days, skipped.get(slug, ()), by_list)
        if series.pk not in busy:
            grows_to = grown(line.drawn, today=today, until_on=series.baseline_until_on)
            if grows_to != series.baseline_until_on:
                series.baseline_until_on = grows_to
                changed.append(series)
                line = replace(line, drawn=up_to(line.drawn, grows_to))
        lines.append(line)
    Series.objects.bulk_create(begun, ignore_conflicts=True)
    own = {id(row) for row in begun}
    Series.objects.bulk_update(
        list({row.pk: row for row in changed if id(row) not in own}.values()),
        ["baseline_from_on", "baseline_until_on", "version"],
        batch_size=500,
    )
    return lines


def _line(
    series: Series, kind: type[FigureMetric], spot: Spot, days: Days, skip: Iterable[date], by_list: UUID | None
) -> Line:
    drawn = draw(
        days, estimate=kind.figure, baseline_from_on=series.baseline_from_on,
        baseline_until_on=series.baseline_until_on, is_share=is_share(kind), skip=skip,
    )  # fmt: skip
    return Line(series=series, kind=kind, spot=spot, drawn=drawn, by_list=by_list)


def _new_series(
    programme_id: UUID, kind: type[FigureMetric], place: str, target_id: UUID, spot: Spot, days: Days
) -> Series:
    return Series(
        programme_id=programme_id, metric=kind.slug, version=_version(kind), kind=place, target_id=target_id,
        queue_id=spot.queue, organisation_id=spot.organisation, site_id=spot.site, team_id=spot.team, label=spot.label,
        baseline_from_on=days[0][0],
    )  # fmt: skip


def _version(kind: type[FigureMetric]) -> int:
    return int(kind.version)


def _doubted(
    programme_id: UUID, kinds: Sequence[type[FigureMetric]], daily: Mapping[tuple[str, str, UUID], Days], now: datetime
) -> dict[str, list[date]]:
    """Keep what is wrong with the data of each metric; returns the days that are not judged because of it."""
    today, found = now.date(), {}
    standing: set[tuple[str, str, date]] = set()
    is_at_work = any(place == programme_id for _metric, _kind, place in daily)
    open_ones = DataProblem.objects.filter(programme=programme_id, kind="no_n", gone_at=None)
    said = dict(open_ones.values_list("metric", "since_on"))
    for kind in kinds:
        days = daily.get((kind.slug, "programme", programme_id))
        rows = {day: _rows_of(kind, held) for day, held in days or ()}
        doubts = doubts_of(rows, today=today)
        if any(doubt.kind == "no_n" for doubt in doubts):
            # Said once and not each day anew, and only where there is work at all.
            doubts = [Doubt(kind="no_n", since_on=said.get(kind.slug, today))] if is_at_work else []
        doubts += _redefined(programme_id, kind, today)
        for doubt in doubts:
            standing.add((kind.slug, doubt.kind, doubt.since_on))
            _keep(programme_id, kind.slug, doubt, now)
        found[kind.slug] = [doubt.since_on for doubt in doubts if doubt.kind == "gap"]
    for row in DataProblem.objects.filter(programme=programme_id, gone_at=None):
        is_past = row.kind == "gap" and row.since_on < today - LOOK_BACK
        if is_past or (row.metric, row.kind, row.since_on) not in standing:
            DataProblem.objects.filter(pk=row.pk).update(gone_at=now)
    return found


def _rows_of(kind: type[FigureMetric], held: Held) -> int:
    parts = (held.of(slug).n for slug in kind.needs())
    return int(max((*parts, *(held.sketch(slug).n for slug in kind.sketched_from())), default=0))


def _redefined(programme_id: UUID, kind: type[FigureMetric], today: date) -> list[Doubt]:
    """A definition that differs from the one whose figures the baseline is made of, told for two weeks."""
    row = Series.objects.filter(programme=programme_id, metric=kind.slug, clock="day", kind="programme").first()
    if row is None:
        return []
    if row.version and row.version != _version(kind):
        return [Doubt(kind="redefined", since_on=today)]
    lately = DataProblem.objects.filter(
        programme=programme_id, metric=kind.slug, kind="redefined", since_on__gt=today - LOOK_BACK
    )
    return [Doubt(kind="redefined", since_on=each.since_on) for each in lately]


def _keep(programme_id: UUID, metric: str, doubt: Doubt, now: datetime) -> None:
    kept, is_new = DataProblem.objects.get_or_create(
        programme_id=programme_id,
        metric=metric,
        kind=doubt.kind,
        since_on=doubt.since_on,
        defaults={"rows": doubt.rows, "usual": doubt.usual, "seen_at": now},
    )
    if not is_new and kept.gone_at is not None:
        DataProblem.objects.filter(pk=kept.pk).update(gone_at=None)


def _found(
    lines: Sequence[Line], runs: Mapping[object, Sequence[Run]], allowed: Mapping[object, float], today: date
) -> dict[UUID, list[Found]]:
    """The runs that reach into the last days, by programme."""
    names = target_names({(line.series.kind, line.series.target_id) for line in lines})
    found: defaultdict[UUID, list[Found]] = defaultdict(list)
    for line in lines:
        for run in runs[line.series.pk]:
            if line.drawn.readings[run.last].until > today - LOOK_BACK:
                one = Found(
                    line=line, name=names.get((line.series.kind, line.series.target_id), ""), run=run,
                    dated=dated(line.drawn, run), rate=allowed[line.series.pk],
                )  # fmt: skip
                found[line.spot.programme].append(one)
    return found


# ---------------------------------------------------------------- telling


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A signal that was raised before, as the rules see it, with every series in it."""

    signal: Signal
    seen: Seen
    series: frozenset[tuple[UUID, int]]


def _tell(
    programme_id: UUID, found: Sequence[Found], lines: Sequence[Line], owners: Owners, now: datetime
) -> list[Signal]:
    """What is new of a programme: handed on to the open signal that it belongs to, or raised as a signal of its own."""
    told = _told(programme_id)
    fresh: list[Found] = []
    for one in sorted(found, key=lambda one: one.run.p):
        if _is_told(one, told):
            continue
        tie = next(((each, tie) for each in told if (tie := _belongs(one, each)) is not None), None)
        if tie is None:
            fresh.append(one)
        elif tie[0].signal.is_open:
            _join(tie[0].signal, one, tie[1], now)
    pool = {programme_id: Counter(line.series.kind for line in lines if line.spot.programme == programme_id)}
    by_key = {(one.line.series.pk, one.run.side): one for one in reversed(fresh)}
    groups = grouped([one.seen() for one in by_key.values()], siblings=pool)
    return [_raise(group, by_key, owners, now) for group in groups]


def _told(programme_id: UUID) -> list[_Told]:
    found = []
    rows = Signal.objects.filter(programme=programme_id, series__clock="day").select_related("series")
    for signal in rows.prefetch_related("members").order_by("-raised_at")[:200]:
        kind = day_metric(signal.metric)
        began = date.fromisoformat(signal.dated["on"]) if signal.dated else signal.first_on
        seen = Seen(
            key=signal.series_id, metric=signal.metric, guard=kind.guard, kind=signal.series.kind,
            spot=spot_of(signal), side=signal.side, first_on=began,
        )  # fmt: skip
        own = {(signal.series_id, signal.side), *((row.series_id, row.side) for row in signal.members.all())}
        found.append(_Told(signal=signal, seen=seen, series=frozenset(own)))
    return found


def _is_told(one: Found, told: Sequence[_Told]) -> bool:
    """Whether a signal has told of it on this series: one that is open, or was closed and has not come back since."""
    for each in told:
        if (one.line.series.pk, one.run.side) not in each.series:
            continue
        closed_at = each.signal.closed_at
        if closed_at is None or one.first_on <= closed_at.date():
            return True
        if not has_come_back(
            one.line.drawn, side=one.run.side, since=each.signal.last_on, until=one.first_on + timedelta(days=1)
        ):
            return True
    return False


def _belongs(one: Found, told: _Told) -> Tie | None:
    """By what a change on a series that was not told of belongs to a signal: open, or closed and of the same days."""
    return tie_of(one.seen(), told.seen, is_open=told.signal.is_open)


def _join(signal: Signal, one: Found, tie: Tie, now: datetime) -> None:
    join_signal(
        _SYSTEM, signal=signal, series=one.line.series, where_name=one.name, side=one.run.side, rule=one.run.rule,
        tie=tie, first_on=one.first_on, last_on=one.last_on, before=before(one), after=after(one), now=now,
    )  # fmt: skip


def _raise(group: Group, by_key: Mapping[tuple[UUID, int], Found], owners: Owners, now: datetime) -> Signal:
    one = by_key[group.lead.key, group.lead.side]
    others = [(by_key[member.key, member.side], tie) for member, tie in group.members]
    owner = owners.of(one.line.spot.programme, by_list=one.line.by_list)
    signal = raise_signal(
        _SYSTEM,
        series=one.line.series,
        where_name=one.name,
        side=one.run.side,
        rule=one.run.rule,
        first_on=one.first_on,
        last_on=one.last_on,
        before=before(one),
        after=after(one),
        owner=owner,
        also_in=sorted({other.name for other, _tie in others} - {one.name}),
        rate=one.rate,
        dated={name: day.isoformat() for name, day in asdict(one.dated).items()},
        now=now,
    )
    for other, tie in others:
        _join(signal, other, tie, now)
    if owner is not None:
        tell_owner(owner, signal, now=now)
    return signal


def tell_owner(owner: Person, signal: Signal, *, now: datetime) -> None:
    """Leave the owner a notice."""
    notify([owner], title=title_of(signal), url=reverse("measure:signal", args=[signal.pk]), now=now)


def before(one: Found) -> Estimate:
    """The figure over the baseline."""
    return together(one.line.drawn.readings[: one.line.drawn.baseline], one.line.kind)


def after(one: Found) -> Estimate:
    """The figure over the flagged points."""
    return together(one.line.drawn.readings[one.run.first : one.run.last + 1], one.line.kind)


def together(readings: Iterable[Reading], kind: type[FigureMetric]) -> Estimate:
    """The figure of several points as one."""
    return kind.figure(reduce(add, (reading.parts for reading in readings), Held()))
