"""What a weekday or a holiday does to a share or a value, learned from the baseline and drawn towards nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, divide, floats
from .charts import mean_of, of_baseline, series_of


def season_multipliers(
    hits: FloatArray, n: FloatArray, season: npt.ArrayLike, used: BoolArray, share: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """By how much the rarer answer is more frequent on points of a code, and how many degrees of freedom that takes.

    `season` holds one code a point of time: 0 to 6 for weekdays, 7 for holidays, say. With x_k and E_k the rarer answers
    seen and expected on points of code k in the baseline, the factor is 1 + B_k (x_k/E_k - 1), B_k = tau^2 / (tau^2 + v_k):
    tau^2 is how much codes differ beyond chance (by moments), v_k the variance of x_k/E_k by the scatter within codes. So
    series without a season pay nearly nothing for it. A code that the baseline does not hold has the factor 1.

    >>> hits = np.array([[2.0, 8.0] * 10]); n = np.full((1, 20), 100.0)
    >>> found, taken = season_multipliers(hits, n, [0, 1] * 10, np.ones(20, dtype=bool), np.array([[0.05]]))
    >>> found[0, :2].round(2).tolist(), taken.round(2).tolist()
    ([0.42, 1.58], [[0.97]])

    Reference: Morris (1983) JASA 78 (shrinkage by moments); Montgomery, section 10.4 (charts of residuals).
    """
    codes = _codes(season, hits.shape[-1])
    is_rare = share <= 0.5
    rarer = np.where(is_rare, hits, n - hits)
    expected = n * np.where(is_rare, share, 1 - share)
    kinds = np.unique(codes[used]) if used.any() else np.array([], dtype=np.int64)
    factor = np.ones(hits.shape)
    nothing = np.zeros((*hits.shape[:-1], 1))
    if kinds.size < 2:
        return factor, nothing
    own = [used & (codes == kind) for kind in kinds]
    seen = np.stack([rarer[..., mask].sum(axis=-1) for mask in own], axis=-1)
    due = np.stack([expected[..., mask].sum(axis=-1) for mask in own], axis=-1)
    ratio = divide(seen, due, empty=1.0)
    within = _scatter_within(rarer, expected, ratio, own, share)
    noise = divide(within, due, empty=np.inf)
    belief = _belief(ratio, noise, due)
    for place, kind in enumerate(kinds):
        factor[..., codes == kind] = (1 + belief * (ratio - 1))[..., place : place + 1]
    return factor, (belief.sum(axis=-1, keepdims=True)) * (kinds.size - 1) / kinds.size


def season_offsets(values: npt.ArrayLike, season: npt.ArrayLike, *, used: BoolArray | None = None) -> FloatArray:
    """By how much values of each point's code lie above the baseline's mean, drawn towards 0 as far as luck explains it.

    For charts of values: chart `values - season_offsets(...)`. `values` has time last, nan where nothing was measured;
    `season` one code a point. The offset of code k is B_k (mean_k - mean), B_k as in `season_multipliers`.

    >>> season_offsets([1.0, 5.0] * 8, [0, 1] * 8)[:2].round(2).tolist()
    [-2.0, 2.0]

    Reference: Morris (1983) JASA 78.
    """
    x = series_of(values, name="values")
    codes = _codes(season, x.shape[-1])
    base = np.ones(x.shape[-1], dtype=bool) if used is None else used
    offset = np.zeros(x.shape)
    kinds = np.unique(codes[base]) if base.any() else np.array([], dtype=np.int64)
    if kinds.size < 2:
        return offset
    own = [base & (codes == kind) for kind in kinds]
    means = np.concatenate([mean_of(x[..., mask]) for mask in own], axis=-1)
    count = np.stack([(~np.isnan(x[..., mask])).sum(axis=-1) for mask in own], axis=-1)
    squares = [np.nansum((x[..., mask] - means[..., k : k + 1]) ** 2, axis=-1) for k, mask in enumerate(own)]
    freedom = np.maximum(count - 1, 0).sum(axis=-1, keepdims=True)
    variance = divide(np.sum(squares, axis=0)[..., None], freedom, empty=np.inf)
    middle = mean_of(of_baseline(x, base))
    means = np.where(np.isnan(means), middle, means)
    noise = divide(variance, count, empty=np.inf)
    belief = _belief(means - middle + 1, noise, floats(count))
    for place, kind in enumerate(kinds):
        offset[..., codes == kind] = (belief * (means - middle))[..., place : place + 1]
    return np.nan_to_num(offset)


def _codes(season: npt.ArrayLike, points: int) -> npt.NDArray[np.int64]:
    codes = np.unique(np.asarray(season), return_inverse=True)[1].astype(np.int64)
    if codes.shape != (points,):
        raise ValueError("season must have one code a point of time")
    return codes


def _scatter_within(
    rarer: FloatArray, expected: FloatArray, ratio: FloatArray, own: list[BoolArray], share: FloatArray
) -> FloatArray:
    """Pearson's dispersion of points around their own code's level; at least that of chance, 1 - p."""
    squares, points = np.zeros(ratio.shape[:-1]), np.zeros(ratio.shape[:-1])
    for place, mask in enumerate(own):
        due = expected[..., mask] * ratio[..., place : place + 1]
        squares += divide((rarer[..., mask] - due) ** 2, due, empty=0.0).sum(axis=-1)
        points += np.maximum((expected[..., mask] > 0).sum(axis=-1) - 1, 0)
    chance = np.maximum(share, 1 - share)[..., 0]
    return np.maximum(divide(squares, points, empty=1.0), chance)[..., None]


def _belief(ratio: FloatArray, noise: FloatArray, weight: FloatArray) -> FloatArray:
    """tau^2 / (tau^2 + noise), tau^2 the variance of `ratio` around 1 that the noise does not explain."""
    there = np.isfinite(noise) & (weight > 0)
    kinds = there.sum(axis=-1, keepdims=True)
    calm = np.where(there, noise, 0.0)
    spread = divide(np.where(there, (ratio - 1) ** 2, 0.0).sum(axis=-1, keepdims=True), np.maximum(kinds - 1, 1))
    chance = divide(calm.sum(axis=-1, keepdims=True), np.maximum(kinds, 1))
    tau = np.maximum(spread - chance, 0.0)
    return np.where(there, divide(tau, tau + np.where(there, noise, 1.0), empty=0.0), 0.0)
