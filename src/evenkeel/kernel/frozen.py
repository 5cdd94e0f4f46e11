"""A baseline that stays as it was before the action, and whether what follows has left it for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .arrays import floats, vector
from .criterion import Criterion
from .effects import Diagnostic, Effect
from .interrupted import Family, interrupted_series
from .phases import Phases
from .rows import refuse_rows
from .runs_around import run_chart, runs
from .series_terms import Season

ASSUMES = "Before the action the process was steady, without trend, and nothing else happened then."


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
    chart = run_chart(rate[kept], phases=Phases(freeze=before))
    around = runs(chart)
    centre, shifted = float(chart.centre[0]), bool(around.is_shift)
    longest, crossings = int(around.longest), int(around.crossings)
    looks = (
        Diagnostic(
            "longest_run", longest, shifted,
            f"Longest run on one side of the frozen median {centre:.4g}: {longest}, {int(around.most_run)} by chance.",
        ),
        Diagnostic(
            "crossings", crossings, shifted,
            f"It is crossed {crossings} times, at least {int(around.least_crossings)} by chance.",
        ),
    )  # fmt: skip
    found = replace(found, assumes=ASSUMES, diagnostics=(*looks, *found.diagnostics))
    if found.verdict == "effective" and not shifted:
        because = "The means differ enough, but the runs do not show a lasting shift yet."
        return replace(found, verdict="cannot_tell", because=because)
    return found
