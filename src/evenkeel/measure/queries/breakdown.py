"""One window of a programme cut by queue, organisation and team: a single query, from which a page takes all its tiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate, WeightedParts

from .. import scopes
from ..metric import day_metric
from ..models import DayParts
from ..sums import parts_of, summed

Cut = Literal["programme", "queue", "organisation", "team"]


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """Additive parts by metric and by what the work was cut: any total is a sum of them."""

    cells: tuple[tuple[str, dict[str, UUID | None], WeightedParts], ...]

    def total(self, metric: str) -> Estimate:
        """The figure of everything in the window."""
        return self.by(metric, "programme", whole=True).get(None, day_metric(metric).estimate(WeightedParts()))

    def by(self, metric: str, cut: Cut, *, whole: bool = False) -> dict[UUID | None, Estimate]:
        """The figure of each value; cells without the dimension are left out. `whole` puts all under None."""
        sums: defaultdict[UUID | None, WeightedParts] = defaultdict(WeightedParts)
        for slug, place, parts in self.cells:
            value = None if whole else place[cut]
            if slug == metric and (whole or value is not None):
                sums[value] = sums[value] + parts
        kind = day_metric(metric)
        return {value: kind.estimate(parts) for value, parts in sums.items() if parts.n}

    def without(self, metrics: Collection[str]) -> Breakdown:
        """The same without some metrics, for a reader from whom they are withheld."""
        return Breakdown(cells=tuple(cell for cell in self.cells if cell[0] not in metrics))

    def values(self, cut: Cut) -> set[UUID]:
        """Everything of one kind that worked in the window."""
        return {value for _slug, place, _parts in self.cells if (value := place[cut]) is not None}


def breakdown(
    actor: Actor, *, metrics: Sequence[str], since: date, until: date, programme_id: UUID | None = None
) -> Breakdown:
    """The additive parts of some metrics over since <= day < until, as far as the actor may see them."""
    asked = {day_metric(metric).stored(): metric for metric in metrics}
    rows = DayParts.objects.filter(metric__in=list(asked), day__gte=since, day__lt=until)
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    rows = visible(actor, scopes.FIGURE_VIEW, rows)
    names = ("programme", "queue", "organisation", "team")
    grouped = rows.order_by().values("metric", *(f"{name}_id" for name in names))
    cells = (_cell({**row, "metric": asked[row["metric"]]}, names) for row in grouped.annotate(**summed()))
    return Breakdown(cells=tuple(cells))


def _cell(row: dict[str, Any], names: Sequence[str]) -> tuple[str, dict[str, UUID | None], WeightedParts]:
    return row["metric"], {name: row[f"{name}_id"] for name in names}, parts_of(row)
