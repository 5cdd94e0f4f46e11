"""How large the best score becomes when nothing changed: simulated from the fitted baseline, only when it matters."""

from __future__ import annotations

from math import log

import numpy as np

from .arrays import FloatArray, divide
from .expected import fit_factors, rates
from .scan import Scan, Side

RUNS = 6
MOST_ROWS = 40_000  # simulated rows; of more, every so-manieth
SURE = 5.0  # scores from which no simulated maximum comes near
HOPELESS = 1.8
EULER = 0.5772156649015329


class Threshold:
    """A score that the best cell of data without a change exceeds with probability `family_error`.

    A maximum of log likelihood ratios has a Gumbel distribution of scale 1 whose place depends on how many cells there are
    and how they overlap: it is simulated, when a score comes that is neither sure nor hopeless.
    """

    def __init__(self, scan: Scan, *, family_error: float, seed: int):
        self._before, self._now = scan.before, scan.now
        self._expected_now: FloatArray = scan.now.expected.copy()
        self._scan, self._seed = scan, seed
        self._above = -log(-log(1 - family_error))
        self._value: float | None = None

    @property
    def value(self) -> float:
        """The threshold; the cautious one as long as nobody needed the exact."""
        return self._above if self._value is None else self._value

    def is_passed(self, score: float) -> bool:
        """Whether a score is beyond chance."""
        if score >= SURE + self._above:
            return True
        if score < HOPELESS:
            return False
        if self._value is None:
            self._value = max(self._simulated() - EULER + self._above, HOPELESS)
        return score >= self._value

    def _simulated(self) -> float:
        """The mean of the best scores of simulated windows, each fitted anew as the real ones were."""
        rng = np.random.default_rng(self._seed)
        sides = []
        for side, expected in ((self._before, self._before.expected), (self._now, self._expected_now)):
            step = max(1, -(-len(expected) // MOST_ROWS))
            keep = slice(None, None, step)
            n = None if side.n is None else side.weighted(side.n)[keep]
            sides.append((tuple(code[keep] for code in side.codes), side.weighted(expected)[keep], n))
        (codes0, e0, n0), (codes1, e1, n1) = sides
        found = []
        for _ in range(RUNS):
            o0, o1 = _drawn(rng, e0, n0), _drawn(rng, e1, n1)
            pooled, factors = fit_factors(codes0, self._scan.sizes, o0, e0)
            f0 = rates(codes0, pooled, factors, len(e0)) * e0
            f1 = rates(codes1, pooled, factors, len(e1)) * e1
            scan = Scan(Side(codes0, o0, f0, n=n0), Side(codes1, o1, f1, n=n1), self._scan.sizes, deepest=2)
            found.append(max(one.score for one in scan.best(1)))
        return float(np.mean(found))


def _drawn(rng: np.random.Generator, expected: FloatArray, n: FloatArray | None) -> FloatArray:
    if n is None:
        return rng.poisson(expected).astype(np.float64)
    most = np.round(n).astype(np.int64)
    return rng.binomial(most, np.clip(divide(expected, n, empty=0.0), 0.0, 1.0)).astype(np.float64)
