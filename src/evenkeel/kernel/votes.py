"""Labels by item and by person, and the two steps of expectation-maximisation that every model of people shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, divide, floats, same_length, short_codes, size_of, weights_of
from .rows import refuse_rows

# Items looked at together, and the probability below which the largest is taken out before the exponential.
BLOCK, TINY = 8192, 1e-250
# Below this logarithm nothing is told from 0: the exponential of what is smaller, or of -inf, takes seven times as long.
LOWEST = -700.0
VANISHED = float(np.exp(LOWEST))


@dataclass(frozen=True)
class Votes:
    """The labels, one row each: item, person, class given.

    An item is in one of `n_states` states: its class, or a sort of item within a class (then there are several times as
    many states as classes, class by class).
    """

    item: npt.NDArray[Any]
    rater: npt.NDArray[Any]
    label: npt.NDArray[Any]
    weights: FloatArray | None  # one each where None
    fixed: IntArray  # items whose class is known,
    known: IntArray  # and that class
    evidence: FloatArray | None  # log-likelihood of each class from elsewhere
    n_items: int
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
        item, rater, label = (
            short_codes(items, name="items"),
            short_codes(raters, name="raters"),
            short_codes(labels, name="labels"),
        )
        n = same_length(items=item, raters=rater, labels=label)
        weight = None if weights is None else weights_of(weights, n)
        told = np.full(0, -1) if known is None else np.asarray(known, dtype=np.int64)
        if known is not None:
            n_items = len(told) if n_items is None else n_items
            top = max(int(told.max(initial=-1)), int(label.max(initial=-1)))
            n_classes = top + 1 if n_classes is None else n_classes
        height, width = size_of(item, n_items, "items"), size_of(label, n_classes, "labels")
        people = size_of(rater, n_raters, "raters")
        if known is not None and len(told) != height:
            raise ValueError("known must hold one class for each item, or -1")
        refuse_rows(told >= width, f"known must be below {width}, or -1 where unknown")
        fixed = np.flatnonzero(told >= 0)
        extra = None if evidence is None else _evidence(evidence, (height, width), sorts)
        return cls(
            item, rater, label, weight, fixed, told[fixed], extra, height, people, width, width * sorts
        )  # fmt: skip

    @property
    def sorts(self) -> int:
        """Sorts of items within a class."""
        return self.n_states // max(self.n_classes, 1)

    @property
    def is_short(self) -> bool:
        """Whether four bytes hold every place and row: the passes are bound by memory, not by arithmetic."""
        return max(self.n_items, self.n_raters * self.n_classes, self.item.size) < 2**31

    @cached_property
    def by_item(self) -> Any:
        """A sparse matrix: items by places, a place being a person and a class given."""
        from scipy.sparse import csr_array

        weight = np.ones(self.item.size) if self.weights is None else self.weights
        short = np.int32 if self.is_short else np.int64
        place: IntArray = self.rater.astype(short)
        place *= self.n_classes
        place += self.label.astype(short, copy=False)
        matrix = csr_array(
            (weight, (self.item.astype(short, copy=False), place)), shape=(self.n_items, self.n_raters * self.n_classes)
        )
        matrix.sum_duplicates()
        # A row of weight 0 must say nothing, and 0 times the log of an impossible 0 would.
        matrix.eliminate_zeros()
        return matrix

    @cached_property
    def by_person(self) -> Any:
        """Its transpose: it shares the memory, and going through it item by item reads the posterior in its own order."""
        return self.by_item.T

    @cached_property
    def counts(self) -> FloatArray:
        """Labels, or their summed weights, by item and class."""
        place = self.item.astype(np.int64) * self.n_classes + self.label
        flat = np.bincount(place, self.weights, self.n_items * self.n_classes)
        return floats(flat).reshape(self.n_items, self.n_classes)

    @cached_property
    def seen(self) -> BoolArray:
        """Whether an item has any label."""
        return self._marked(self.item, self.n_items)

    @cached_property
    def n_seen(self) -> int:
        """How many items have a label."""
        return int(np.count_nonzero(self.seen))

    @cached_property
    def heard(self) -> BoolArray:
        """Whether a person gave any label."""
        return self._marked(self.rater, self.n_raters)

    def _marked(self, numbers: npt.NDArray[Any], size: int) -> BoolArray:
        marked = np.zeros(size, dtype=bool)
        marked[numbers if self.weights is None else numbers[self.weights > 0]] = True
        return marked

    @cached_property
    def truth(self) -> FloatArray:
        """The known classes, as rows of ones in their states."""
        return np.repeat(np.eye(self.n_classes), self.sorts, axis=1)[self.known]

    def start(self) -> FloatArray:
        """Vote shares; spread evenly over the sorts of a class."""
        shares = divide(self.counts, (self.counts @ np.ones(self.n_classes))[:, None], empty=0.0)
        return self.fix(np.repeat(shares, self.sorts, axis=1) / self.sorts)

    def told(self, posterior: FloatArray) -> FloatArray:
        """Expected labels by (person, class given, state)."""
        return floats(self.by_person @ posterior).reshape(self.n_raters, self.n_classes, self.n_states)

    def shares(self, posterior: FloatArray) -> FloatArray:
        """Share of each state among the items with labels."""
        return divide(self.seen.astype(np.float64) @ posterior, self.n_seen, empty=0.0)

    def expect(
        self, shares: FloatArray, matrix: FloatArray, *, out: FloatArray | None = None
    ) -> tuple[FloatArray, float]:
        """Posterior of every item (into `out` where given), and the log-likelihood of what was seen."""
        # log 0 is what an impossible class must have; it drops out in the exponential.
        with np.errstate(divide="ignore"):
            known = np.log(matrix.reshape(self.n_raters * self.n_classes, self.n_states)), np.log(shares)
        posterior = np.empty((self.n_items, self.n_states)) if out is None else out
        likelihood = 0.0
        for begin, end, labels in self._blocks:
            score = labels @ known[0]
            score += known[1]
            likelihood += self._expect_block(begin, end, score, posterior[begin:end])
        return self.fix(posterior), likelihood

    @cached_property
    def _blocks(self) -> list[tuple[int, int, Any]]:
        """`by_item` in parts of so few items that what is computed of them stays in the cache, each ordered by places.

        A product with such a part goes through the people's rows in their order. With fewer labels in a part than there
        are places, going through the places would itself be the work.
        """
        from scipy.sparse import csr_array

        whole, blocks = self.by_item, []
        size = max(BLOCK, -(-self.n_items * whole.shape[1] // max(whole.nnz, 1)))
        for begin in range(0, self.n_items, size):
            end = min(begin + size, self.n_items)
            ends = whole.indptr[begin : end + 1]
            rows = slice(ends[0], ends[-1])
            part = csr_array(
                (whole.data[rows], whole.indices[rows], ends - ends[0]), shape=(end - begin, whole.shape[1])
            )
            blocks.append((begin, end, part.tocsc()))
        return blocks

    def _expect_block(self, begin: int, end: int, score: FloatArray, out: FloatArray) -> float:
        if self.evidence is not None:
            score += self.evidence[begin:end]
        if self.fixed.size:
            some = slice(*np.searchsorted(self.fixed, (begin, end)))
            rows = self.fixed[some] - begin
            score[rows] = np.where(self.truth[some] > 0, score[rows], -np.inf)
        ones = np.ones(self.n_states)
        total = _exponential(score, out) @ ones
        scale: FloatArray = np.zeros(1)
        # Only where everything would vanish, or overflow, is the largest score taken out first.
        if not (total.min(initial=1.0) > TINY and total.max(initial=1.0) < 1 / TINY):
            scale = score.max(axis=1, initial=-np.inf)
            scale[~np.isfinite(scale)] = 0.0
            total = _exponential(score - scale[:, None], out) @ ones
        with np.errstate(divide="ignore"):
            likelihood = float((np.log(total) + scale)[self.seen[begin:end]].sum())
        # An item without any possible class keeps a row of zeros.
        out /= np.where(total > 0, total, 1.0)[:, None]
        return likelihood

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
        classes = posterior
        if self.sorts > 1:
            classes = posterior.reshape(len(posterior), self.n_classes, self.sorts).sum(axis=2)
        has_answer = self.seen.copy()
        has_answer[self.fixed] = True
        if self.evidence is not None:
            has_answer |= (self.evidence != 0).any(axis=1)
        if not has_answer.all():
            classes = classes.copy()
            classes[~has_answer] = np.nan
        return classes


def _exponential(score: FloatArray, out: FloatArray) -> FloatArray:
    """exp(score), and exactly 0 from LOWEST down."""
    np.maximum(score, LOWEST, out=out)
    np.exp(out, out=out)
    out -= VANISHED
    return out


def _evidence(given: npt.ArrayLike, shape: tuple[int, ...], sorts: int) -> FloatArray:
    array = floats(given)
    if array.shape != shape:
        raise ValueError("evidence must have a row an item and a column a class")
    refuse_rows(~np.isfinite(array).all(axis=1), "evidence must be finite")
    return np.repeat(array, sorts, axis=1)
