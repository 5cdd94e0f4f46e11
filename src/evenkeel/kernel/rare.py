"""Rare violations: what no find proves, and recall when misses hide in a sea of unflagged items."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log, nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, same_length, vector
from .estimate import Estimate
from .proportions import clopper_pearson
from .quantiles import beta_quantile, normal_quantile, two_sided
from .rows import refuse_rows

# Below so many expected finds outside the flag no interval is honest (simulated: coverage falls under .85).
FEW_MISSES = 20.0


def upper_bound(hits: float, n: float, *, level: float = 0.95) -> float:
    """The one-sided exact upper bound of a share: with 0 of n it is 1 - (1 - level)^(1/n), about 3/n at 95 %.

    >>> f"{upper_bound(0, 1000):.10f}"
    '0.0029912495'

    Reference: Clopper, Pearson (1934) Biometrika 26; Hanley, Lippman-Hand (1983) JAMA 249.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    if not 0 <= hits <= n:
        raise ValueError("hits must lie between 0 and n")
    return 1.0 if hits == n else float(beta_quantile(level, hits + 1, n - hits))


def labels_for_zero(rate: float, *, level: float = 0.95) -> int:
    """How many labels without a find prove, at `level`, that the share is below `rate`: ln(1 - level) / ln(1 - rate).

    >>> labels_for_zero(0.001)
    2995

    Reference: Hanley, Lippman-Hand (1983) JAMA 249.
    """
    if not 0 < rate < 1 or not 0 < level < 1:
        raise ValueError("rate and level must lie between 0 and 1")
    return ceil(log(1 - level) / log(1 - rate) - 1e-12)


@dataclass(frozen=True, slots=True)
class Recall:
    """Recall of a flag, or why it cannot be known.

    `estimate` is unknown when too few misses were found for an honest interval (`is_known`); `at_least`, a lower bound at
    `level`, holds always. `labels_needed`: labels outside the flag, drawn as these were, that would find enough.
    """

    estimate: Estimate
    at_least: float
    found: int
    missed: float
    labels_needed: int
    is_known: bool

    @property
    def sentence(self) -> str:
        """What may be said."""
        if self.is_known:
            found = self.estimate
            return f"Recall {found.value:.3f} ({found.low:.3f} to {found.high:.3f})."
        return (
            f"Recall cannot be known from {self.estimate.n} labels: it is at least {self.at_least:.3f}. "
            f"About {self.labels_needed} labels outside the flag would tell."
        )


def recall_by_strata(
    sizes: npt.ArrayLike,
    n: npt.ArrayLike,
    hits: npt.ArrayLike,
    *,
    flagged: npt.ArrayLike,
    level: float = 0.95,
    few: float = FEW_MISSES,
) -> Recall:
    """Recall = violations flagged / all violations, from labels drawn at random within strata of a score.

    `sizes`: items by stratum; `n`, `hits`: labelled, and violations among them; `flagged`: strata on the flag's side (a
    stratum lies on one side). T = sum N_h p_h on each side; logit interval from Var T = sum N_h^2 (1-f) p(1-p)/(n-1).

    Where outside the flag fewer than `few` violations were found and any item is left unlabelled, there is no estimate,
    only the lower bound: T_flagged at its lower exact end, misses at their upper exact end (Bonferroni over strata and
    both sides, level kept). Half flagged and half unflagged labels say 24 to 32 points too much there. Raises ValueError
    for counts that cannot be.

    >>> found = recall_by_strata([198_000, 2_000], [1000, 2000], [0, 121], flagged=[False, True])
    >>> found.is_known, round(found.at_least, 4)
    (False, 0.1696)
    >>> found.sentence[:49]
    'Recall cannot be known from 3000 labels: it is at'

    Reference: Cochran (1977) Sampling Techniques, section 5.11; Hanley, Lippman-Hand (1983) JAMA 249.
    """
    size, m, x = vector(sizes, name="sizes"), vector(n, name="n"), vector(hits, name="hits")
    flag = np.asarray(flagged, dtype=bool)
    same_length(sizes=size, n=m, hits=x, flagged=flag)
    refuse_rows((m < 0) | (m > size), "n must lie between 0 and the stratum's size")
    refuse_rows((x < 0) | (x > m), "hits must lie between 0 and n")
    labels = int(m.sum())
    rate = np.divide(x, m, out=np.zeros(len(m)), where=m > 0)
    inside, outside = float((size * rate)[flag].sum()), float((size * rate)[~flag].sum())
    at_least = _at_least(size, m, x, flag, level)
    seen = float(x[~flag].sum())
    unseen = bool((m < size)[~flag].any())
    blind = bool(((m == 0) & (size > 0)).any())
    known = not blind and inside + outside > 0 and (seen >= few or not unseen)
    needed = _labels_needed(size, m, x, flag, few)
    if not known:
        estimate = Estimate(nan, nan, nan, labels, 0.0, "recall_strata_logit", level)
        return Recall(estimate, at_least, int(x.sum()), outside, needed, False)
    variance = size**2 * np.maximum(1 - m / np.maximum(size, 1), 0) * rate * (1 - rate) / np.maximum(m - 1, 1)
    total = inside + outside
    value = inside / total
    # Linearised: flagged violations pull recall up by (1-R)/T each, missed ones down by R/T.
    error = sqrt(float((variance * np.where(flag, 1 - value, value) ** 2).sum())) / total
    return Recall(_logit(value, error, labels, level), at_least, int(x.sum()), outside, 0, True)


def _logit(value: float, error: float, n: int, level: float) -> Estimate:
    spread = value * (1 - value)
    if spread <= 0 or error == 0:
        return Estimate(value, value, value, n, float(n), "recall_strata_logit", level)
    centre, half = log(value / (1 - value)), normal_quantile(two_sided(level)) * error / spread
    low, high = (1 / (1 + float(np.exp(-(centre + side * half)))) for side in (-1, 1))
    return Estimate(value, low, high, n, spread / error**2, "recall_strata_logit", level)


def _at_least(size: FloatArray, m: FloatArray, x: FloatArray, flag: BoolArray, level: float) -> float:
    """Every stratum that was not labelled whole takes an equal part of the risk."""
    open_ = m < size
    risk = (1 - level) / max(int(open_.sum()), 1)
    low, high = x.copy(), x.copy()
    for h in np.flatnonzero(open_):
        if flag[h]:
            # Two-sided at 1 - 2 risk has a lower tail of risk; what was seen is certain.
            ends = clopper_pearson(x[h], m[h], level=1 - 2 * risk) if m[h] else None
            low[h] = max(size[h] * ends.low, x[h]) if ends else 0.0
        else:
            high[h] = max(size[h] * upper_bound(x[h], m[h], level=1 - risk), x[h]) if m[h] else size[h]
    certain, missed = float(low[flag].sum()), float(high[~flag].sum())
    return certain / (certain + missed) if certain > 0 else 0.0


def _labels_needed(size: FloatArray, m: FloatArray, x: FloatArray, flag: BoolArray, few: float) -> int:
    """At the rate of finds so far (half a find where there was none), capped at labelling everything."""
    seen, drawn, whole = float(x[~flag].sum()), float(m[~flag].sum()), float(size[~flag].sum())
    if drawn == 0:
        return int(whole)
    return int(min(ceil(few * drawn / max(seen, 0.5)), whole))
