"""Earlier decisions as columns: what a day's odds and a preview are worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Cast, Substr

from evenkeel.kernel import keyed_u
from evenkeel.people import Worker
from evenkeel.policy import PolicyVersion
from evenkeel.work import Decision, Programme, Queue

from ..models import Draw, Verdict
from ..rules.history import DAYS, History

if TYPE_CHECKING:
    import pyarrow as pa

# A history is a picture of the days before, not a census: more rows would change the odds' fourth digit.
MOST_ROWS = 20_000
_HOURS = 60
# So many audits of the usual time are mixed into what is known of a queue.
_PRIOR_TIMED = 20
_PICTURE_SALT = 20260302
# Column of the decision -> where the ORM finds it. What stands in the item costs a join, so it is asked for by name.
OWN = {
    "id": "id", "decided_at": "decided_at", "queue_id": "queue_id", "worker_id": "worker_id",
    "organisation_id": "organisation_id", "site_id": "site_id", "team_id": "team_id",
    "policy_version_id": "policy_version_id", "label": "label", "origin": "origin",
}  # fmt: skip
OF_ITEM = {"language": "item__language", "risk": "item__attributes__risk", "reach": "item__attributes__reach"}
_LOOKED_AT = {
    "worker_id": "decision__worker_id",
    "queue_id": "decision__queue_id",
    "organisation_id": "decision__organisation_id",
    "language": "decision__item__language",
}


def history_before(
    day: date,
    *,
    programme: Programme,
    queue: Queue | None = None,
    covers_imports: bool = False,
    needs: Collection[str] = (),
    until: datetime | None = None,
) -> History:
    """What was decided, drawn and changed in the 28 days before `day` begins (UTC), or before `until`.

    `needs` are those of the layers (`rules.layers.needs_of`): what nobody looks at is not read.
    """
    end = until or datetime.combine(day, time(0), UTC)
    begin = end - timedelta(days=DAYS)
    decisions = _decisions(programme, queue, covers_imports).filter(decided_at__gte=begin, decided_at__lt=end)
    rows, scale = picture(decisions, begin=begin, end=end, with_item="item" in needs)
    first = rows["decided_at"][0].as_py() if rows.num_rows else end
    return History(
        day=day,
        rows=rows,
        scale=scale,
        # Work that began a week ago has a week of days.
        days=min(float(DAYS), max(1.0, ceil((end - first) / timedelta(days=1)))),
        looked_at=_looked_at(programme, end, with_language="item" in needs) if "looked_at" in needs else {},
        started_on=_started_on(programme, day) if "started_on" in needs else {},
        published_on=_published_on(end) if "published_on" in needs else {},
        right=_right(programme, queue, begin, end) if "right" in needs else {},
        seconds=_seconds(programme, queue, begin, end) if "seconds" in needs else {},
    )


def _decisions(programme: Programme, queue: Queue | None, covers_imports: bool) -> QuerySet[Decision]:
    found = Decision.objects.filter(programme=programme, planted=None)
    if queue is not None:
        found = found.filter(queue=queue)
    return found if covers_imports else found.exclude(origin="import")


def picture(
    decisions: QuerySet[Decision], *, begin: datetime, end: datetime, with_item: bool
) -> tuple[pa.Table, float]:
    """The decisions as columns, oldest first, and how many each row stands for.

    Up to `MOST_ROWS` all of them. Of more, the first so many of each of sixty hours, drawn in proportion to how many
    decisions an hour has: each decision has the same chance, and only index entries of those hours are read.
    """
    n = decisions.count()
    if n <= MOST_ROWS:
        return columns(_read(decisions, with_item), with_item=with_item), 1.0
    hours = decisions.annotate(hour=Substr(Cast("decided_at", CharField()), 1, 13)).values_list("hour")
    counts = sorted((str(hour), count) for hour, count in hours.annotate(n=Count("pk")).order_by())
    each, read = MOST_ROWS // _HOURS, list[tuple[Any, ...]]()
    for hour, times in _hours(counts, n):
        start = datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=UTC)
        within = decisions.filter(
            decided_at__gte=max(start, begin), decided_at__lt=min(start + timedelta(hours=1), end)
        )
        read += list(_read(within, with_item)[: each * times])
    return columns(read, with_item=with_item), n / max(len(read), 1)


def _hours(counts: Sequence[tuple[str, int]], n: int) -> list[tuple[str, int]]:
    """Hours in proportion to their decisions, one after another at even steps; an hour that is met twice counts twice."""
    step = n / _HOURS
    at, passed, found = float(keyed_u([n], _PICTURE_SALT)[0]) * step, 0, list[tuple[str, int]]()
    for hour, count in counts:
        passed, times = passed + count, 0
        while at < passed:
            at, times = at + step, times + 1
        if times:
            found.append((hour, times))
    return found


def _read(decisions: QuerySet[Decision], with_item: bool) -> QuerySet[Decision, tuple[Any, ...]]:
    named = [*OWN.values(), *(OF_ITEM.values() if with_item else ())]
    return decisions.order_by("decided_at", "id").values_list(*named)


def columns(read: Iterable[tuple[Any, ...]], *, with_item: bool) -> pa.Table:
    """Rows of `OWN` (and `OF_ITEM`), as the database gives them, as the columns that odds are made of."""
    import pyarrow as pa

    names = [*OWN, *(OF_ITEM if with_item else ())]
    found = list(zip(*read, strict=True)) or [()] * len(names)
    made: dict[str, Any] = {}
    for name, values in zip(names, found, strict=True):
        if name == "decided_at":
            made[name] = pa.array(values, pa.timestamp("us", tz="UTC"))
        elif name in ("risk", "reach"):
            made[name] = pa.array([_number(value) for value in values], pa.float64())
        else:
            made[name] = pa.array([None if value is None else str(value) for value in values], pa.string())
    return pa.table(made)


def _number(said: Any) -> float | None:
    # Attributes are whatever the source sent: a number in words is none.
    return float(said) if isinstance(said, (int, float)) and not isinstance(said, bool) else None


def _looked_at(programme: Programme, end: datetime, *, with_language: bool) -> dict[str, dict[str, date]]:
    """When a decision of each cell was last drawn by a plan of the programme."""
    drawn = Draw.objects.filter(plan__programme=programme, drawn_at__lt=end)
    found: dict[str, dict[str, date]] = {}
    for column, path in _LOOKED_AT.items():
        if column == "language" and not with_language:
            continue
        rows = drawn.values_list(path).annotate(last=Max("decision__decided_at")).order_by()
        found[column] = {str(cell): last.astimezone(UTC).date() for cell, last in rows if cell}
    return found


def _started_on(programme: Programme, day: date) -> dict[str, date]:
    """First days of people of the programme's organisations; of those without one, the day they were entered."""
    recent = day - timedelta(days=366)
    of = Q(organisation__engagements__programme=programme) | Q(organisation__is_house=True)
    rows = Worker.objects.filter(of, Q(started_on__gte=recent) | Q(started_on=None, created_at__date__gte=recent))
    return {
        str(pk): started or created.astimezone(UTC).date()
        for pk, started, created in rows.values_list("pk", "started_on", "created_at").distinct()
    }


def _published_on(end: datetime) -> dict[str, date]:
    """When versions of guidelines were published. A guideline's first version changes nothing."""
    rows = PolicyVersion.objects.filter(published_at__lt=end, number__gt=1)
    return {str(pk): at.astimezone(UTC).date() for pk, at in rows.values_list("pk", "published_at")}


def _seconds(programme: Programme, queue: Queue | None, begin: datetime, end: datetime) -> dict[str, float]:
    """What an audit takes by queue, drawn towards what one takes in all where few were timed; under "" in all."""
    timed = Verdict.objects.filter(
        draw__plan__programme=programme, audited_at__gte=begin, audited_at__lt=end, active_ms__isnull=False
    )
    if queue is not None:
        timed = timed.filter(draw__decision__queue=queue)
    rows = timed.values_list("draw__decision__queue_id").annotate(n=Count("pk"), ms=Sum("active_ms")).order_by()
    found = {str(queue_id or ""): (n, ms / 1000) for queue_id, n, ms in rows}
    if not found:
        return {}
    mean = max(sum(s for _n, s in found.values()) / sum(n for n, _s in found.values()), 1.0)
    return {key: max((s + mean * _PRIOR_TIMED) / (n + _PRIOR_TIMED), 1.0) for key, (n, s) in found.items()} | {"": mean}


def _right(
    programme: Programme, queue: Queue | None, begin: datetime, end: datetime
) -> dict[tuple[str, str], tuple[float, float]]:
    """Audits and right ones by queue and organisation; each audited decision counts once."""
    verdicts = Verdict.objects.filter(
        draw__plan__programme=programme, corrected_by=None, audited_at__gte=begin, audited_at__lt=end
    )
    if queue is not None:
        verdicts = verdicts.filter(draw__decision__queue=queue)
    found: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    rows = verdicts.values_list("draw__decision__queue_id", "draw__decision__organisation_id", "is_right")
    for queue_id, organisation_id, is_right, n in rows.annotate(n=Count("pk")).order_by():
        cell = found[str(queue_id or ""), str(organisation_id)]
        cell[0] += n
        cell[1] += n * is_right
    return {cell: (n, right) for cell, (n, right) in found.items()}
