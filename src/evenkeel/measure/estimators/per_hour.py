from __future__ import annotations

from typing import ClassVar

from ..base import Unit
from .ratio_of_sums import RatioOfSums


class PerHour(RatioOfSums):
    """So many an hour. `above` counts, `below` is summed in hours."""

    unit: ClassVar[Unit] = "per_hour"
    below: ClassVar[str] = "productive_hours"
