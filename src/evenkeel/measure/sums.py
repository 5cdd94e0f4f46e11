"""The additive parts as columns: their names, how a query adds them up, and back to a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Sum

from evenkeel.kernel import WeightedParts

from .base import SUMS

__all__ = ["SUMS", "parts_in", "parts_of", "summed"]


def summed() -> dict[str, Sum]:
    """For `annotate` and `aggregate`: the sum of each part, under `sum_<name>`."""
    return {f"sum_{name}": Sum(name) for name in SUMS}


def parts_of(row: Mapping[str, Any]) -> WeightedParts:
    """The parts of a row that `summed` gave."""
    return WeightedParts(**{name: row[f"sum_{name}"] or 0 for name in SUMS})


def parts_in(row: Mapping[str, Any]) -> WeightedParts:
    """The parts of a row that has them as they stand in the table."""
    return WeightedParts(**{name: row[name] for name in SUMS})
