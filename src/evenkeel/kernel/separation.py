"""How well a score tells two kinds apart: the area under the ROC curve."""

from __future__ import annotations

from math import exp, log, nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, same_length, vector
from .estimate import Estimate
from .quantiles import normal_quantile, two_sided


def area_under_curve(scores: npt.ArrayLike, is_positive: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """P(a positive's score > a negative's score), ties counting half, with DeLong's standard error on the logit scale.

    Assumes items drawn independently. `scores` are real, `is_positive` 0/1 or boolean, one an item. Unknown unless both
    kinds are there. A perfect separation has no spread to learn from: its interval is unknown.

    >>> area = area_under_curve([0.9, 0.8, 0.4, 0.3, 0.1], [1, 1, 0, 1, 0])
    >>> f"{area.value:.3f}"
    '0.833'

    Reference: DeLong, DeLong, Clarke-Pearson (1988) Biometrics 44; Sun, Xu (2014) IEEE Signal Processing Letters 21.
    """
    score, positive = vector(scores, name="scores"), vector(is_positive, name="is_positive")
    n = same_length(scores=score, is_positive=positive)
    method = "auc_delong_logit"
    above, below = score[positive != 0], score[positive == 0]
    m, k = len(above), len(below)
    if m == 0 or k == 0:
        return Estimate.unknown(method=method, level=level, n=n)
    # Placement: the share of the other kind that lies under (over) each score.
    over = (_midranks(score)[positive != 0] - _midranks(above)) / k
    under = 1 - (_midranks(score)[positive == 0] - _midranks(below)) / m
    area = float(over.mean())
    if m < 2 or k < 2 or not 0 < area < 1:
        return Estimate(area, nan, nan, n, float(n), method, level)
    error = sqrt(float(over.var(ddof=1)) / m + float(under.var(ddof=1)) / k)
    half = normal_quantile(two_sided(level)) * error / (area * (1 - area))
    centre = log(area / (1 - area))
    low, high = (1 / (1 + exp(-(centre + step))) for step in (-half, half))
    return Estimate(area, low, high, n, float(n), method, level)


def _midranks(values: FloatArray) -> FloatArray:
    _, where, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    middle: FloatArray = (last - (count - 1) / 2).astype(np.float64)
    return middle[where]
