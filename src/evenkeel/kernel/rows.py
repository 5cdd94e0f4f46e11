"""The refusal that says which rows do not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

SHOWN = 5


class BadRows(ValueError):
    """Rows that cannot be used: `rows` holds all their numbers (from 0), the sentence the first few."""

    def __init__(self, sentence: str, rows: npt.NDArray[Any]):
        self.rows: tuple[int, ...] = tuple(int(row) for row in rows)
        first = ", ".join(str(row) for row in self.rows[:SHOWN])
        more = f" and {len(self.rows) - SHOWN} more" if len(self.rows) > SHOWN else ""
        super().__init__(f"{sentence} (row{'s' if len(self.rows) > 1 else ''} {first}{more})")


def refuse_rows(is_bad: npt.ArrayLike, sentence: str) -> None:
    """Raise `BadRows` with `sentence` when any row is bad."""
    rows = np.flatnonzero(np.asarray(is_bad))
    if rows.size:
        raise BadRows(sentence, rows)
