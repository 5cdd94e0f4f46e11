"""Agreement of scores and ranks: intraclass correlations, Kendall's W and tau."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite, nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, floats, same_length, vector
from .estimate import Estimate
from .quantiles import f_quantile, t_quantile, two_sided
from .rows import refuse_rows


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six intraclass correlations of Shrout and Fleiss.

    `one`: people differ from item to item; `two`: the same people, drawn from many; `three`: these people only. `_mean`
    is the same for the mean of all people's scores instead of one person's.
    """

    one: Estimate
    two: Estimate
    three: Estimate
    one_mean: Estimate
    two_mean: Estimate
    three_mean: Estimate


def intraclass(scores: npt.ArrayLike, *, level: float = 0.95) -> Intraclass:
    """How much of the spread of scores lies between items: ICC(1), (2), (3) and for means of k people (1,k), (2,k), (3,k).

    Assumes scores on an interval scale, normal around item and person effects. `scores` is (items, people), every cell
    filled: with gaps use `krippendorff_alpha(..., scale="interval")`. From mean squares between items R, within items W,
    between people C and residual E: (R - W) / (R + (k-1) W), (R - E) / (R + (k-1) E + k (C - E) / n), (R - E) / (R +
    (k-1) E). F intervals. Unknown with fewer than two items or people, or without any spread.
    Raises BadRows for a row with a gap.

    >>> found = intraclass([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> [round(one.value, 2) for one in (found.one, found.two, found.three)]
    [0.17, 0.29, 0.71]

    Reference: Shrout, Fleiss (1979) Psychological Bulletin 86; McGraw, Wong (1996) Psychological Methods 1.
    """
    x = _table(scores)
    n, k = x.shape
    if n < 2 or k < 2 or np.ptp(x) == 0:
        none = [Estimate.unknown(method=f"icc_{name}", level=level, n=n) for name in _ICC]
        return Intraclass(*none)
    mean = x.mean()
    between = k * float(((x.mean(axis=1) - mean) ** 2).sum())
    people = n * float(((x.mean(axis=0) - mean) ** 2).sum())
    everything = float(((x - mean) ** 2).sum())
    r, w, c = between / (n - 1), (everything - between) / (n * (k - 1)), people / (k - 1)
    e = max(everything - between - people, 0.0) / ((n - 1) * (k - 1))
    tail = two_sided(level)

    def ends(ratio: float, df: float) -> tuple[float, float]:
        """The F interval of the ratio of mean squares, as the ICC of one person's score."""
        if not isfinite(ratio):
            return nan, nan
        low, high = ratio / f_quantile(tail, n - 1, df), ratio * f_quantile(tail, df, n - 1)
        return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)

    two = (r - e) / (r + (k - 1) * e + k * (c - e) / n)
    singles = [
        ((r - w) / (r + (k - 1) * w), ends(r / w if w else nan, n * (k - 1))),
        (two, _ends_of_two(r, c, e, two, n, k, tail)),
        ((r - e) / (r + (k - 1) * e), ends(r / e if e else nan, (n - 1) * (k - 1))),
    ]
    ones = [
        Estimate(v, low, high, n, float(n), f"icc_{name}", level)
        for name, (v, (low, high)) in zip(_ICC, singles, strict=False)
    ]
    means = [
        replace(
            one,
            value=_stepped_up(one.value, k),
            low=_stepped_up(one.low, k),
            high=_stepped_up(one.high, k),
            method=f"{one.method}_mean",
        )
        for one in ones
    ]
    return Intraclass(*ones, *means)


_ICC = ("one", "two", "three", "one_mean", "two_mean", "three_mean")


def _stepped_up(value: float, k: int) -> float:
    """Spearman-Brown: from one person's score to the mean of k."""
    return k * value / (1 + (k - 1) * value)


def _ends_of_two(r: float, c: float, e: float, icc: float, n: int, k: int, tail: float) -> tuple[float, float]:
    if e <= 0:
        return nan, nan
    # Satterthwaite's degrees of freedom for the mixture of people's and residual mean squares.
    mix = n * (1 + (k - 1) * icc) - k * icc
    f = c / e
    above = (k - 1) * (n - 1) * (k * icc * f + mix) ** 2
    df = above / ((n - 1) * (k * icc * f) ** 2 + mix**2)
    high, low = f_quantile(tail, n - 1, df), f_quantile(tail, df, n - 1)
    rest = k * c + (k * n - k - n) * e
    return n * (r - high * e) / (high * rest + n * r), n * (low * r - e) / (rest + n * low * r)


def kendall_w(
    scores: npt.ArrayLike, *, rng: np.random.Generator | None = None, resamples: int = 400, level: float = 0.95
) -> Estimate:
    """Kendall's W: how alike several people order the same items, from 0 (no order in common) to 1.

    Assumes ranks within each person's scores; ties get the mean rank. `scores` is (items, people), every cell filled.
    W = 12 S / (m^2 (n^3 - n) - m T), S the squared spread of the items' rank sums, T the sum of t^3 - t over ties.
    With `rng` the interval is the percentile one of items drawn again; without, unknown. Raises BadRows for a gap.

    >>> round(kendall_w([[1, 1, 2], [2, 3, 1], [3, 2, 3], [4, 4, 4]]).value, 4)
    0.7778

    Reference: Kendall, Babington Smith (1939) Annals of Mathematical Statistics 10.
    """
    x = _table(scores)
    n, m = x.shape
    if n < 2 or m < 2:
        return Estimate.unknown(method="kendall_w", level=level, n=n)
    value = _w(x)
    if rng is None or not isfinite(value):
        return Estimate(value, nan, nan, n, float(n) if isfinite(value) else 0.0, "kendall_w", level)
    again = np.array([_w(x[rng.integers(0, n, n)]) for _ in range(resamples)])
    low, high = np.quantile(again[np.isfinite(again)], [1 - two_sided(level), two_sided(level)])
    return Estimate(value, float(low), float(high), n, float(n), "kendall_w_bootstrap", level)


def _w(x: FloatArray) -> float:
    n, m = x.shape
    ranks, ties = np.empty_like(x), 0.0
    for j in range(m):
        _, where, count = np.unique(x[:, j], return_inverse=True, return_counts=True)
        ranks[:, j] = (np.cumsum(count) - (count - 1) / 2)[where]
        ties += float((count.astype(float) ** 3 - count).sum())
    sums = ranks.sum(axis=1)
    below = m**2 * (float(n) ** 3 - n) - m * ties
    return float(12 * ((sums - sums.mean()) ** 2).sum() / below) if below > 0 else nan


def kendall_tau(first: npt.ArrayLike, second: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """Kendall's tau-b of two people's ordered answers: concordant less discordant pairs of items, ties taken off.

    Assumes items drawn at random. tau_b = (P - Q) / sqrt((n^2 - sum n_i.^2) (n^2 - sum n_.j^2)), P and Q counted both
    ways. Large-sample standard error (Brown, Benedetti 1977), Student's t, cut to [-1, 1]. Unknown when one person gave
    one answer throughout.

    >>> f"{kendall_tau([1, 2, 3, 4], [1, 3, 2, 4]).value:.4f}"
    '0.6667'

    Reference: Kendall (1945) Biometrika 33; Brown, Benedetti (1977) JASA 72.
    """
    a, b = vector(first, name="first"), vector(second, name="second")
    n = same_length(first=a, second=b)
    _, row = np.unique(a, return_inverse=True)
    _, column = np.unique(b, return_inverse=True)
    table = np.zeros((int(row.max(initial=-1)) + 1, int(column.max(initial=-1)) + 1))
    np.add.at(table, (row, column), 1.0)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    w_rows, w_columns = n**2 - float(rows @ rows), n**2 - float(columns @ columns)
    if w_rows == 0 or w_columns == 0:
        return Estimate.unknown(method="kendall_tau_b", level=level, n=n)
    whole = np.pad(table.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    up_left, total = whole[:-1, :-1], whole[-1, -1]
    up_right, down_left = whole[:-1, -1:] - whole[:-1, 1:], whole[-1:, :-1] - whole[1:, :-1]
    down_right = total - whole[1:, -1:] - whole[-1:, 1:] + whole[1:, 1:]
    net = up_left + down_right - up_right - down_left
    w = sqrt(w_rows * w_columns)
    value = float((table * net).sum()) / w
    lean = rows[:, None] * w_columns + columns[None, :] * w_rows
    squares = float((table * (2 * w * net + value * lean) ** 2).sum()) - n**3 * value**2 * (w_rows + w_columns) ** 2
    error = sqrt(max(squares, 0.0)) / w**2
    if n < 3 or error == 0:
        return Estimate(value, nan, nan, n, float(n), "kendall_tau_b", level)
    half = t_quantile(two_sided(level), df=n - 1) * error
    return Estimate(value, max(value - half, -1.0), min(value + half, 1.0), n, float(n), "kendall_tau_b", level)


def _table(scores: npt.ArrayLike) -> FloatArray:
    x = floats(scores)
    if x.ndim != 2:
        raise ValueError("scores must have a row an item and a column a person")
    refuse_rows(~np.isfinite(x).all(axis=1), "scores must be finite numbers")
    return x
