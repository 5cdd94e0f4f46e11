"""What a study found: the scenario as it is beside its variants, over the seeds that all of them have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.charts import Axis, Forest, Reading, Row

from ..models import WhatIfRun, WhatIfStudy
from ..scoring import Line
from ..whatif import Compared, compared
from .knobs import told

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from evenkeel.kernel import Estimate


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A figure that a study is read by: which row of the scores, how people say it, what to know of it."""

    score: str
    name: str
    title: StrOrPromise
    why: StrOrPromise
    unit: StrOrPromise = ""
    is_share: bool = False


HEADLINES: tuple[Headline, ...] = (
    Headline(
        score="alarms", name="faults seen", title=gettext_lazy("Faults seen"), is_share=True,
        why=gettext_lazy("Of the planted faults, those that raised a signal about their place."),
    ),
    Headline(
        score="alarms", name="days until seen", title=gettext_lazy("Days until seen"), unit=gettext_lazy("days"),
        why=gettext_lazy("From a fault's first day to its first signal; faults that were never seen are not in it."),
    ),
    Headline(
        score="alarms", name="signals about nothing, a week", title=gettext_lazy("Signals about nothing"),
        unit=gettext_lazy("a week"), why=gettext_lazy("Signals that belong to nothing that was planted."),
    ),
    Headline(
        score="audits", name="hours of audits, a week", title=gettext_lazy("Hours of audits"),
        unit=gettext_lazy("a week"), why=gettext_lazy("Where an auditor needs as long as whoever decided."),
    ),
    Headline(
        score="audits", name="cost of audits, a week", title=gettext_lazy("Cost of audits"),
        unit=gettext_lazy("a week"),
        why=gettext_lazy("Their hours at the price of the house's own site, in the scenario's money."),
    ),
    Headline(
        score="headline", name="half width of its interval", title=gettext_lazy("Half width of accuracy's interval"),
        unit=gettext_lazy("points"), why=gettext_lazy("How well accuracy over the whole run is known."),
    ),
    Headline(
        score="promise", name="decided in time", title=gettext_lazy("Decided in time"), unit="%",
        why=gettext_lazy("Of what came in, the share decided within what was promised."),
    ),
    Headline(
        score="promise", name="of those below it, called so", title=gettext_lazy("Missed targets that are called so"),
        is_share=True, why=gettext_lazy("Of the weeks of sites below the target, those of which the product says so."),
    ),
    Headline(
        score="promise", name="of those called so, not below it", title=gettext_lazy("Wrongly called missed"),
        is_share=True, why=gettext_lazy("Of the weeks of sites that are called below the target, those that are not."),
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One variant's figure, and by how much it differs from the scenario as it is; None for that one itself."""

    variant: str
    changes: str
    line: Line | None
    difference: Estimate | None = None

    @property
    def estimate(self) -> Estimate | None:
        return self.line.estimate if self.line is not None and self.line.estimate.is_known else None

    @property
    def apart(self) -> str:
        """By how much it differs, with its interval over the seeds; shares in percentage points."""
        found = self.difference
        if found is None or not found.is_known or self.line is None:
            return ""
        value, low, high = found.value, found.low, found.high
        if self.line.hits is not None:
            # Two shares differ by no more than all, whatever three organisations differ by.
            value, low, high = (100 * min(max(each, -1.0), 1.0) for each in (value, low, high))
        return f"{value:+,.2f} [{low:+,.2f}, {high:+,.2f}]" if found.has_interval else f"{value:+,.2f}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of the comparison; the first cell is the scenario as it is."""

    score: str
    name: str
    unit: str
    is_share: bool
    cells: tuple[Cell, ...]
    headline: Headline | None = None

    def chart(self) -> Forest:
        """Each variant with its interval."""
        said = self.headline
        title = str(said.title) if said else self.name
        return Forest(
            title=f"{title}, {said.unit}" if said and said.unit else title,
            description=str(said.why) if said else "",
            rows=[Row(label=cell.variant, value=Reading.of(cell.estimate)) for cell in self.cells if cell.estimate],
            x=Axis(format="percent") if self.is_share else Axis(),
            empty=_("No case."),
        )


def seeds_of(study: WhatIfStudy, runs: Sequence[WhatIfRun]) -> list[int]:
    """The seeds whose every variant was lived through: only these can be compared."""
    have = {(run.variant, run.seed) for run in runs}
    return [
        seed
        for seed in range(1, study.seeds + 1)
        if all((variant, seed) in have for variant in range(1 + len(study.variants)))
    ]


def figures_of(study: WhatIfStudy, runs: Sequence[WhatIfRun]) -> list[Figure]:
    """Every row of the scores, over the seeds that are whole; none before the first is."""
    seeds = seeds_of(study, runs)
    if not seeds:
        return []
    lines = {(run.variant, run.seed): [Line(**each) for each in run.lines] for run in runs}
    was, *variants = [[lines[variant, seed] for seed in seeds] for variant in range(1 + len(study.variants))]
    return [_figure(study, row) for row in compared(was, variants)]


def headlines_of(figures: Sequence[Figure]) -> list[Figure]:
    """The rows that a study is read by, in their order; those of which there is nothing are left out."""
    rows = {(figure.score, figure.name): figure for figure in figures}
    found = [rows.get((each.score, each.name)) for each in HEADLINES]
    return [figure for figure in found if figure is not None and any(cell.estimate for cell in figure.cells)]


def _figure(study: WhatIfStudy, row: Compared) -> Figure:
    others: list[dict[str, Any]] = list(study.variants)
    cells = [Cell(variant=_("as it is"), changes="", line=row.was)]
    cells += [
        Cell(variant=said["name"], changes=told(said["changes"]), line=line, difference=difference)
        for said, line, difference in zip(others, row.variants, row.differences, strict=True)
    ]
    is_share = any(cell.line is not None and cell.line.hits is not None for cell in cells)
    key = (row.score, row.name)
    headline = next((each for each in HEADLINES if (each.score, each.name) == key), None)
    return Figure(
        score=row.score, name=row.name, unit=row.unit, is_share=is_share, cells=tuple(cells), headline=headline
    )
