"""What a question comes to: cells, series and a pivot, as far as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.errors import Invalid
from evenkeel.kernel import Estimate
from evenkeel.measure import (
    FIGURE_VIEW,
    PERSON_VIEW,
    Cell,
    Evaluated,
    FigureMetric,
    Limits,
    SeriesPoint,
    Value,
    day_metric,
    evaluate,
    in_steps,
    series,
    series_by,
    usual,
)

from ..rules.questions import Question

# So many lines can be told apart; the rest stands in the table.
MOST_LINES = 6
# Points a line has at most, about: longer periods are told in weeks or in four weeks.
_DAYS, _WEEKS = 45, 370


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series: of everything (no cell) or of one value of a dimension."""

    cell: Cell | None
    points: Sequence[SeriesPoint]
    limits: Limits | None


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """Two dimensions crossed. Sums of rows and columns are left out where a hidden cell could be told from them."""

    rows: Sequence[tuple[Value, str]]
    columns: Sequence[tuple[Value, str]]
    cells: Mapping[tuple[Value, Value], Cell]
    row_totals: Mapping[Value, Estimate]
    column_totals: Mapping[Value, Estimate]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything that a page, a file or a mail shows of a question."""

    question: Question
    metric: type[FigureMetric]
    since: date
    until: date
    evaluated: Evaluated
    lines: Sequence[Line]
    step_days: int
    pivot: Pivot | None

    @property
    def is_withheld(self) -> bool:
        """Whether too few people stand behind all of it."""
        return self.evaluated.total.estimate.method == "withheld"

    @property
    def workers(self) -> list[UUID]:
        """The people whose own figures it shows."""
        if "worker" not in self.question.by:
            return [UUID(str(value)) for value in self.question.narrowed.get("worker", ())]
        place = self.question.by.index("worker")
        return [UUID(str(value)) for cell in self.evaluated.cells if (value := cell.values[place]) is not None]


def answer(question: Question, *, actor: Actor, today: date) -> Answer:
    """Answer a question from the roll-ups, in at most eight queries. `Refused` without the right to see such figures."""
    require(actor, FIGURE_VIEW)
    if "worker" in question.by or question.narrowed.get("worker"):
        require(actor, PERSON_VIEW)
    since, until = question.span(today)
    where: dict[str, Any] = question.where
    evaluated = evaluate(
        question.metric,
        since=since,
        until=until,
        by=question.by,
        compare=question.compared(today),
        adjust="mix" if question.mix_of else "shrunk" if question.fair == "shrunk" else None,
        mix_of=question.mix_of,
        actor=actor,
        **where,
    )
    length = (until - since).days
    step = 1 if length <= _DAYS else 7 if length <= _WEEKS else 28
    return Answer(
        question=question,
        metric=day_metric(question.metric),
        since=since,
        until=until,
        evaluated=evaluated,
        lines=_lines(question, evaluated, actor, since, until, step) if question.drawing == "line" else (),
        step_days=step,
        pivot=_pivot(question, evaluated, actor, since, until) if question.drawing == "pivot" else None,
    )


def _lines(
    question: Question, evaluated: Evaluated, actor: Actor, since: date, until: date, step: int
) -> Sequence[Line]:
    if evaluated.total.estimate.method == "withheld" or len(question.by) > 1:
        return ()
    metric = question.metric
    if not question.by:
        daily = series(metric, since=since, until=until, actor=actor, step_days=step, **question.where)
        points = in_steps(daily, metric=metric, until=until, days=step)
        # The newest quarter is judged by what came before it, or a change would widen the limits that should show it.
        newest = max(len(points) // 4, 1)
        return [Line(cell=None, points=points, limits=usual(metric, points, newest=newest))]
    found = series_by(
        metric, since=since, until=until, by=question.by[0], actor=actor, step_days=step, **question.where
    )
    # Largest first, as `evaluate` orders them.
    drawn = [cell for cell in evaluated.cells if cell.values[0] in found][:MOST_LINES]
    return [
        Line(cell=cell, points=in_steps(found[cell.values[0]], metric=metric, until=until, days=step), limits=None)
        for cell in drawn
    ]


def _pivot(question: Question, evaluated: Evaluated, actor: Actor, since: date, until: date) -> Pivot:
    if len(question.by) != 2:
        sentence = _("A pivot needs two dimensions: rows and columns.")
        raise Invalid(sentence, fields={"by": [sentence]})
    names: tuple[dict[Value, str], dict[Value, str]] = ({}, {})
    for cell in evaluated.cells:
        for place in (0, 1):
            names[place].setdefault(cell.values[place], cell.names[place])
    totals: list[dict[Value, Estimate]] = [{}, {}]
    if not evaluated.hidden:
        for place, by in enumerate(question.by):
            where: dict[str, Any] = question.where
            edge = evaluate(question.metric, since=since, until=until, by=[by], actor=actor, **where)
            if not edge.hidden:
                totals[place] = {cell.values[0]: cell.estimate for cell in edge.cells}
    rows, columns = (sorted(found.items(), key=lambda pair: pair[1].casefold()) for found in names)
    return Pivot(
        rows=rows,
        columns=columns,
        cells={(cell.values[0], cell.values[1]): cell for cell in evaluated.cells},
        row_totals=totals[0],
        column_totals=totals[1],
    )
