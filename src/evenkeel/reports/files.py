"""An answer as lines of CSV: what is shown, with every digit."""

from __future__ import annotations

import csv
import io
from math import isfinite

from evenkeel.ground.tables.export import harmless
from evenkeel.kernel import Estimate
from evenkeel.measure import Cell

from .queries.answers import Answer

_FIGURE = ("value", "low", "high", "n", "n_effective", "method")


def csv_of(answer: Answer) -> str:
    """One line a cell, the whole last; cells of too few people are not among them. UTF-8 that Excel recognises."""
    by = answer.question.by
    text = io.StringIO()
    writer = csv.writer(text)
    compared = ["before", "before_low", "before_high", "before_n", "mix", "rate"] if answer.evaluated.before else []
    fair = ["adjusted", "adjusted_low", "adjusted_high", "covered"] if answer.question.fair != "none" else []
    ids = [f"{name}_id" for name in by]
    writer.writerow(["metric", "since", "until", *by, *ids, *_FIGURE, *fair, *compared])
    for cell in (*answer.evaluated.cells, answer.evaluated.total):
        names = cell.names or ("",) * len(by)
        values = [str(value or "") for value in cell.values] or [""] * len(by)
        span = [answer.metric.slug, answer.since.isoformat(), answer.until.isoformat()]
        row = [
            *span,
            *names,
            *values,
            *_figure(cell.estimate),
            *(_fair(cell) if fair else []),
            *(_before(cell) if compared else []),
        ]
        writer.writerow([harmless(value) for value in row])
    return "\ufeff" + text.getvalue()


def _figure(found: Estimate) -> list[object]:
    return [_number(found.value), _number(found.low), _number(found.high), found.n, found.n_effective, found.method]


def _fair(cell: Cell) -> list[object]:
    if cell.adjusted is None:
        return [""] * 4
    made = cell.adjusted.estimate
    return [_number(made.value), _number(made.low), _number(made.high), cell.adjusted.covered]


def _before(cell: Cell) -> list[object]:
    if cell.before is None:
        return [""] * 6
    before = cell.before
    return [
        _number(before.value),
        _number(before.low),
        _number(before.high),
        before.n,
        _known(cell.mix),
        _known(cell.rate),
    ]


def _number(value: float) -> object:
    return value if isfinite(value) else ""


def _known(value: float | None) -> object:
    return "" if value is None else value
