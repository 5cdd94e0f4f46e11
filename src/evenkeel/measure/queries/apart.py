"""Days of a part of the work that a comparison leaves out, because something is known to have been wrong there then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet


@dataclass(frozen=True, kw_only=True)
class Days:
    """A half-open span of days: since <= day < until."""

    since: date
    until: date


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
