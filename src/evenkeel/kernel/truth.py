"""What the true label probably is, from several people's labels: majority vote and Dawid-Skene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, codes, divide, floats, same_length
from .counts import count_labels


@dataclass(frozen=True, slots=True)
class Majority:
    """The vote on each item. `winner` is -1 where there is no label or a tie; `share` is the leading class's share."""

    winner: IntArray
    is_tied: BoolArray
    share: FloatArray
    shares: FloatArray


def majority_vote(counts: npt.ArrayLike, *, ties: Literal["none", "first"] = "none") -> Majority:
    """The class with most labels, item by item; a tie is no decision, and is said so.

    Assumes every label weighs the same. `counts` is (items, classes); `shares` has the same shape, nan where an item has
    no label. For scoring a tie as a part of each class, use `shares`. `ties="first"` gives a tie to the class with the
    smallest number, as much published work does: to compare with it, not to decide by.

    >>> vote = majority_vote([[2, 1], [1, 1], [0, 0]])
    >>> vote.winner.tolist(), vote.is_tied.tolist()
    ([0, -1, -1], [False, True, False])
    """
    table = floats(counts)
    if table.ndim != 2 or table.shape[1] == 0:
        raise ValueError("counts must have a row an item and a column a class")
    top = table.max(axis=1)
    leaders = ((table == top[:, None]) & (top > 0)[:, None]).sum(axis=1)
    decided = leaders == 1 if ties == "none" else leaders >= 1
    winner = np.where(decided, table.argmax(axis=1), -1)
    shares = divide(table, table.sum(axis=1, keepdims=True))
    return Majority(winner.astype(np.int64), leaders > 1, shares.max(axis=1), shares)


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """A fit: `posterior` (items, classes), `class_shares` (classes), `confusion` (people, true class, given class).

    A row of `confusion` is nan where nothing speaks of that person on that class. `log_likelihood` leaves smoothing out.
    """

    posterior: FloatArray
    class_shares: FloatArray
    confusion: FloatArray
    log_likelihood: float
    iterations: int
    has_converged: bool

    @property
    def labels(self) -> IntArray:
        """The most probable class of each item; -1 where an item has no label."""
        best = np.where(np.isnan(self.posterior), -1.0, self.posterior)
        return np.where(best.max(axis=1, initial=-1.0) < 0, -1, best.argmax(axis=1)).astype(np.int64)


def dawid_skene(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    n_items: int | None = None,
    n_raters: int | None = None,
    n_classes: int | None = None,
    known: npt.ArrayLike | None = None,
    smoothing: float = 4.0,
    tolerance: float = 1e-9,
    max_iterations: int = 2000,
) -> DawidSkene:
    """True labels and each person's confusion matrix together, by expectation-maximisation from vote shares.

    Assumes that people err independently given the true class, each with error rates of their own. One row a label,
    running numbers from 0; repeats by one person count again. `known` holds the true class of items where it is known
    (gold, expert) and -1 elsewhere; those stay fixed.

    `smoothing` is a number of pseudo-labels in every row of a person's matrix, placed as if that person were right equally
    often on every class (0 = maximum likelihood). People with few labels and many classes need it: plain Dawid-Skene then
    falls below majority vote. Stops when the log-likelihood sum_i log sum_k p_k prod_j t_jkl changes by less than
    `tolerance`, relatively. Row order does not matter. Raises ValueError for numbers out of range.

    >>> fit = dawid_skene([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [0, 0, 1, 1, 1, 1], smoothing=1.0)
    >>> fit.labels.tolist(), fit.has_converged
    ([0, 1], True)

    Reference: Dawid, Skene (1979) Applied Statistics 28.
    """
    if smoothing < 0:
        raise ValueError("smoothing must not be negative")
    votes = _Votes.of(items, raters, labels, n_items, n_raters, n_classes, known)
    posterior = votes.start()
    last, done, step = -np.inf, False, 0
    shares, matrix = votes.maximise(posterior, smoothing)
    for step in range(1, max_iterations + 1):  # noqa: B007
        posterior, likelihood = votes.expect(shares, matrix)
        done = bool(abs(likelihood - last) <= tolerance * abs(likelihood))
        last = likelihood
        if done:
            break
        shares, matrix = votes.maximise(posterior, smoothing)
    answered = votes.seen.copy()
    answered[votes.fixed] = True
    posterior = np.where(answered[:, None], posterior, np.nan)
    people = matrix.reshape(votes.n_raters, votes.n_classes, votes.n_classes).transpose(0, 2, 1)
    unheard = people.sum(axis=2, keepdims=True) == 0
    return DawidSkene(
        posterior, shares, np.where(unheard, np.nan, people), last if votes.seen.any() else np.nan, step, done
    )


@dataclass(frozen=True, slots=True)
class _Votes:
    """The labels as a sparse matrix, items by (person, class given), and its transpose."""

    by_item: Any
    by_person: Any
    counts: FloatArray
    seen: BoolArray
    fixed: IntArray  # items whose class is known,
    truth: FloatArray  # and that class, as a row with a single 1
    n_raters: int
    n_classes: int

    @classmethod
    def of(
        cls,
        items: npt.ArrayLike,
        raters: npt.ArrayLike,
        labels: npt.ArrayLike,
        n_items: int | None,
        n_raters: int | None,
        n_classes: int | None,
        known: npt.ArrayLike | None,
    ) -> _Votes:
        from scipy.sparse import csr_array

        item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
        same_length(items=item, raters=rater, labels=label)
        told = np.full(0, -1) if known is None else np.asarray(known, dtype=np.int64)
        if known is not None:
            n_items = len(told) if n_items is None else n_items
            top = max(int(told.max(initial=-1)), int(label.max(initial=-1)))
            n_classes = top + 1 if n_classes is None else n_classes
        counts = count_labels(item, label, n_items=n_items, n_classes=n_classes).astype(np.float64)
        height, width = counts.shape
        people = (int(rater.max()) + 1 if rater.size else 0) if n_raters is None else n_raters
        if rater.size and rater.max() >= people:
            raise ValueError("raters holds a number beyond n_raters")
        if known is not None and (len(told) != height or (told >= width).any()):
            raise ValueError("known must hold one class for each item, or -1")
        fixed = np.flatnonzero(told >= 0)
        by_item = csr_array((np.ones(item.size), (item, rater * width + label)), shape=(height, people * width))
        by_item.sum_duplicates()
        seen = counts.sum(axis=1) > 0
        return cls(by_item, by_item.T.tocsr(), counts, seen, fixed, np.eye(width)[told[fixed]], people, width)

    def start(self) -> FloatArray:
        return self._fix(divide(self.counts, self.counts.sum(axis=1, keepdims=True), empty=0.0))

    def maximise(self, posterior: FloatArray, smoothing: float) -> tuple[FloatArray, FloatArray]:
        """Class shares, and P(person gives l | true k) as (person x l, k)."""
        shares = divide(self.seen.astype(np.float64) @ posterior, self.seen.sum(), empty=0.0)
        told = floats(self.by_person @ posterior).reshape(self.n_raters, self.n_classes, self.n_classes)
        if smoothing > 0:
            told = told + smoothing * self._one_coin(told)
        matrix = divide(told, told.sum(axis=1, keepdims=True), empty=0.0)
        return shares, matrix.reshape(self.n_raters * self.n_classes, self.n_classes)

    def expect(self, shares: FloatArray, matrix: FloatArray) -> tuple[FloatArray, float]:
        """Posterior of every item, and the log-likelihood of what was seen."""
        # log 0 is what an impossible class must have; it drops out in the exponential.
        with np.errstate(divide="ignore"):
            score = floats(self.by_item @ np.log(matrix)) + np.log(shares)
        score[self.fixed] = np.where(self.truth > 0, score[self.fixed], -np.inf)
        top = score.max(axis=1, initial=-np.inf, keepdims=True)
        top[~np.isfinite(top)] = 0.0
        score -= top
        weight = np.exp(score, out=score)
        total = (weight @ np.ones(self.n_classes))[:, None]
        with np.errstate(divide="ignore"):
            likelihood = float((np.log(total) + top)[self.seen].sum())
        # An item without any possible class keeps a row of zeros.
        weight /= np.where(total > 0, total, 1.0)
        return self._fix(weight), likelihood

    def _one_coin(self, told: FloatArray) -> FloatArray:
        """Each person's matrix (given, true) if she were right equally often on every class; few labels lean on everybody's."""
        right = np.trace(told, axis1=1, axis2=2)
        labels = told.sum(axis=(1, 2))
        pooled = right.sum() / labels.sum() if labels.sum() else 1.0
        rate = (right + pooled) / (labels + 1)
        wrong = (1 - rate) / max(self.n_classes - 1, 1)
        same = np.eye(self.n_classes, dtype=bool)
        prior = np.where(same, rate[:, None, None], wrong[:, None, None])
        return np.where(labels[:, None, None] > 0, prior, 0.0)

    def _fix(self, posterior: FloatArray) -> FloatArray:
        posterior[self.fixed] = self.truth
        return posterior
