from __future__ import annotations

from typing import Any, ClassVar

from evenkeel.kernel import Estimate, weighted_rate

from ..base import Held
from .rate import Rate


class WeightedRate(Rate):
    """A share over rows that were drawn with known odds, each standing for 1 / odds of its like."""

    odds: ClassVar[str] = "pi"
    # Whether weights are 1 / odds and nothing else, so that a row drawn for certain leaves nothing open about itself.
    weighs_by_odds: ClassVar[bool] = True

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return 1.0 / rows[cls.odds]

    @classmethod
    def of_these(cls, held: Held) -> Estimate:
        """Poisson sampling's own variance, sum (w^2 - w) (y - R)^2 / (sum w)^2: of all that is drawn nothing is left open.

        Where k plans might have drawn a row, its odds are 1 / (w k), and this takes off k times what it should.
        """
        return weighted_rate(held.of(cls.stored()), finite=True) if cls.weighs_by_odds else cls.figure(held)
