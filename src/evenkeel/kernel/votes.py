"""Labels as two sparse matrices, and the two steps of expectation-maximisation that every model of people shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, codes, divide, floats, same_length, weights_of
from .counts import count_labels
from .rows import refuse_rows


@dataclass(frozen=True, slots=True)
class Votes:
    """The labels as a sparse matrix, items by (person, class given), and its transpose.

    An item is in one of `n_states` states: its class, or a sort of item within a class (then there are several times as
    many states as classes, class by class).
    """

    by_item: Any
    by_person: Any
    counts: FloatArray
    seen: BoolArray
    fixed: IntArray  # items whose class is known,
    truth: FloatArray  # and that class, as a row of ones in its states
    evidence: FloatArray | None  # log-likelihood of each class from elsewhere
    n_raters: int
    n_classes: int
    n_states: int

    @classmethod
    def of(
        cls,
        items: npt.ArrayLike,
        raters: npt.ArrayLike,
        labels: npt.ArrayLike,
        *,
        n_items: int | None = None,
        n_raters: int | None = None,
        n_classes: int | None = None,
        known: npt.ArrayLike | None = None,
        weights: npt.ArrayLike | None = None,
        evidence: npt.ArrayLike | None = None,
        sorts: int = 1,
    ) -> Votes:
        """Raises ValueError for numbers out of range, and says which rows where rows are to blame."""
        from scipy.sparse import csr_array

        item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
        weight = weights_of(weights, same_length(items=item, raters=rater, labels=label))
        told = np.full(0, -1) if known is None else np.asarray(known, dtype=np.int64)
        if known is not None:
            n_items = len(told) if n_items is None else n_items
            top = max(int(told.max(initial=-1)), int(label.max(initial=-1)))
            n_classes = top + 1 if n_classes is None else n_classes
        counts = _weighed(item, label, weight, n_items, n_classes, is_weighed=weights is not None)
        height, width = counts.shape
        people = (int(rater.max()) + 1 if rater.size else 0) if n_raters is None else n_raters
        if rater.size and rater.max() >= people:
            refuse_rows(rater >= people, "raters holds a number beyond n_raters")
        if known is not None and (len(told) != height or (told >= width).any()):
            raise ValueError("known must hold one class for each item, or -1")
        fixed = np.flatnonzero(told >= 0)
        # Short indices where they suffice: the passes are bound by memory, not by arithmetic.
        short = np.int32 if max(height, people * width, item.size) < 2**31 else np.int64
        place = item.astype(short), (rater * width + label).astype(short)
        by_item = csr_array((weight, place), shape=(height, people * width))
        by_item.sum_duplicates()
        # A row of weight 0 must say nothing, and 0 times the log of an impossible 0 would.
        by_item.eliminate_zeros()
        seen = counts @ np.ones(width) > 0
        truth = np.repeat(np.eye(width), sorts, axis=1)[told[fixed]]
        extra = None if evidence is None else _evidence(evidence, counts.shape, sorts)
        # The transpose shares the memory, and going through it item by item reads the posterior in its own order.
        return cls(by_item, by_item.T, counts, seen, fixed, truth, extra, people, width, width * sorts)

    def start(self) -> FloatArray:
        """Vote shares; spread evenly over the sorts of a class."""
        sorts = self.n_states // max(self.n_classes, 1)
        shares = divide(self.counts, (self.counts @ np.ones(self.n_classes))[:, None], empty=0.0)
        return self.fix(np.repeat(shares, sorts, axis=1) / sorts)

    def told(self, posterior: FloatArray) -> FloatArray:
        """Expected labels by (person, class given, state)."""
        return floats(self.by_person @ posterior).reshape(self.n_raters, self.n_classes, self.n_states)

    def shares(self, posterior: FloatArray) -> FloatArray:
        """Share of each state among the items with labels."""
        return divide(self.seen.astype(np.float64) @ posterior, self.seen.sum(), empty=0.0)

    def expect(self, shares: FloatArray, matrix: FloatArray) -> tuple[FloatArray, float]:
        """Posterior of every item, and the log-likelihood of what was seen."""
        # log 0 is what an impossible class must have; it drops out in the exponential.
        with np.errstate(divide="ignore"):
            score = floats(self.by_item @ np.log(matrix.reshape(self.n_raters * self.n_classes, self.n_states)))
            score += np.log(shares)
        if self.evidence is not None:
            score += self.evidence
        score[self.fixed] = np.where(self.truth > 0, score[self.fixed], -np.inf)
        top = np.maximum.reduce(score, axis=1, initial=-np.inf, keepdims=True)
        top[~np.isfinite(top)] = 0.0
        score -= top
        weight = np.exp(score, out=score)
        total = (weight @ np.ones(self.n_states))[:, None]
        with np.errstate(divide="ignore"):
            likelihood = float((np.log(total) + top)[self.seen].sum())
        # An item without any possible class keeps a row of zeros.
        weight /= np.where(total > 0, total, 1.0)
        return self.fix(weight), likelihood

    def fix(self, posterior: FloatArray) -> FloatArray:
        """The known items' own class, where the model did not already say which sort of it."""
        if self.fixed.size:
            rows = posterior[self.fixed] * self.truth
            total = rows.sum(axis=1, keepdims=True)
            even = self.truth / self.truth.sum(axis=1, keepdims=True)
            posterior[self.fixed] = np.where(total > 0, divide(rows, total, empty=0.0), even)
        return posterior

    def answered(self, posterior: FloatArray) -> FloatArray:
        """By class, and nan for items of which nothing is known."""
        sorts = self.n_states // max(self.n_classes, 1)
        classes = posterior.reshape(len(posterior), self.n_classes, sorts).sum(axis=2)
        has_answer = self.seen.copy()
        has_answer[self.fixed] = True
        if self.evidence is not None:
            has_answer |= (self.evidence != 0).any(axis=1)
        return np.where(has_answer[:, None], classes, np.nan)


def _weighed(
    item: IntArray,
    label: IntArray,
    weight: FloatArray,
    n_items: int | None,
    n_classes: int | None,
    *,
    is_weighed: bool,
) -> FloatArray:
    counts = count_labels(item, label, n_items=n_items, n_classes=n_classes).astype(np.float64)
    if not is_weighed:
        return counts
    flat = np.bincount(item * counts.shape[1] + label, weights=weight, minlength=counts.size)
    return floats(flat).reshape(counts.shape)


def _evidence(given: npt.ArrayLike, shape: tuple[int, ...], sorts: int) -> FloatArray:
    array = floats(given)
    if array.shape != shape:
        raise ValueError("evidence must have a row an item and a column a class")
    refuse_rows(~np.isfinite(array).all(axis=1), "evidence must be finite")
    return np.repeat(array, sorts, axis=1)
