"""Two figures that study metrics share: a share whose labels stand or fall together, and the error behind an interval."""

from __future__ import annotations

from math import sqrt
from typing import Any

from evenkeel.kernel import Estimate, WeightedParts


def ratio_by_item(hits: Any, n: Any) -> Estimate:
    """A share of labels, where labels on one item stand or fall together: items are the sample, not labels.

    R = sum a_i / sum m_i over items with a_i of m_i labels right; V = sum (a_i - R m_i)^2 / (sum m_i)^2; the interval is
    Wilson's on R (1 - R) / V, the number of independent labels that would be as uncertain, never more than the labels.
    """
    import numpy as np

    from evenkeel.kernel import proportion

    right, size = np.asarray(hits, dtype=float), np.asarray(n, dtype=float)
    right, size = right[size > 0], size[size > 0]
    method, rows = "ratio_by_item_wilson", round(float(size.sum()))
    if not rows:
        return Estimate.unknown(method=method)
    parts = WeightedParts.of(right / size, weights=size)
    share, k = parts.ratio, parts.n
    spread = share * (1 - share)
    variance = parts.variance * k / (k - 1) if k > 1 else 0.0
    # All items alike leaves nothing to learn the variance from: then items count, one each.
    effective = min(spread / variance, float(rows)) if variance > 0 and spread > 0 else float(k)
    found = proportion(share * effective, effective, rows=rows)
    return Estimate(found.value, found.low, found.high, rows, effective, method, found.level)


def standard_error(estimate: Estimate) -> float | None:
    """The standard error behind a symmetric interval of Student's t on n - 1; None where there is no such interval."""
    from evenkeel.kernel import t_quantile, two_sided

    if not estimate.has_interval or estimate.n < 2 or "wilson" in estimate.method:
        return None
    half = max(estimate.high - estimate.value, estimate.value - estimate.low)
    error = half / t_quantile(two_sided(estimate.level), df=estimate.n - 1)
    return error if error < sqrt(estimate.n) else None
