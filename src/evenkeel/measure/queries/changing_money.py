"""What figures of money are taken apart by: amounts, decisions and errors of each place, put together cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from evenkeel.kernel import WeightedParts

from ..estimators.money import Money
from ..metric import metrics
from ..models import DayParts, WorkerDayParts
from .apart import Days
from .changing_cubes import Sums
from .changing_names import PLACES

# An accuracy of fewer audits says little of a place: there the whole's is taken.
_AUDITS_NEEDED = 30
Key = tuple[str, ...]
Shared = dict[Key, float]


def money(metric: str, names: Sequence[str], programme_id: UUID, days: Days, where: Mapping[str, UUID | None]) -> Sums:
    """The sums of one window by place and person, as `Money.part` says what they are. Empty where no cost is known.

    Amounts on record are shared out, within the place that they name, by decisions made. Accuracy is the place's own, from 30
    audits on; so the parts come to the figure but for what the shares audited differ between places.
    """
    kind = metrics[metric]
    assert issubclass(kind, Money)
    assert tuple(names) == (*PLACES, "worker")
    of_people = _summed(WorkerDayParts, ["decided", "productive_hours"], names, programme_id, days, where)
    of_places = _summed(DayParts, ["accuracy", "costs", "failure_costs"], PLACES, programme_id, days, where)
    decided = {key: float(parts.n) for key, parts in of_people["decided"].items() if parts.n > 0}
    spent = _spent(of_places["costs"], of_people["productive_hours"], decided)
    failed = shared_out({key: parts.wy for key, parts in of_places["failure_costs"].items()}, decided)
    audits = of_places["accuracy"]
    whole = sum(audits.values(), WeightedParts())
    if spent is None or not whole.w:
        return {}
    found: Sums = {}
    for key in {*decided, *spent, *failed}:
        own = audits.get(key[: len(PLACES)], WeightedParts())
        trusted = own if own.n >= _AUDITS_NEEDED else whole
        found[key] = kind.part(
            spent=spent.get(key, 0.0),
            failed=failed.get(key, 0.0),
            decided=decided.get(key, 0.0),
            accuracy=trusted.wy / trusted.w,
        )
    return found


def shared_out(amounts: Mapping[Key, float], decided: Mapping[Key, float]) -> Shared:
    """Amounts by place, shared out among the cells of decisions that lie in it, by how many those are.

    An empty part of a place ("") takes in all. Where no decision lies in a place its amount stands for itself.

    >>> shared_out({("q", "", "", "t"): 30.0}, {("q", "o", "s", "t", "a"): 1, ("q", "o", "s", "t", "b"): 2})
    {('q', 'o', 's', 't', 'a'): 10.0, ('q', 'o', 's', 't', 'b'): 20.0}
    """
    found: defaultdict[Key, float] = defaultdict(float)
    for place, amount in amounts.items():
        within = {key: n for key, n in decided.items() if all(part in ("", own) for part, own in zip(place, key))}  # noqa: B905
        total = sum(within.values())
        if not total:
            found[(*place, "")] += amount
        for key, n in within.items():
            found[key] += amount * n / total
    return dict(found)


def _spent(
    recorded: Mapping[Key, WeightedParts], hours: Mapping[Key, WeightedParts], decided: Mapping[Key, float]
) -> Shared | None:
    """As `Money.spent`: amounts on record, and where there are none hours at the rate of the settings."""
    if any(parts.n for parts in recorded.values()):
        return shared_out({key: parts.wy for key, parts in recorded.items()}, decided)
    rate: int = settings.EVENKEEL.hour_cost_cents
    return {key: parts.wy * rate for key, parts in hours.items()} if rate and hours else None


def _summed(
    table: Any, slugs: Sequence[str], names: Sequence[str], programme_id: UUID, days: Days,
    where: Mapping[str, UUID | None],
) -> defaultdict[str, dict[Key, WeightedParts]]:  # fmt: skip
    rows = table.objects.filter(
        metric__in=slugs, programme=programme_id, day__gte=days.since, day__lt=days.until,
        **{name: value for name, value in where.items() if value is not None},
    )  # fmt: skip
    columns = [f"{name}_id" for name in names]
    found: defaultdict[str, dict[Key, WeightedParts]] = defaultdict(dict)
    sums = {f"sum_{name}": Sum(name) for name in ("n", "w", "wy")}
    for row in rows.order_by().values("metric", *columns).annotate(**sums):
        key = tuple(str(row[column] or "") for column in columns)
        found[row["metric"]][key] = WeightedParts(n=row["sum_n"], w=row["sum_w"], wy=row["sum_wy"])
    return found
