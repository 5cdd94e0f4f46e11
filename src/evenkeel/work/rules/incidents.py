"""How grave an incident is, and which way it goes. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

# Rows by impact 1..4, columns by urgency 1..4; 1 is the gravest severity.
USUAL_MATRIX: tuple[tuple[int, ...], ...] = ((4, 4, 3, 3), (4, 3, 3, 2), (3, 3, 2, 1), (3, 2, 1, 1))
# state -> the states it may go to. A review is the end.
WAYS: dict[str, tuple[str, ...]] = {
    "open": ("mitigated", "resolved"),
    "mitigated": ("resolved", "open"),
    "resolved": ("reviewed", "open"),
    "reviewed": (),
}


def severity_of(impact: int, urgency: int, cells: Sequence[Sequence[int]] = USUAL_MATRIX) -> int:
    """The severity of an impact and an urgency, each 1 (low) to 4 (very high); `Invalid` beyond that.

    >>> severity_of(4, 4), severity_of(1, 1)
    (1, 4)
    """
    faults = {
        name: [_("Choose 1 to 4.")]
        for name, level in (("impact", impact), ("urgency", urgency))
        if isinstance(level, bool) or not 1 <= level <= 4
    }
    if faults:
        raise Invalid(_("There is no such level."), fields=faults)
    return cells[impact - 1][urgency - 1]


def check_matrix(cells: Any) -> list[list[int]]:
    """A matrix that can be used: four rows of four severities 1 to 4, never milder for a higher impact or urgency."""
    is_square = isinstance(cells, list) and len(cells) == 4
    if not is_square or not all(isinstance(row, list) and len(row) == 4 for row in cells):
        raise _unfit(_("Four rows, one an impact, of four severities, one an urgency."))
    if not all(type(cell) is int and 1 <= cell <= 4 for row in cells for cell in row):
        raise _unfit(_("A severity is 1 (gravest) to 4."))
    rows_fall = all(row == sorted(row, reverse=True) for row in cells)
    columns_fall = all(list(column) == sorted(column, reverse=True) for column in zip(*cells, strict=True))
    if not (rows_fall and columns_fall):
        raise _unfit(_("A higher impact or urgency is never milder."))
    return [list(row) for row in cells]


def may_go(state: str, to: str) -> bool:
    """Whether an incident in one state may go to another.

    >>> may_go("open", "reviewed")
    False
    """
    return to in WAYS.get(state, ())


def _unfit(sentence: str) -> Invalid:
    return Invalid(_("The matrix cannot be used."), fields={"cells": [sentence]})
