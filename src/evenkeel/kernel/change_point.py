"""When did it begin: the point at which a shift started, with an interval of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, divide, floats
from .charts import series_of


@dataclass(frozen=True, slots=True, eq=False)
class ChangePoint:
    """One number a series: `at`, the first point after the change, lies in `low` to `high` (points from 0, both within).

    `shift` is how far the scores moved, in standard errors; `gain` the log-likelihood that the change explains. -1 and nan
    where a series has fewer than two points.
    """

    at: IntArray
    low: IntArray
    high: IntArray
    shift: FloatArray
    gain: FloatArray
    level: float


def date_change(
    z: npt.ArrayLike, *, weights: npt.ArrayLike | None = None, is_centre_known: bool = True, level: float = 0.95
) -> ChangePoint:
    """The most likely start of one lasting shift in scores, time last, and the points that it may also be.

    With w_t the information of a point (1, or e.g. n relative to its mean), S and W the sums of sqrt(w) z and of w from a
    point on, that point explains S^2 / 2W when scores before it are around 0 (`is_centre_known`: a frozen baseline); else
    the same of the difference of the two sides. Its posterior under flat priors for point and shift is proportional to
    exp(gain) / sqrt(W), and the interval the smallest set of points with `level` of it, from first to last. Assumes
    independent normal scores and that one shift happened: ask after an alarm. nan counts as no point.

    >>> found = date_change([0.2, -0.5, 0.4, 0.1, -0.3, 2.1, 1.8, 2.6, 1.9, 2.2])
    >>> int(found.at), int(found.low), int(found.high)
    (5, 4, 7)

    Reference: Pignatiello, Samuel (2001) J. Quality Technology 33; Smith (1975) Biometrika 62.
    """
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    scores = series_of(z, name="z")
    there = ~np.isnan(scores)
    weight = np.where(there, 1.0 if weights is None else np.broadcast_to(floats(weights), scores.shape), 0.0)
    if (weight < 0).any():
        raise ValueError("weights must not be negative")
    pulls = np.sqrt(weight) * np.where(there, scores, 0.0)
    after, mass = (np.cumsum(each[..., ::-1], axis=-1)[..., ::-1] for each in (pulls, weight))
    if is_centre_known:
        gain, worth = divide(after**2, 2 * mass, empty=-np.inf), mass
        shift = divide(after, mass)
    else:
        total, all_ = pulls.sum(axis=-1, keepdims=True), weight.sum(axis=-1, keepdims=True)
        rest = np.maximum(all_ - mass, 0.0)
        shift = divide(after, mass) - divide(total - after, rest)
        worth = divide(mass * rest, all_, empty=0.0)
        gain = np.where(worth > 0, shift**2 * worth / 2, -np.inf)
    # A point without data can be no start: the next one that has data is.
    gain = np.where(weight > 0, gain, -np.inf)
    found = np.where(np.isfinite(gain).any(axis=-1), gain.argmax(axis=-1) if gain.shape[-1] else -1, -1)
    return _said(gain, worth, shift, np.asarray(found, dtype=np.int64), there.sum(axis=-1) >= 2, level)


def _said(
    gain: FloatArray, worth: FloatArray, shift: FloatArray, at: IntArray, is_enough: npt.NDArray[np.bool_], level: float
) -> ChangePoint:
    points = gain.shape[-1]
    at = np.where(is_enough, at, -1).astype(np.int64)
    if not points:
        none = np.full(at.shape, np.nan)
        return ChangePoint(at, at, at, none, none, level)
    best = np.where(np.isfinite(gain), gain, -np.inf).max(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        posterior = np.where(np.isfinite(gain), np.exp(gain - best) / np.sqrt(worth), 0.0)
    posterior = divide(posterior, posterior.sum(axis=-1, keepdims=True), empty=0.0)
    order = np.argsort(-posterior, axis=-1, kind="stable")
    ranked = np.take_along_axis(posterior, order, axis=-1)
    is_kept_ranked = np.cumsum(ranked, axis=-1) - ranked < level
    is_kept = np.zeros(posterior.shape, dtype=bool)
    np.put_along_axis(is_kept, order, is_kept_ranked & (ranked > 0), axis=-1)
    low = np.where(at < 0, -1, np.minimum(is_kept.argmax(axis=-1), at))
    high = np.where(at < 0, -1, np.maximum(points - 1 - is_kept[..., ::-1].argmax(axis=-1), at))
    pick = np.maximum(at, 0)[..., None]
    said = [np.where(at < 0, np.nan, np.take_along_axis(each, pick, axis=-1)[..., 0]) for each in (shift, gain)]
    return ChangePoint(at, low.astype(np.int64), high.astype(np.int64), floats(said[0]), floats(said[1]), level)
