"""Nelson's eight rules and the Western Electric rules, as annotation of scores: what kind of pattern a point completes.

All eight together raise a false alarm every 72 points, so they explain what was noticed; they do not raise alarms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray
from .charts import series_of

RULES: dict[int, str] = {
    1: "beyond 3 sigma",
    2: "9 in a row on one side",
    3: "6 in a row rising or falling",
    4: "14 in a row alternating",
    5: "2 of 3 beyond 2 sigma on one side",
    6: "4 of 5 beyond 1 sigma on one side",
    7: "15 in a row within 1 sigma",
    8: "8 in a row beyond 1 sigma",
}
WESTERN_ELECTRIC = (1, 2, 5, 6)


def run_rules(
    z: npt.ArrayLike,
    *,
    rules: Sequence[int] = tuple(RULES),
    one_side: int = 9,
    is_both_sided: bool = False,
) -> BoolArray:
    """Which points complete or continue a pattern: an array rules x the shape of `z`, time last.

    Assumes `z` standardised. Ids are Nelson's; the Western Electric rules are 1, 2, 5 and 6 with `one_side` = 8. Rules 5 and
    6 flag a point only when it lies beyond the zone itself. `is_both_sided`: rule 8 wants points on both sides (as qcc
    does; Minitab does not). A nan ends every pattern. In control, rule 1 alarms every 370 points, Western Electric's four
    every 92, all eight every 72. Raises ValueError for an unknown rule.

    >>> z = [0.1, 0.4, 0.2, 0.6, 0.3, 0.2, 0.5, 0.1, 0.3, 3.4]
    >>> found = run_rules(z, rules=(1, 2))
    >>> [np.flatnonzero(row).tolist() for row in found]
    [[9], [8, 9]]

    Reference: Nelson (1984) J. Quality Technology 16; Western Electric (1956) Statistical Quality Control Handbook;
    Champ, Woodall (1987) Technometrics 29.
    """
    scores = series_of(z, name="z")
    if not set(rules) <= set(RULES):
        raise ValueError(f"unknown rule among {sorted(rules)}; rules are 1 to 8")
    if one_side < 2:
        raise ValueError("one_side must be 2 or more")
    # Time first: a shift in time is then a slice of whole rows.
    along = np.ascontiguousarray(np.moveaxis(scores, -1, 0))
    out = np.empty((len(rules), *along.shape), dtype=bool)
    sides = (along > 0, along < 0)
    tests = {
        1: lambda: np.abs(along) > 3,
        2: lambda: _either(_row_of(side, one_side) for side in sides),
        3: lambda: _either(_row_of(side, 5) for side in _directions(along)),
        4: lambda: _alternating(along),
        5: lambda: _either(_some_of(side, 2, 3) for side in (along > 2, along < -2)),
        6: lambda: _either(_some_of(side, 4, 5) for side in (along > 1, along < -1)),
        7: lambda: _row_of(np.abs(along) < 1, 15),
        8: lambda: _outside(along, is_both_sided),
    }
    for place, rule in enumerate(rules):
        out[place] = tests[rule]()
    found: BoolArray = np.moveaxis(out, 1, -1)
    return found


def _either(parts: Iterable[BoolArray]) -> BoolArray:
    first, second = parts
    return first | second


def _row_of(there: BoolArray, length: int) -> BoolArray:
    """Whether a point and the `length` - 1 before it are all there; by doubling, so 9 cost four steps."""
    found, reached = there, 1
    while reached < length:
        step = min(reached, length - reached)
        later = np.zeros_like(found)
        later[step:] = found[step:] & found[:-step]
        found, reached = later, reached + step
    return found


def _some_of(there: BoolArray, wanted: int, window: int) -> BoolArray:
    """A point that is there, as are at least `wanted` of the `window` that end with it."""
    count = np.zeros(there.shape, dtype=np.int8)
    for back in range(min(window, len(there))):
        count[back:] += there[: len(there) - back].view(np.int8)
    return there & (count >= wanted)


def _directions(along: npt.NDArray[np.float64]) -> tuple[BoolArray, BoolArray]:
    up, down = np.zeros(along.shape, dtype=bool), np.zeros(along.shape, dtype=bool)
    up[1:] = along[1:] > along[:-1]
    down[1:] = along[1:] < along[:-1]
    return up, down


def _alternating(along: npt.NDArray[np.float64]) -> BoolArray:
    up, down = _directions(along)
    turned = np.zeros(along.shape, dtype=bool)
    turned[1:] = (up[1:] & down[:-1]) | (down[1:] & up[:-1])
    return _row_of(turned, 12)


def _outside(along: npt.NDArray[np.float64], is_both_sided: bool) -> BoolArray:
    found = _row_of(np.abs(along) > 1, 8)
    if not is_both_sided:
        return found
    return found & ~_row_of(along > 1, 8) & ~_row_of(along < -1, 8)
