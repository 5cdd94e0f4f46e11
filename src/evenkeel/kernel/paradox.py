"""Why two agreement coefficients tell different stories about the same labels: codes, for a page to put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Literal

Reason = Literal["no_data", "one_class", "below_chance", "prevalence", "skewed_shares", "in_line"]

DOMINANT_SHARE = 0.75
NOTABLE_GAP = 0.1


@dataclass(frozen=True, slots=True)
class WhyTheyDiffer:
    """One reason and the figures that carry it.

    `no_data`: no item has two labels. `one_class`: everybody always gave one class, so chance cannot be told from
    skill. `below_chance`: people agree less than chance; look for swapped labels. `prevalence`: one class dominates, so
    alpha and kappa take most agreement for luck while AC1 does not. `skewed_shares`: the same in a milder form, shares
    are uneven without one dominant class. `in_line`: the coefficients differ by less than `NOTABLE_GAP`.
    """

    reason: Reason
    dominant_class: int
    dominant_share: float
    gap: float
    observed: float
    alpha_chance: float
    ac1_chance: float
    uniform_chance: float


def why_they_differ(
    class_shares: Sequence[float], *, observed: float, alpha: float, ac1: float, dominant_share: float = DOMINANT_SHARE
) -> WhyTheyDiffer:
    """The reason for the gap between alpha (or a kappa) and AC1, from plain values.

    All coefficients see the same observed agreement and differ in what they take for chance: alpha sum_k s_k^2, AC1
    sum_k s_k (1 - s_k) / (q - 1), Brennan-Prediger 1/q, for q classes with shares s_k. When one share nears 1 the first
    nears 1 and the second nears 0.

    >>> why = why_they_differ([0.95, 0.05], observed=0.92, alpha=0.16, ac1=0.91)
    >>> why.reason, why.dominant_class, round(why.alpha_chance, 3), round(why.ac1_chance, 3)
    ('prevalence', 0, 0.905, 0.095)

    Reference: Feinstein, Cicchetti (1990) J. Clinical Epidemiology 43; Gwet (2008) Brit. J. Math. Stat. Psych. 61.
    """
    shares = [float(share) for share in class_shares]
    q = len(shares)
    top = max(range(q), key=shares.__getitem__) if q else -1
    share, gap = (shares[top] if q else nan), ac1 - alpha
    return WhyTheyDiffer(
        reason=_reason(share, observed, alpha, gap, dominant_share),
        dominant_class=top,
        dominant_share=share,
        gap=gap,
        observed=observed,
        alpha_chance=sum(s * s for s in shares) if q else nan,
        ac1_chance=sum(s * (1 - s) for s in shares) / (q - 1) if q > 1 else nan,
        uniform_chance=1 / q if q else nan,
    )


def _reason(share: float, observed: float, alpha: float, gap: float, dominant_share: float) -> Reason:
    if not isfinite(observed) or not isfinite(share):
        return "no_data"
    if share >= 1 or not isfinite(alpha):
        return "one_class"
    if abs(gap) >= NOTABLE_GAP:
        return "prevalence" if share >= dominant_share else "skewed_shares"
    return "below_chance" if alpha < 0 else "in_line"
