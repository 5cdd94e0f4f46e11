"""Whether a stated confidence can be believed, and how to mend it where gold tells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    classes_of,
    codes,
    distributions,
    divide,
    floats,
    same_length,
    size_of,
    vector,
)
from .keyed import keyed_u
from .rows import refuse_rows

# Names the folds: any number will do, so long as it stays.
CALIBRATION_SALT = 20260301


def calibration_error(confidence: npt.ArrayLike, is_right: npt.ArrayLike, *, bins: int = 10) -> float:
    """Expected calibration error: mean over equal bins of |share right - mean confidence|, weighing by the bins' items.

    Assumes one confidence in [0, 1] and one right or wrong an item. 0 is perfect; nan without items. It is biased upwards
    by about sqrt(bins / n), so compare only sets of like size.

    >>> round(calibration_error([0.9, 0.9, 0.6, 0.6], [1, 0, 1, 0]), 3)
    0.25

    Reference: Naeini, Cooper, Hauskrecht (2015) AAAI.
    """
    p, right = _pair(confidence, is_right)
    if not p.size:
        return float("nan")
    where = np.minimum((p * bins).astype(np.int64), bins - 1)
    gap = np.bincount(where, p - right, bins)
    return float(np.abs(gap).sum() / p.size)


def brier_score(posterior: npt.ArrayLike, truth: npt.ArrayLike) -> float:
    """Mean squared distance of the posterior from the truth, sum over classes: 0 is perfect, 2 the worst.

    Assumes rows of probabilities (items, classes) and each item's true class as a running number. nan without items.

    >>> round(brier_score([[0.8, 0.2], [0.4, 0.6]], [0, 0]), 3)
    0.4

    Reference: Brier (1950) Monthly Weather Review 78.
    """
    p = distributions(posterior, name="posterior")
    true = _one_each(truth, p)
    if not len(p):
        return float("nan")
    return float(((p - np.eye(p.shape[1])[true]) ** 2).sum(axis=1).mean())


@dataclass(frozen=True, slots=True)
class Isotonic:
    """A rising step function, joined by straight lines: from what was said to what was right."""

    said: FloatArray
    right: FloatArray

    def __call__(self, confidence: npt.ArrayLike) -> FloatArray:
        """The calibrated confidence; unchanged where nothing was learned."""
        p = floats(confidence)
        return np.interp(p, self.said, self.right) if self.said.size else p


def fit_isotonic(confidence: npt.ArrayLike, is_right: npt.ArrayLike) -> Isotonic:
    """The best rising fit of being right to confidence, by pooling adjacent violators.

    Assumes that a higher confidence is never less right. Equal confidences are pooled first. Each block is shrunk by one
    pseudo-item half-way between its own mean confidence and the mean of all, so that no block says 0 or 1 for certain.

    >>> fit_isotonic([0.6, 0.7, 0.8, 0.9], [1, 0, 1, 1])([0.65, 0.9]).round(3).tolist()
    [0.567, 0.933]

    Reference: Ayer, Brunk, Ewing, Reid, Silverman (1955) Annals of Mathematical Statistics 26; Zadrozny, Elkan (2002) KDD.
    """
    p, right = _pair(confidence, is_right)
    if not p.size:
        return Isotonic(np.zeros(0), np.zeros(0))
    said, where, times = np.unique(p, return_inverse=True, return_counts=True)
    blocks: list[tuple[float, float, float]] = []  # right, items, said
    for one in zip(np.bincount(where, right), times, said * times, strict=True):
        blocks.append((float(one[0]), float(one[1]), float(one[2])))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    hits, sizes, sums = (np.array(column) for column in zip(*blocks, strict=True))
    centre = sums / sizes
    value = (hits + (centre + right.mean()) / 2) / (sizes + 1)
    return Isotonic(centre, np.maximum.accumulate(value))


def fit_temperature(posterior: npt.ArrayLike, truth: npt.ArrayLike) -> float:
    """The power t under which p^t, made to sum to 1, gives the truth the highest likelihood: below 1 where p is too sure.

    Assumes that one power mends all classes. `posterior` (items, classes), `truth` running numbers. 1 without items.

    >>> fit_temperature([[0.99, 0.01]] * 10, [0] * 7 + [1] * 3) < 0.5
    True

    Reference: Guo, Pleiss, Sun, Weinberger (2017) ICML.
    """
    from scipy.optimize import minimize_scalar

    p = distributions(posterior, name="posterior")
    score, true = np.log(np.maximum(p, 1e-12)), _one_each(truth, p)
    if not len(score):
        return 1.0

    def surprise(log_power: float) -> float:
        z = np.exp(log_power) * score
        top = z.max(axis=1)
        return float((np.log(np.exp(z - top[:, None]).sum(axis=1)) + top - z[np.arange(len(z)), true]).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-6.0, 2.0), method="bounded").x))


@dataclass(frozen=True, slots=True)
class Recalibrated:
    """Posteriors whose confidence was learned on gold. Errors and scores are of the gold items, before and after.

    Gold items were mended by what the *other* gold items taught, so `error` and `brier` are honest.
    """

    posterior: FloatArray
    error_before: float
    error: float
    brier_before: float
    brier: float
    n: int


def recalibrate(posterior: npt.ArrayLike, gold: npt.ArrayLike, *, folds: int = 5) -> Recalibrated:
    """Mend the confidence of posteriors by gold: isotonic on the leading class, cross-fitted on the gold items.

    Assumes gold items like the others. `gold` holds the true class, or -1; the leading class of an item stays, the rest
    of its probability is divided among the other classes as before. Folds follow from the items' numbers by a keyed hash,
    so nothing is random. With fewer than 2 gold items nothing changes.

    >>> found = recalibrate([[0.99, 0.01]] * 200, ([0, 0, 0, 1] * 50))
    >>> round(found.error_before, 2), found.error < 0.1
    (0.24, True)

    Reference: Zadrozny, Elkan (2002) KDD; Guo et al. (2017) ICML (why it is needed).
    """
    p = distributions(posterior, name="posterior").copy()
    true = classes_of(gold, p.shape[1], name="gold")
    same_length(posterior=p, gold=true)
    judged = np.flatnonzero((true >= 0) & ~np.isnan(p).any(axis=1))
    top = np.nan_to_num(p, nan=-1.0).argmax(axis=1) if p.size else np.zeros(len(p), dtype=np.int64)
    said = p[np.arange(len(p)), top] if p.size else np.zeros(len(p))
    right = (top == true)[judged]
    mended = said.copy()
    if judged.size > 1:
        mended = fit_isotonic(said[judged], right)(said)
        mended[judged] = _cross_fitted(said[judged], right, judged, folds)
    new = _with_confidence(p, top, mended) if judged.size > 1 else p
    before, after = said[judged], mended[judged]
    return Recalibrated(
        new, calibration_error(before, right), calibration_error(after, right),
        brier_score(p[judged], true[judged]), brier_score(new[judged], true[judged]), int(judged.size),
    )  # fmt: skip


def _cross_fitted(said: FloatArray, right: BoolArray, items: IntArray, folds: int) -> FloatArray:
    fold = (keyed_u(items, salt=CALIBRATION_SALT) * folds).astype(np.int64)
    mended = said.copy()
    for number in range(folds):
        here = fold == number
        if (~here).any():
            mended[here] = fit_isotonic(said[~here], right[~here])(said[here])
    return mended


def _with_confidence(p: FloatArray, top: IntArray, confidence: FloatArray) -> FloatArray:
    if not p.size:
        return p
    rows = np.arange(len(p))
    width = p.shape[1]
    rest = p.copy()
    rest[rows, top] = 0.0
    # What leaves the leading class goes where the others stood, evenly where they were all at 0.
    total = rest.sum(axis=1, keepdims=True)
    even = np.where(np.arange(width) == top[:, None], 0.0, 1 / max(width - 1, 1))
    share = np.where(total > 1e-9, divide(rest, total, empty=0.0), even)
    new = share * (1 - confidence)[:, None]
    new[rows, top] = confidence
    return np.where(np.isnan(p), np.nan, new)


def _one_each(truth: npt.ArrayLike, p: FloatArray) -> IntArray:
    true = codes(truth, name="truth")
    same_length(posterior=p, truth=true)
    size_of(true, p.shape[1], "truth")
    return true


def _pair(confidence: npt.ArrayLike, is_right: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    p, right = vector(confidence, name="confidence"), vector(is_right, name="is_right")
    same_length(confidence=p, is_right=right)
    refuse_rows((p < -1e-9) | (p > 1 + 1e-9), "confidence must lie between 0 and 1")
    return p, right
