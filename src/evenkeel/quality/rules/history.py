"""What a day's odds are worked out from: earlier days' decisions, who was looked at when, who is new, what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from .odds import coded

if TYPE_CHECKING:
    import pyarrow as pa

DAYS = 28
SECONDS_SUPPOSED = 60.0


@dataclass(frozen=True, kw_only=True, eq=False)
class History:
    """Earlier decisions of a plan's reach, as plain values.

    Each row of `rows` stands for `scale` decisions of the `days` days before `day`. `looked_at`: by column, when a cell's
    decision was last drawn. `right`: by queue and organisation, how many audits there were (weighted) and how many of
    them found the decision right. `seconds`: what an audit takes, by queue, and under "" in all; empty while nothing is known.
    """

    day: date
    rows: pa.Table
    scale: float = 1.0
    days: float = DAYS
    looked_at: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    started_on: Mapping[str, date] = field(default_factory=dict)
    published_on: Mapping[str, date] = field(default_factory=dict)
    right: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    def volumes(self, by: Sequence[str]) -> dict[str, float]:
        """Decisions a day by cell of these columns."""
        codes, cells = coded(self.rows, by)
        counts = np.bincount(codes, minlength=len(cells)) * self.scale / self.days
        return {cell: float(count) for cell, count in zip(cells, counts, strict=True) if count > 0}

    def seconds_in(self, queue: str) -> float:
        """What an audit of a queue's decisions takes; what one takes in all, or is supposed to, where it has none."""
        return self.seconds.get(queue, self.seconds.get("", SECONDS_SUPPOSED))

    @property
    def a_day(self) -> float:
        """Decisions a day."""
        return float(self.rows.num_rows) * self.scale / self.days
