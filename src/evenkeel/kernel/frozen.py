"""A baseline that stays as it was before the action, and whether what follows has left it for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2

import numpy as np
import numpy.typing as npt

from .arrays import floats, vector
from .criterion import Criterion
from .effects import Diagnostic, Effect
from .interrupted import Family, interrupted_series
from .rows import refuse_rows
from .series_terms import Season

ASSUMES = "Before the action the process was steady, without trend, and nothing else happened then."


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs about a centre line: a shift shows as a longest run above its limit, or as too few crossings."""

    centre: float
    longest: int
    longest_most: int
    crossings: int
    crossings_least: int

    @property
    def has_shifted(self) -> bool:
        """Whether chance alone would rarely make such runs."""
        return self.longest > self.longest_most or self.crossings < self.crossings_least


def frozen_runs(values: npt.ArrayLike, *, baseline: int) -> Runs:
    """Runs of a series about the median of its first `baseline` points (Anhoej's rules).

    Points on the median do not count; n is how many remain. Limits: longest run round(log2 n) + 3, crossings the 5 % quantile
    of binomial(n - 1, 1/2). Assumes steady, independent values before. Raises ValueError for an empty baseline.

    >>> frozen_runs([5, 7, 6, 4, 5, 6, 2, 1, 2, 3, 2, 1], baseline=6)
    Runs(centre=5.5, longest=6, longest_most=7, crossings=4, crossings_least=3)

    Reference: Anhoej, Olesen (2014) PLoS ONE 9(11) e113825; Schilling (2012) Mathematics Magazine 85.
    """
    from scipy.special import bdtr

    y = vector(values, name="values")
    if not 0 < baseline <= len(y):
        raise ValueError(f"baseline must lie in 1 to {len(y)}, not {baseline}")
    centre = float(np.median(y[:baseline]))
    side = np.sign(y - centre)[y != centre]
    if not side.size:
        return Runs(centre, 0, 0, 0, 0)
    edges = np.flatnonzero(np.diff(side)) + 1
    runs = np.diff(np.concatenate([[0], edges, [len(side)]]))
    n = len(side)
    least = int(np.argmax(bdtr(np.arange(n), n - 1, 0.5) >= 0.05)) if n > 1 else 0
    return Runs(centre, int(runs.max()), round(log2(n)) + 3, len(edges), least)


def frozen_baseline(
    values: npt.ArrayLike,
    time: npt.ArrayLike,
    *,
    start: float,
    size: npt.ArrayLike | None = None,
    family: Family = "auto",
    seasons: Sequence[Season] = (),
    wait: float = 0.0,
    criterion: str | Criterion | None = None,
    level: float = 0.95,
) -> Effect:
    """Before against after, with the baseline frozen at `start`: the level of `interrupted_series` without a trend.

    The verdict is effective only when runs about the frozen median show a lasting shift as well: one very good month is not
    a new level. Settings as there.

    >>> found = frozen_baseline([9, 8, 10, 9, 8, 9, 10, 9, 4, 5, 3, 4, 5, 4, 4, 3], range(16), start=8)
    >>> round(found.ratio.value, 2), found.diagnostic("longest_run").value
    (0.44, 8)

    Reference: Anhoej, Olesen (2014) PLoS ONE 9(11) e113825; Wheeler (2000) Understanding Variation (frozen limits).
    """
    found = interrupted_series(
        values, time, start=start, size=size, family=family, trend=False, seasons=seasons, wait=wait,
        criterion=criterion, level=level, design="freeze",
    )  # fmt: skip
    y, t = floats(values), vector(time, name="time")
    rate = y if size is None else np.divide(y, floats(size), out=np.full(len(y), np.nan), where=floats(size) > 0)
    refuse_rows(np.isinf(rate), "values must be finite or nan")
    order = np.argsort(t, kind="stable")
    kept = order[~np.isnan(rate[order]) & ~((t[order] >= start) & (t[order] < start + wait))]
    before = int((t[kept] < start).sum())
    if not before:
        return replace(found, assumes=ASSUMES)
    runs = frozen_runs(rate[kept], baseline=before)
    looks = (
        Diagnostic(
            "longest_run", runs.longest, runs.has_shifted,
            f"Longest run on one side of the frozen median {runs.centre:.4g}: {runs.longest}, "
            f"{runs.longest_most} by chance.",
        ),
        Diagnostic(
            "crossings", runs.crossings, runs.has_shifted,
            f"It is crossed {runs.crossings} times, at least {runs.crossings_least} by chance.",
        ),
    )  # fmt: skip
    found = replace(found, assumes=ASSUMES, diagnostics=(*looks, *found.diagnostics))
    if found.verdict == "effective" and not runs.has_shifted:
        because = "The means differ enough, but the runs do not show a lasting shift yet."
        return replace(found, verdict="cannot_tell", because=because)
    return found
