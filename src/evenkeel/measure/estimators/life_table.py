from __future__ import annotations

from evenkeel.kernel import Estimate, life_table_quantile

from ..base import Held
from .quantile import Quantile, scaled


class LifeTable(Quantile):
    """A quantile of durations in which what is still open counts for as long as it has been open.

    Beside what was done in the period it reads what stood open at its two ends, kept by day.
    """

    is_daily = False
    open_ages = "open_age"
    # Under these names a cell holds the ages of what was open as the period began and ended.
    AT_START, AT_END = "open_age@start", "open_age@end"

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        closed = held.sketch(cls.of)
        at_end, at_start = held.sketch(cls.AT_END), held.sketch(cls.AT_START)
        return scaled(life_table_quantile(closed, still_open=at_end, open_before=at_start, p=cls.p), cls.scale)
