"""A definition before it is published, on the last days of the log: read once, cut in memory, kept nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.ground.log import batches_since, opened, read, set_aside_damaged
from evenkeel.kernel import Estimate, LogHistogram, WeightedParts, sum_histograms

from .. import scopes
from ..base import Held
from ..definitions.kinds import OwnMetric
from ..rollup.sketching import sketch_rows
from ..sums import SUMS
from .evaluating import TABLES
from .figures import PEOPLE_NEEDED, SeriesPoint, names_of, point_of

if TYPE_CHECKING:
    import pyarrow as pa

DAYS = 28
CUTS = ("programme", "queue", "organisation", "team")


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The figure over the last days, day by day, and by one dimension, largest first. `hidden` cells have too few people."""

    kind: type[OwnMetric]
    since: date
    until: date
    estimate: Estimate
    points: tuple[SeriesPoint, ...]
    by: str
    cells: tuple[tuple[str, Estimate], ...]
    hidden: int


def preview(actor: Actor, kind: type[OwnMetric], *, by: str, now: datetime) -> Preview:
    """Evaluate a metric that is not kept anywhere over the rows that the actor may see, of the last 28 days.

    Figures behind which stand fewer than five people are withheld from whoever may not see those of single people.
    """
    until = now.date() + timedelta(days=1)
    since = until - timedelta(days=DAYS)
    try:
        parts, sketched = _parts(actor, kind, since, until)
    except Exception:
        # As in the roll-up: a damaged file is set aside, and the rest answers.
        if not set_aside_damaged(batches_since(kind.fact), now=now):
            raise
        parts, sketched = _parts(actor, kind, since, until)
    may_see_few = actor.has(scopes.PERSON_VIEW)
    if not may_see_few and _people(parts, [])[()] < PEOPLE_NEEDED:
        unknown = Estimate.unknown(method="withheld")
        return Preview(kind=kind, since=since, until=until, estimate=unknown, points=(), by=by, cells=(), hidden=0)
    total = _held(kind, parts, sketched, []).get((), Held())
    days = sorted(_held(kind, parts, sketched, ["day"]).items())
    cells = sorted(_held(kind, parts, sketched, [f"{by}_id"]).items(), key=lambda cell: -cell[1].of(kind.stored()).w)
    few = set() if may_see_few else _few(_people(parts, [f"{by}_id"]))
    shown = [(place[0], held) for place, held in cells if place not in few]
    names = names_of(TABLES[by], {UUID(place) for place, _held in shown if place})
    return Preview(
        kind=kind,
        since=since,
        until=until,
        estimate=kind.figure(total),
        points=tuple(point_of(kind, day, held) for (day,), held in days),
        by=by,
        cells=tuple((names.get(UUID(place), "–") if place else "–", kind.figure(held)) for place, held in shown[:20]),
        hidden=len(few),
    )


def _parts(
    actor: Actor, kind: type[OwnMetric], since: date, until: date
) -> tuple[pa.Table, Sequence[Mapping[str, Any]]]:
    """The sums by day and place, and the histograms of a metric that has them."""
    with opened() as connection:
        rows = read(kind.fact, connection=connection)
        first, end = (datetime.combine(day, time(), tzinfo=UTC) for day in (since, until))
        rows = rows.filter((rows[kind.at] >= first) & (rows[kind.at] < end))
        reach = _reach(actor, rows)
        seen = rows if reach is None else rows.filter(reach)
        return connection.to_pyarrow(kind.parts(seen)), sketch_rows([kind], seen, connection)


def _reach(actor: Actor, rows: Any) -> Any:
    """How far the actor's grants reach, on the rows of the log as on tables; None = all of them."""
    import ibis

    if actor.is_system:
        return None
    found = None
    grants = actor.grants_for(scopes.FIGURE_VIEW)
    if not any(grant.kind is None for grant in grants):
        nothing = ibis.literal(False)
        found = reduce(or_, [rows[f"{grant.kind}_id"] == str(grant.target_id) for grant in grants], nothing)
    if actor.is_outside:
        own = rows.organisation_id == str(actor.organisation_id)
        found = own if found is None else found & own
    return found


def _held(
    kind: type[OwnMetric], parts: pa.Table, sketched: Sequence[Mapping[str, Any]], by: Sequence[str]
) -> dict[tuple[Any, ...], Held]:
    """What the roll-ups would hold of each combination of values."""
    histograms: defaultdict[tuple[Any, ...], list[LogHistogram]] = defaultdict(list)
    for row in sketched:
        histograms[tuple(row[name.removesuffix("_id")] for name in by)].append(LogHistogram.from_list(row["counts"]))
    name = kind.stored()
    return {
        place: Held(parts={name: sums}, sketches={name: sum_histograms(histograms[place])})
        if place in histograms
        else Held(parts={name: sums})
        for place, sums in _summed(parts, by).items()
    }


def _summed(parts: pa.Table, by: Sequence[str]) -> dict[tuple[Any, ...], WeightedParts]:
    summed = parts.group_by(list(by)).aggregate([(name, "sum") for name in SUMS])
    return {
        tuple(row[name] for name in by): WeightedParts(**{name: row[f"{name}_sum"] for name in SUMS})
        for row in summed.to_pylist()
        if row["n_sum"]
    }


def _people(parts: pa.Table, by: Sequence[str]) -> dict[tuple[Any, ...], int]:
    counted = parts.group_by(list(by)).aggregate([("worker_id", "count_distinct")])
    found = {tuple(row[name] for name in by): row["worker_id_count_distinct"] for row in counted.to_pylist()}
    return found or {(): 0}


def _few(people: dict[tuple[Any, ...], int]) -> set[tuple[Any, ...]]:
    """The cells with too few people; a single one takes the next smallest along, or the total would give it away."""
    few = {place for place, count in people.items() if count < PEOPLE_NEEDED}
    if len(few) == 1 and len(people) > 1:
        few.add(min((place for place in people if place not in few), key=lambda place: (people[place], str(place))))
    return few
