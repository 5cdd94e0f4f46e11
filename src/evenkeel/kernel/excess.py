"""More than is tolerated: one-sided chances, many people at once, that somebody's figure lies beyond a bound by luck.

Not whether a figure is above the others', but whether it is above a bound that ordinary differences between people stay below.
The chance is that of a result as far out for somebody exactly at the bound, and smaller for everybody within it: so it is a
p-value for all who are ordinary, whoever they are, and a share `a` of chances lies below `a` at the very most.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, floats

# Fewer repetitions than these say nothing about how much somebody's days differ.
FEWEST_REPEATS = 5


def mean_excess(
    people: npt.ArrayLike, values: npt.ArrayLike, *, n_people: int, fewest: int = FEWEST_REPEATS
) -> FloatArray:
    """The chance, for each person, of a mean as far above 0 as that of her repeated values; nan with fewer than `fewest`.

    `values` are already less the bound, one a person and repetition (a day); `people` are running numbers from 0. Student's t
    with one degree of freedom less than there are repetitions, so that whatever makes a person's days differ is allowed for.
    Assumes repetitions independent and about symmetric; a long tail towards 0 makes it cautious. Values that do not vary at
    all count as if they varied in their last digit.

    >>> [f"{chance:.4f}" for chance in mean_excess([0] * 5 + [1] * 5, [1, 2, 3, 2, 2, -1, 1, 0, 1, -1], n_people=2)]
    ['0.0016', '0.5000']

    Reference: Student (1908) Biometrika 6.
    """
    from scipy.special import stdtr

    who, y = np.asarray(people, dtype=np.int64), floats(values)
    n = np.bincount(who, minlength=n_people).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(who, weights=y, minlength=n_people) / n
        spread = np.bincount(who, weights=(y - mean[who]) ** 2, minlength=n_people) / (n - 1)
        error = np.sqrt(np.maximum(spread, 1e-24) / n)
        found = 1 - stdtr(np.maximum(n - 1, 1), mean / error)
    return floats(np.where(n >= max(fewest, 2), found, np.nan))


def count_excess(seen: npt.ArrayLike, expected: npt.ArrayLike, *, below: bool = False) -> FloatArray:
    """The chance of a count as large as `seen` (as small, with `below`) when `expected` are expected at the bound; nan without.

    Poisson. A sum of independent events that are not all rare varies less, so it is cautious there.

    >>> [f"{chance:.4f}" for chance in count_excess([5, 0], [1.0, 1.0])], f"{count_excess([0], [8.0], below=True)[0]:.5f}"
    (['0.0037', '1.0000'], '0.00034')

    Reference: Hodges, Le Cam (1960) Annals of Mathematical Statistics 31 (sums of unlike events).
    """
    from scipy.special import pdtr, pdtrc

    x, mean = floats(seen), floats(expected)
    with np.errstate(invalid="ignore"):
        found = pdtr(x, mean) if below else np.where(x <= 0, 1.0, pdtrc(np.maximum(x - 1, 0), mean))
    return floats(np.where(mean > 0, found, np.nan))


def odds_excess(
    hits: npt.ArrayLike,
    n: npt.ArrayLike,
    other_hits: npt.ArrayLike,
    other_n: npt.ArrayLike,
    *,
    odds: npt.ArrayLike = 1.0,
) -> FloatArray:
    """The chance of so many hits among the first sort of cases when its odds are `odds` times those of the other sort.

    One two-by-two table a person: `hits` of `n`, and `other_hits` of `other_n`. Given the table's margins the first count is
    Fisher's noncentral hypergeometric; exact, so cautious in small tables; nan where one sort is empty or `odds` is nan.

    >>> [f"{chance:.4f}" for chance in odds_excess([9, 9], [10, 10], [5, 5], [10, 10])]
    ['0.0704', '0.0704']
    >>> f"{odds_excess([9], [10], [5], [10], odds=3.0)[0]:.2f}"
    '0.38'

    Reference: Fisher (1935) J. Royal Statistical Society 98; Fog (2008) Communications in Statistics 37.
    """
    tables = np.broadcast_arrays(*(floats(each) for each in (hits, n, other_hits, other_n, odds)))
    found = np.full(tables[0].shape, np.nan)
    for place in np.ndindex(found.shape):
        ratio = float(tables[4][place])
        x, m, y, k = (int(each[place]) for each in tables[:4])
        if m > 0 and k > 0 and ratio > 0:
            found[place] = _tail(x, m, y, k, ratio)
    return found


def _tail(x: int, m: int, y: int, k: int, odds: float) -> float:
    """P(X >= x) for X of m with x + y hits among m + k."""
    from scipy.special import gammaln

    total = x + y
    at = np.arange(max(0, total - k), min(m, total) + 1, dtype=np.float64)
    weight = (
        -gammaln(at + 1)
        - gammaln(m - at + 1)
        - gammaln(total - at + 1)
        - gammaln(k - total + at + 1)
        + at * np.log(odds)
    )
    mass = np.exp(weight - weight.max())
    return float(mass[at >= x].sum() / mass.sum())


def others_odds(
    hits: npt.ArrayLike, n: npt.ArrayLike, other_hits: npt.ArrayLike, other_n: npt.ArrayLike, *, cautious: float = 0.5
) -> FloatArray:
    """For each person, the odds ratio that everybody else's two-by-two tables have in common (Mantel, Haenszel).

    Whoever is odd does not pull the usual towards herself. A `cautious` count is added to both sums, so that few tables lean
    towards 1; nan where the others say nothing.

    >>> others_odds([8, 9, 9], [10, 10, 10], [5, 6, 8], [10, 10, 10]).round(2).tolist()
    [2.67, 2.43, 3.31]

    Reference: Mantel, Haenszel (1959) J. National Cancer Institute 22.
    """
    x, m, y, k = (floats(each) for each in (hits, n, other_hits, other_n))
    whole = m + k
    with np.errstate(invalid="ignore", divide="ignore"):
        up = np.where(whole > 0, x * (k - y) / whole, 0.0)
        down = np.where(whole > 0, y * (m - x) / whole, 0.0)
    up, down = up.sum() - up, down.sum() - down
    return floats(np.where(up + down > 1e-9, (up + cautious) / (down + cautious), np.nan))
