"""Charts of counts: c, u and Laney's u'."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, divide
from .charts import Chart, Lines, assemble, counts_of, moving_range_sigma, of_baseline
from .phases import EVERYTHING, Phases


def u_chart(
    counts: npt.ArrayLike,
    size: npt.ArrayLike,
    *,
    spread: Literal["poisson", "laney"] = "poisson",
    phases: Phases = EVERYTHING,
    width: float = 3.0,
) -> Chart:
    """A chart of counts per unit of size (errors per 1,000 words, complaints per day): time last.

    Centre u = sum x / sum size of the baseline, limits u -+ `width` sqrt(u/size), not below 0. Assumes counts Poisson;
    `laney` multiplies by sigma_z, the mean moving range of the z scores / d2, where points vary more (or less) than that.
    Points of size 0 or nan are skipped. Raises BadRows for a negative count or size.

    >>> chart = u_chart([10, 12, 8, 14, 10, 16, 11, 7, 10, 15], [5] * 10)
    >>> round(float(chart.centre[0]), 3), round(float(chart.upper[0]), 3)
    (2.26, 4.277)

    Reference: Montgomery, section 7.4; Laney (2002) Quality Engineering 14.
    """
    x, n = counts_of(counts, size, names=("counts", "size"))
    if spread not in ("poisson", "laney"):
        raise ValueError(f"unknown spread {spread!r}")

    def draw(cut: slice, used: BoolArray) -> Lines:
        above, below = x[..., cut], n[..., cut]
        hits, all_ = (of_baseline(each, used).sum(axis=-1, keepdims=True) for each in (above, below))
        centre, value = divide(hits, all_), divide(above, below)
        # As with shares: a baseline without a count has no width of its own.
        error = np.sqrt(np.where(hits > 0, centre, divide(0.5, all_)) * divide(1.0, below))
        z = divide(value - centre, error)
        factor = np.ones_like(centre)
        if spread == "laney":
            factor = moving_range_sigma(of_baseline(z, used), screened=False)
            error, z = error * factor, divide(z, factor)
        seen = (of_baseline(below, used) > 0).sum(axis=-1, keepdims=True)
        freedom = np.maximum(0.62 * (seen - 1), 1.0) if spread == "laney" else np.full(centre.shape, np.inf)
        return Lines(
            value, centre, np.maximum(centre - width * error, 0.0), centre + width * error, z, factor, freedom,
            divide(1.0, seen),
        )  # fmt: skip

    kind = "laney_u" if spread == "laney" else "u"
    return assemble(draw, kind=kind, method=f"u_{spread}", shape=x.shape, phases=phases)


def c_chart(counts: npt.ArrayLike, *, phases: Phases = EVERYTHING, width: float = 3.0) -> Chart:
    """A chart of counts where every point has the same size: c -+ `width` sqrt(c), not below 0. Assumes Poisson counts.

    nan is a point without data.

    >>> chart = c_chart([21, 24, 16, 12, 15, 5, 28, 20, 31, 25])
    >>> round(float(chart.centre[0]), 2), chart.flagged
    (19.7, (5,))

    Reference: Montgomery, Introduction to Statistical Quality Control, section 7.4.
    """
    x = np.asarray(counts, dtype=np.float64)
    chart = u_chart(x, np.ones(x.shape[-1:] if x.ndim else ()), phases=phases, width=width)
    return Chart(**{name: getattr(chart, name) for name in Chart.__slots__} | {"kind": "c", "method": "c_poisson"})
