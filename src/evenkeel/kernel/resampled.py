"""Krippendorff's alpha on any scale with an interval from resampled items."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import numpy as np
import numpy.typing as npt

from .additive import kinds_of
from .arrays import FloatArray, divide, floats
from .coefficients import krippendorff_alpha
from .estimate import Estimate
from .likeness import Scale, likeness_in
from .quantiles import two_sided


def bootstrap_alpha(
    counts: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    scale: Scale = "nominal",
    values: npt.ArrayLike | None = None,
    resamples: int = 1000,
    level: float = 0.95,
) -> Estimate:
    """As `krippendorff_alpha`, with a percentile interval from items drawn again with replacement.

    Assumes items drawn at random. `counts` is (items, classes). Alpha is a function of the coincidences
    o_kl = sum_i c_ik c_il / (m_i - 1), k and l different labels, which add up over items: a resample is one sum. Ordinal
    distances follow from the class totals and are made anew for each resample, which the linearised error cannot see.
    Resamples in which alpha is not defined are left out. Raises ValueError for fewer than 2 resamples.

    >>> table = [[3, 0, 0], [2, 1, 0], [0, 2, 1], [0, 0, 3]] * 8
    >>> found = bootstrap_alpha(table, np.random.default_rng(1), scale="ordinal", resamples=200)
    >>> f"{found.value:.3f} {found.method}", found.low < found.value < found.high
    ('0.778 krippendorff_alpha_ordinal_bootstrap', True)

    Reference: Krippendorff (2011); Efron (1979) Annals of Statistics 7.
    """
    if resamples < 2:
        raise ValueError("resamples must be 2 or more")
    plain = krippendorff_alpha(counts, scale=scale, values=values, level=level)
    table = floats(counts)
    kinds, times = kinds_of(table[table.sum(axis=1) >= 2])
    low, high = nan, nan
    if plain.is_known and len(kinds):
        drawn = rng.multinomial(int(times.sum()), times / times.sum(), size=resamples)
        again = _alphas(drawn.astype(np.float64), kinds, scale, values)
        again = again[np.isfinite(again)]
        if again.size:
            low, high = np.quantile(again, [1 - two_sided(level), two_sided(level)])
    method = plain.method.removesuffix("_linearised") + "_bootstrap"
    return replace(plain, low=float(low), high=float(high), method=method)


def _alphas(drawn: FloatArray, kinds: FloatArray, scale: Scale, values: npt.ArrayLike | None) -> FloatArray:
    width = kinds.shape[1]
    pairs = kinds[:, :, None] * kinds[:, None, :] / (kinds.sum(axis=1) - 1)[:, None, None]
    coincidences = (drawn @ pairs.reshape(len(kinds), -1)).reshape(-1, width, width)
    totals = drawn @ kinds
    if scale == "ordinal":
        apart = np.stack([1 - likeness_in(scale, each, values) for each in totals])
    else:
        apart = np.broadcast_to(1 - likeness_in(scale, totals[0], values), coincidences.shape)
    labels = totals.sum(axis=1)
    observed = (coincidences * apart).sum(axis=(1, 2)) / labels
    expected = np.einsum("rk,rkl,rl->r", totals, apart, totals) / (labels * (labels - 1))
    return 1 - divide(observed, expected)
