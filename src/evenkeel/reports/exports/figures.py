"""The result of an evaluation as a sheet: a row a metric and place, its interval and its n beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.kernel import Estimate
from evenkeel.measure import FIGURE_VIEW, PERSON_VIEW, Cell, Dimension, Evaluated, evaluate

from .about import about
from .asked import Asked
from .definitions import definitions_of, title_of, unit_of
from .sheet import Field, Sheet, arrow_schema

if TYPE_CHECKING:
    import pyarrow

_ESTIMATE = (
    Field(name="value", kind="figure", why="the figure; empty = not known"),
    Field(name="low", kind="figure", why="lower end of its interval"),
    Field(name="high", kind="figure", why="upper end of its interval"),
    Field(name="n", kind="whole", why="rows behind it"),
    Field(name="n_effective", kind="number", why="size of a simple sample that would tell as much"),
    Field(name="method", kind="text", why="how value and interval were computed"),
    Field(name="level", kind="number", why="confidence of the interval"),
    Field(name="is_thin", kind="yes_no", why="too few rows to be ranked"),
)
_COMPARED = (
    Field(name="before", kind="figure", why="the figure over the period before"),
    Field(name="before_low", kind="figure", why="lower end of its interval"),
    Field(name="before_high", kind="figure", why="upper end of its interval"),
    Field(name="before_n", kind="whole", why="rows behind it"),
    Field(name="mix", kind="figure", why="part of the whole's change that comes of other work here"),
    Field(name="rate", kind="figure", why="part of the whole's change that comes of other results on the same work"),
)


def figures(actor: Actor, asked: Asked, *, now: datetime) -> Sheet:
    """Evaluate what was asked for, over the rows that the actor may see; `evaluate` hides what tells of too few people.

    Raises `Refused` as the page of the same figures does.
    """
    require(actor, FIGURE_VIEW)
    if "worker" in asked.by or "worker" in asked.where:
        require(actor, PERSON_VIEW)
    where: dict[str, Any] = dict(asked.where)
    found = [
        evaluate(
            name,
            since=asked.since,
            until=asked.until,
            by=cast("Sequence[Dimension]", asked.by),
            compare=asked.before,
            actor=actor,
            **where,
        )
        for name in asked.names
    ]
    fields = figure_fields(asked)
    rows = [row for each in found for row in _rows(each, asked)]
    return Sheet(
        name="figures",
        title=", ".join(title_of(name) for name in asked.names),
        fields=fields,
        portions=iter([batch_of(fields, rows)] if rows else []),
        total=len(rows),
        about=[*about(actor, asked, now=now), *_totals(found)],
        definitions=definitions_of(asked.names),
        workers=[UUID(row["worker_id"]) for row in rows if row["worker_id"]] if "worker" in asked.by else [],
    )


def figure_fields(asked: Asked) -> tuple[Field, ...]:
    """The columns of an evaluation."""
    places = []
    for name in asked.by:
        is_personal = name == "worker"
        places += [
            Field(name=name, kind="text", why=_("name of the %(what)s") % {"what": name}, is_personal=is_personal),
            Field(name=f"{name}_id", kind="text", why=_("its id; empty = none"), is_personal=is_personal),
        ]
    return (
        Field(name="metric", kind="text", why="the metric's slug; the definitions tell what it means"),
        Field(name="title", kind="text", why="the metric's name"),
        Field(name="unit", kind="text", why="percent (a share from 0 to 1), count, number or duration_ms"),
        *places,
        Field(name="first_on", kind="day", why="first day, UTC"),
        Field(name="last_on", kind="day", why="last day, UTC"),
        *_ESTIMATE,
        *(_COMPARED if asked.is_compared else ()),
    )


def batch_of(fields: Sequence[Field], rows: Sequence[dict[str, Any]]) -> pyarrow.RecordBatch:
    """Rows as a portion of a sheet."""
    import pyarrow as pa

    schema = arrow_schema(fields)
    columns = [pa.array([row[each.name] for row in rows], schema.field(each.name).type) for each in fields]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _rows(found: Evaluated, asked: Asked) -> list[dict[str, Any]]:
    cells = found.cells if asked.by else (found.total,)
    return [_row(found, cell, asked) for cell in cells]


def _row(found: Evaluated, cell: Cell, asked: Asked) -> dict[str, Any]:
    said: dict[str, Any] = {
        "metric": found.metric,
        "title": title_of(found.metric),
        "unit": unit_of(found.metric),
        "first_on": found.since,
        "last_on": found.until - timedelta(days=1),
        **estimate_row(cell.estimate),
    }
    for name, value, title in zip(found.by, cell.values, cell.names, strict=False):
        said |= {name: title, f"{name}_id": None if value is None else str(value)}
    if asked.is_compared:
        before = cell.before.to_dict() if cell.before is not None else {}
        said |= {
            "before": before.get("value"), "before_low": before.get("low"), "before_high": before.get("high"),
            "before_n": before.get("n"), "mix": cell.mix, "rate": cell.rate,
        }  # fmt: skip
    return said


def estimate_row(found: Estimate) -> dict[str, Any]:
    """An estimate as columns; what is not known is empty."""
    return {**found.to_dict(), "is_thin": found.is_thin()}


def _totals(found: Sequence[Evaluated]) -> list[tuple[str, str]]:
    """The whole beside the parts, apart from the rows: a pivot that summed it up with them would be wrong."""
    lines = []
    for each in found:
        said = each.total.estimate
        figure = _("not known")
        if isfinite(said.value):
            figure = f"{said.value:.6g} [{said.low:.6g}, {said.high:.6g}], n {said.n}"
        lines.append((_("Whole: %(metric)s") % {"metric": each.metric}, figure))
        if each.hidden:
            lines.append(
                (
                    _("Hidden: %(metric)s") % {"metric": each.metric},
                    _("%(n)d places with too few people") % {"n": each.hidden},
                )
            )
    return lines
