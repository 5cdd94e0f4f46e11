"""Days of a part of the work that a comparison leaves out, because something is known to have been wrong there then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

_COLUMNS = {"expected_label": "label", "label": "label"}


@dataclass(frozen=True, kw_only=True)
class Apart:
    """since <= day < until of a part of the work; `where` names values by dimension, as cells do, all of which must hold."""

    since: date
    until: date
    where: Mapping[str, str]


def without(rows: QuerySet[Any], apart: Sequence[Apart]) -> QuerySet[Any]:
    """The rows of a roll-up by cell that lie in none of the parts."""
    for part in apart:
        place = {_COLUMNS.get(name, f"{name}_id"): value for name, value in part.where.items()}
        rows = rows.exclude(Q(day__gte=part.since, day__lt=part.until, **place))
    return rows


def without_rows(rows: Any, apart: Sequence[Apart], *, at: str, value: Callable[[str], Any]) -> Any:
    """The same of a fact's rows, as an Ibis expression; `at` is the moment's column, `value` tells a dimension of a row."""
    keep = None
    for part in apart:
        first, end = (datetime.combine(day, time(), tzinfo=UTC) for day in (part.since, part.until))
        inside = (rows[at] >= first) & (rows[at] < end)
        for name, said in part.where.items():
            inside &= value(name).fill_null("") == said
        keep = ~inside if keep is None else keep & ~inside
    return rows if keep is None else rows.filter(keep)
