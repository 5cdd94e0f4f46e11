"""Charts of shares: p and np, Laney's p', and the default, a beta-binomial chart with predictive limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, floats
from .charts import Chart, Lines, assemble, counts_of, moving_range_sigma, of_baseline
from .phases import EVERYTHING, Phases
from .rows import refuse_rows
from .seasons import season_multipliers
from .skewed import share_at, share_score

Spread = Literal["beta_binomial", "laney", "binomial"]

# Points that vary less than chance are believed down to this factor of the variance, and only from so many degrees of
# freedom on: fewer points look too even too often.
_LEAST_SPREAD = 0.5
_ENOUGH_FREEDOM = 10.0
# A baseline almost without errors would have no freedom left, and nothing would ever be an alarm.
_MOST_SKEWNESS = 2.0


def p_chart(
    hits: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    spread: Spread = "beta_binomial",
    phases: Phases = EVERYTHING,
    season: npt.ArrayLike | None = None,
    width: float = 3.0,
) -> Chart:
    """A chart of shares, point after point in time; `hits` and `n` have time last and may be effective sizes.

    With p the pooled share of the baseline, a point's standard error is sqrt(p(1-p)/n) times

    - `beta_binomial` (default): sqrt(1 + (n-1) rho), rho by the method of moments. Assumes points vary around p.
    - `laney`: mean moving range of the plain z scores / d2, not cut off at 1. Assumes one factor for small and large points.
    - `binomial`: 1. Assumes pure chance; for small single series only.

    The last two keep the textbook's p -+ `width` standard errors, cut to [0, 1]. The default's limits are predictive: they
    allow for skewness (a gamma of the beta-binomial's third moment), for the uncertainty of p (variance of a new point
    1 + `unsure`) and for that of the spread (Student's t with `freedom` = 2(m-1)/(2 + excess kurtosis)), so that a point in
    control lies beyond with the probability of a normal value beyond `width`, however short the baseline. `season` (codes
    of the points, such as weekdays; default chart only) lets p differ by code: see `season_multipliers`.
    Points without data (n = 0 or nan) are skipped. Raises BadRows unless 0 <= hits <= n.

    >>> chart = p_chart([5, 6, 4, 5, 6, 5, 4, 30], [100] * 8, phases=Phases(freeze=7))
    >>> chart.flagged, round(float(chart.centre[0]), 3)
    ((7,), 0.05)

    Reference: Laney (2002) Quality Engineering 14; Kleinman (1973) JASA 68; Montgomery, section 7.3.
    """
    x, size = counts_of(hits, n, names=("hits", "n"))
    refuse_rows((x > size * (1 + 1e-12)).any(axis=tuple(range(x.ndim - 1))), "hits must lie between 0 and n")
    if spread not in ("beta_binomial", "laney", "binomial"):
        raise ValueError(f"unknown spread {spread!r}")
    if season is not None and spread != "beta_binomial":
        raise ValueError("season needs the beta_binomial spread")
    codes = None if season is None else np.asarray(season)

    def draw(cut: slice, used: BoolArray) -> Lines:
        if spread == "beta_binomial":
            return _predictive(x[..., cut], size[..., cut], used, None if codes is None else codes[cut], width)
        return _textbook(x[..., cut], size[..., cut], used, spread == "laney", width)

    kind = {"beta_binomial": "p", "laney": "laney_p", "binomial": "plain_p"}[spread]
    return assemble(draw, kind=kind, method=f"p_{spread}", shape=x.shape, phases=phases)


def np_chart(
    hits: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    spread: Spread = "binomial",
    phases: Phases = EVERYTHING,
    width: float = 3.0,
) -> Chart:
    """The number of hits among `n` instead of their share: n times a p chart, so its limits move where n does.

    Assumes what the p chart of this `spread` does; the textbook's chart is the binomial one at constant n.

    >>> chart = np_chart([4, 6, 5, 5], [50, 50, 50, 50])
    >>> float(chart.centre[0]), round(float(chart.upper[0]), 4)
    (5.0, 11.364)

    Reference: Montgomery, Introduction to Statistical Quality Control, section 7.3.
    """
    chart = p_chart(hits, n, spread=spread, phases=phases, width=width)
    size = np.where(np.isnan(chart.value), np.nan, floats(n))
    lines = {name: getattr(chart, name) * size for name in ("value", "centre", "lower", "upper")}
    return replace(chart, kind="np", method=f"n{chart.method}", **lines)


def _pooled(x: FloatArray, n: FloatArray, used: BoolArray) -> tuple[FloatArray, FloatArray]:
    """The baseline's share, and one strictly between 0 and 1 to take variances at."""
    hits, all_ = (of_baseline(each, used).sum(axis=-1, keepdims=True) for each in (x, n))
    centre = divide(hits, all_)
    # A baseline without a single hit would have limits of width 0, and the first hit would be an alarm.
    inside = np.where((hits > 0) & (hits < all_), centre, (hits + 0.5) / (all_ + 1))
    return centre, np.where(all_ > 0, inside, np.nan)


def _textbook(x: FloatArray, n: FloatArray, used: BoolArray, is_laney: bool, width: float) -> Lines:
    centre, inside = _pooled(x, n, used)
    value = divide(x, n)
    error = np.sqrt(inside * (1 - inside) * divide(1.0, n))
    z = divide(value - centre, error)
    spread = np.ones_like(centre)
    if is_laney:
        spread = moving_range_sigma(of_baseline(z, used), screened=False)
        error, z = error * spread, divide(z, spread)
    reach = width * error
    seen = (of_baseline(n, used) > 0).sum(axis=-1, keepdims=True)
    return Lines(
        value=value,
        centre=centre,
        lower=np.maximum(centre - reach, 0.0),
        upper=np.minimum(centre + reach, 1.0),
        z=z,
        spread=spread,
        # Neighbouring ranges share a value, so m - 1 of them are worth about 0.62 (m - 1) squares.
        freedom=np.maximum(0.62 * (seen - 1), 1.0) if is_laney else np.full(centre.shape, np.inf),
        unsure=divide(1.0, seen),
    )


def _predictive(x: FloatArray, n: FloatArray, used: BoolArray, codes: npt.NDArray[np.generic] | None,
                width: float) -> Lines:  # fmt: skip
    from scipy.special import ndtr, stdtrit

    centre, inside = _pooled(x, n, used)
    taken: FloatArray | float = 0.0
    if codes is not None:
        factor, taken = season_multipliers(x, n, codes, used, inside)
        is_rare = inside <= 0.5
        inside = np.clip(np.where(is_rare, inside * factor, 1 - (1 - inside) * factor), 1e-9, 1 - 1e-9)
        centre = inside
    value, chance = divide(x, n), inside * (1 - inside)
    share, size = np.broadcast_to(inside, x.shape), of_baseline(n, used)
    base = of_baseline(share, used)
    rho, even, count = _dispersion(of_baseline(x, used), size, base, taken)
    inflation = np.where(rho > 0, 1 + np.maximum(n - 1, 0) * rho, even)
    spent = of_baseline(inflation * n, used).sum(axis=-1, keepdims=True)
    total = size.sum(axis=-1, keepdims=True)
    unsure = divide(divide(spent, total**2) * n, inflation, empty=0.0)
    # A season's own error differs from code to code: it widens each point, where that of the centre moves all alike.
    inflation = inflation * (1 + unsure * taken)
    there = n > 0
    some = np.where(there, n, 1.0)
    z = np.where(there, share_score(np.where(there, value, inside), inside, some, inflation), np.nan)
    skewness = (1 - 2 * inside) * (1 + (2 * some - 1) * rho) / ((1 + rho) * np.sqrt(some * chance * inflation))
    # A skewed point says less about the spread: its square varies more. A gamma's excess kurtosis is 1.5 g^2.
    tails = divide((of_baseline(skewness, used) ** 2 * (size > 0)).sum(axis=-1, keepdims=True), count)
    tails = np.minimum(tails, _MOST_SKEWNESS**2)
    freedom = np.maximum(divide(count - 1 - taken, 1 + 0.375 * tails, empty=1.0), 1.0)
    reach = -stdtrit(freedom, ndtr(-width)) * np.sqrt(1 + unsure)
    lower, upper = (np.where(there, share_at(side * reach, inside, some, inflation), np.nan) for side in (-1, 1))
    return Lines(value, centre, lower, upper, z, rho, freedom, unsure)


def _dispersion(
    x: FloatArray, n: FloatArray, share: FloatArray, taken: FloatArray | float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Intra-class correlation, factor of the variance where points vary less than chance, and the number of points.

    Pearson's X2 = sum n (r-p)^2 / p(1-p) has the mean sum (1 - n/N) (1 + (n-1) rho).
    """
    squares = divide((x - n * share) ** 2, n * share * (1 - share), empty=0.0).sum(axis=-1, keepdims=True)
    total = n.sum(axis=-1, keepdims=True)
    there = n > 0
    count = floats(there.sum(axis=-1, keepdims=True))
    loss = np.where(there, 1 - divide(n, total, empty=1.0), 0.0)
    # Seasons fitted to the same points take their share of the freedom.
    left = divide(count - 1 - taken, count - 1, empty=0.0)
    expected = loss.sum(axis=-1, keepdims=True) * left
    room = (loss * np.maximum(n - 1, 0)).sum(axis=-1, keepdims=True) * left
    rho = np.clip(divide(squares - expected, room, empty=0.0), 0.0, 1.0)
    even = np.clip(divide(squares, expected, empty=1.0), _LEAST_SPREAD, 1.0)
    return rho, np.where(expected >= _ENOUGH_FREEDOM, even, 1.0), count
