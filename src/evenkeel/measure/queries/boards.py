"""Many figures at once, for a board of tiles: the number of queries does not grow with the number of tiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Max, Value, When

from evenkeel.ground.access import Actor
from evenkeel.kernel import Estimate, WeightedParts

from ..base import FigureMetric, Held
from ..metric import day_metric, metrics, unit_metrics
from ..models import ConsumedBatch, DayParts, RollupMember, WorkerDayParts
from ..rules.limits import Limits
from ..rules.splitting import split_over, split_scale
from ..sums import parts_of, summed
from .courses import in_steps, usual
from .figures import Dimension, SeriesPoint, asked_for, point_of
from .held import held_by, rows_of
from .protecting import first_of_step, hidden_points, protected

Days = dict[date, Held]
Split = tuple[float | None, float | None]
# How a period is looked back upon: so many days a point, so many points. Whole weeks, so that weekends weigh alike.
STEPS: Mapping[int, tuple[int, int]] = {1: (1, 28), 7: (1, 28), 28: (7, 16), 91: (7, 26), 364: (28, 26)}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A metric over the last so many days; `where` narrows as for `figure`, `split_by` says whose mix and rate are told."""

    metric: str
    days: int = 28
    where: Mapping[str, Any] = field(default_factory=dict)
    split_by: Dimension = "queue"


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A figure beside the same length of time before it, with its recent course.

    `mix` + `rate` is the change exactly; None where the change is not known or a count. `guard` is the figure of the metric
    that must not get worse. `as_of` is when rows last came into the roll-up. Withheld: fewer than five people stand behind it.
    """

    ask: Ask
    since: date
    until: date
    now: Estimate
    before: Estimate
    mix: float | None
    rate: float | None
    guard: str
    guard_now: Estimate
    points: tuple[SeriesPoint, ...]
    limits: Limits | None
    as_of: datetime | None
    is_withheld: bool


def glances(asks: Sequence[Ask], *, today: date, actor: Actor | None) -> list[Glance]:
    """The figures of a board, in the order asked for, up to and with `today`.

    Two queries for each different `where`, four for each different split, some more for each length of time where people are
    protected, and one for all. With an `actor` only rows count that she may see; without one all do, for callers that have
    asked already. Raises as `figure` does, and ValueError for a length of time that is not one of `STEPS`.
    """
    for ask in asks:
        if not day_metric(ask.metric).is_daily:
            raise ValueError(f"{ask.metric} is asked of a period, not day by day, so it has no course to show")
        if ask.days not in STEPS:
            raise ValueError(f"a board looks back {', '.join(map(str, STEPS))} days, not {ask.days}")
    courses = {key: _course(group, today, actor) for key, group in _grouped(asks, lambda ask: _key(ask.where))}
    splits = {key: _split(group, today, actor) for key, group in _grouped(asks, _split_key)}
    few = _few(asks, today, actor)
    fresh = _fresh({ask.metric for ask in asks})
    return [
        _glance(
            ask, today, courses[_key(ask.where)], splits[_split_key(ask)].get((ask.metric, ask.days), (None, None)),
            fresh.get(ask.metric), few[ask.metric, ask.days, _key(ask.where)],
            few.get((_guard(ask), ask.days, _key(ask.where))),
        )
        for ask in asks
    ]  # fmt: skip


# ---------------------------------------------------------------- the queries


def _key(where: Mapping[str, Any]) -> str:
    return repr(sorted((name, sorted(map(str, value)) if isinstance(value, list) else str(value))
                       for name, value in where.items() if value is not None))  # fmt: skip


def _split_key(ask: Ask) -> str:
    return f"{_key(ask.where)} {ask.split_by}"


def _grouped(asks: Sequence[Ask], key: Any) -> list[tuple[str, list[Ask]]]:
    groups: defaultdict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        groups[key(ask)].append(ask)
    return list(groups.items())


def _guard(ask: Ask) -> str:
    """The guard-rail, when it is added up by day as well; of single people the one that may be held against them."""
    guard = metrics[ask.metric].guard
    kind = metrics[guard] if guard and guard in metrics else None
    if ask.where.get("worker") and kind is not None and issubclass(kind, FigureMetric) and kind.for_people:
        guard = kind.for_people
        kind = metrics[guard]
    return guard if kind is not None and issubclass(kind, FigureMetric) and kind.is_daily else ""


def _kinds(asks: Sequence[Ask]) -> list[type[FigureMetric]]:
    """The metrics asked for, and those of their guard-rails that are kept by what narrows them."""
    found = {ask.metric: day_metric(ask.metric) for ask in asks}
    where = [name for name, value in asks[0].where.items() if value is not None]
    for slug in {_guard(ask) for ask in asks} - {"", *found}:
        kind = day_metric(slug)
        if kind.is_kept_by(where):
            found[slug] = kind
    return [found[slug] for slug in sorted(found)]


def _course(asks: Sequence[Ask], today: date, actor: Actor | None) -> Days:
    """What is held of the metrics and of their guard-rails by day, as far back as any of them is looked back upon."""
    until = today + timedelta(days=1)
    back = max(max(step * points, 2 * ask.days) for ask in asks for step, points in [STEPS[ask.days]])
    found = held_by(_kinds(asks), ("day",), asked_for(until - timedelta(days=back), until, actor, asks[0].where))
    return {place[0]: held for place, held in found.items()}  # type: ignore[misc]


def _split(asks: Sequence[Ask], today: date, actor: Actor | None) -> dict[tuple[str, int], Split]:
    """Mix and rate of each metric's change over each length of time, by the values of one dimension: one pass over the rows.

    Rows are added up between the days at which any of the periods begins; a period is then a sum of such stretches.
    """
    first, until = asks[0], today + timedelta(days=1)
    kinds = {}
    for ask in asks:
        kind = day_metric(ask.metric)
        if split_scale(kind) is not None and first.split_by in kind.places:
            kinds[kind.stored()] = kind
    ends = sorted({days for ask in asks for days in (ask.days, 2 * ask.days)})
    asked = asked_for(until - timedelta(days=ends[-1]), until, actor, first.where)
    if not kinds or asked.extras:
        return {}
    table = WorkerDayParts if asked.is_personal else DayParts
    rows = rows_of(table, sorted(kinds), asked, is_personal=asked.is_personal)
    stretch = Case(*(When(day__gte=until - timedelta(days=end), then=Value(end)) for end in ends))
    column = f"{first.split_by}_id"
    found: defaultdict[str, defaultdict[int, dict[Any, WeightedParts]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows.order_by().annotate(stretch=stretch).values("metric", "stretch", column).annotate(**summed()):
        found[row["metric"]][row["stretch"]][row[column]] = parts_of(row)
    return {
        (kinds[stored].slug, days): _mix_and_rate(
            _together(stretches, days, 2 * days), _together(stretches, 0, days), scale=split_scale(kinds[stored]) or 1.0
        )
        for stored, stretches in found.items()
        for days in {ask.days for ask in asks if ask.metric == kinds[stored].slug}
    }


def _together(stretches: Mapping[int, Mapping[Any, WeightedParts]], after: int, end: int) -> dict[Any, WeightedParts]:
    """The parts by place of the stretches that end (counted back in days) within after < t <= end."""
    sums: defaultdict[Any, WeightedParts] = defaultdict(WeightedParts)
    for back, places in stretches.items():
        if after < back <= end:
            for place, parts in places.items():
                sums[place] = sums[place] + parts
    return sums


def _mix_and_rate(before: Mapping[Any, WeightedParts], now: Mapping[Any, WeightedParts], *, scale: float) -> Split:
    places = sorted(before.keys() | now.keys(), key=str)
    # In a single place nothing can have been made up differently: "mix 0" would be read as something that was looked into.
    split = split_over(places, before, now, scale=scale) if len(places) > 1 else None
    return (float(split.mix), float(split.rate)) if split is not None else (None, None)


@dataclass(frozen=True, kw_only=True)
class _Few:
    """What of a glance tells of too few people: the figure, the one it is compared with, the first days of points."""

    now: bool
    before: bool
    points: frozenset[date]


def _few(asks: Sequence[Ask], today: date, actor: Actor | None) -> dict[tuple[str, int, str], _Few]:
    """By metric, days and place: what must be hidden from this actor."""
    until, found = today + timedelta(days=1), {}
    for _same, group in _grouped(asks, lambda ask: f"{_key(ask.where)} {ask.days}"):
        first = group[0]
        # Metrics that are fed by the same rows have the same people behind them.
        said: dict[tuple[str, bool], _Few] = {}
        for kind in _kinds(group):
            same = kind.people_of(), kind.is_guarded
            if same not in said:
                said[same] = _few_of(kind, first, until, actor)
            found[kind.slug, first.days, _key(first.where)] = said[same]
    return found


def _few_of(kind: type[FigureMetric], ask: Ask, until: date, actor: Actor | None) -> _Few:
    since, (step, most) = until - timedelta(days=ask.days), STEPS[ask.days]
    asked = asked_for(since, until, actor, ask.where)
    if protected(kind, (), asked)[1]:
        return _Few(now=True, before=True, points=frozenset())
    points = hidden_points(kind, (), asked.over(until - timedelta(days=step * most), until), days=step)
    before = protected(kind, (), asked.over(since - timedelta(days=ask.days), since))[1]
    return _Few(now=False, before=before, points=frozenset(day for (day,) in points))  # type: ignore[misc]


def _fresh(slugs: set[str]) -> dict[str, datetime]:
    """When rows last came into what each metric is made of."""
    # What is made of two metrics person by person takes in no rows itself: it is as fresh as the two.
    fed_by = {unit.slug: unit.feeds() for unit in unit_metrics()}
    made_of = {
        slug: {feed for part in (*kind.needs(), *kind.sketched_from()) for feed in fed_by.get(part, (part,))}
        for slug, kind in ((slug, day_metric(slug)) for slug in slugs)
    }
    fed = RollupMember.objects.filter(metric__in=sorted(set().union(*made_of.values())))
    feeds = {row.metric: row.feed for row in fed}
    rows = ConsumedBatch.objects.filter(consumer__in=sorted(set(feeds.values()))).order_by().values("consumer")
    last = {row["consumer"]: row["at"] for row in rows.annotate(at=Max("made_at"))}
    found = {slug: [last[feeds[part]] for part in parts if feeds.get(part) in last] for slug, parts in made_of.items()}
    return {slug: max(moments) for slug, moments in found.items() if moments}


# ---------------------------------------------------------------- the answer


def _glance(
    ask: Ask,
    today: date,
    course: Days,
    split: Split,
    as_of: datetime | None,
    few: _Few,
    few_of_guard: _Few | None,
) -> Glance:
    until = today + timedelta(days=1)
    since = until - timedelta(days=ask.days)
    kind, guard = day_metric(ask.metric), _guard(ask)
    withheld = Estimate.unknown(method="withheld")
    present = _total(course, since, until)
    now = kind.figure(present)
    before = kind.figure(_total(course, since - timedelta(days=ask.days), since))
    guard_now = day_metric(guard).figure(present) if guard else withheld
    step, most = STEPS[ask.days]
    reach = until - timedelta(days=step * most)
    daily = [point for day, held in course.items() if day >= reach for point in [point_of(kind, day, held)]
             if point.estimate.n and first_of_step(day, until=until, days=step) not in few.points]  # fmt: skip
    points = in_steps(daily, metric=ask.metric, until=until, days=step)
    mix, rate = split if before.n and now.n and not (few.now or few.before) else (None, None)
    return Glance(
        ask=ask,
        since=since,
        until=until,
        now=withheld if few.now else now,
        before=withheld if few.before else before,
        mix=mix,
        rate=rate,
        guard=guard,
        guard_now=withheld if few.now or (few_of_guard is not None and few_of_guard.now) else guard_now,
        points=() if few.now else tuple(points),
        # The period's own points are judged by those before it.
        limits=None if few.now else usual(ask.metric, points, newest=max(ask.days // step, 1)),
        as_of=as_of,
        is_withheld=few.now,
    )


def _total(days: Days, since: date, until: date) -> Held:
    return sum((held for day, held in days.items() if since <= day < until), Held())
