"""People and items behind a truth: who is right how often, on what, how steadily; which items are hard or ambiguous."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, codes, distributions, divide, floats, same_length, size_of
from .counts import count_labels
from .estimate import Estimate
from .proportions import proportion_bounds, wilson


@dataclass(frozen=True, slots=True)
class People:
    """One row a person. `confusion` are expected counts (people, true class, given class) under the posterior.

    `right` is the expected number of right labels among `n`, `low` and `high` its share's Wilson ends; `pairs` and `same`
    count her repeats on an item; `gold_n`, `gold_right` her labels on items whose truth is known from elsewhere.
    """

    n: IntArray
    right: FloatArray
    low: FloatArray
    high: FloatArray
    confusion: FloatArray
    gold_n: IntArray
    gold_right: IntArray
    pairs: IntArray
    same: IntArray
    level: float

    @property
    def rate(self) -> FloatArray:
        """Expected share of right labels; nan for who has none."""
        return divide(self.right, self.n)

    @property
    def sensitivity(self) -> FloatArray:
        """(people, classes): P(given k | true k); nan where she met no item of the class."""
        right = np.diagonal(self.confusion, axis1=1, axis2=2)
        return divide(right, _met(self.confusion.sum(axis=2)))

    @property
    def specificity(self) -> FloatArray:
        """(people, classes): P(not given k | not true k)."""
        right = np.diagonal(self.confusion, axis1=1, axis2=2)
        others = self.confusion.sum(axis=(1, 2))[:, None] - self.confusion.sum(axis=2)
        wrongly = self.confusion.sum(axis=1) - right
        return 1 - divide(wrongly, _met(others))

    @property
    def bias(self) -> FloatArray:
        """(people, classes): share of her labels of a class, less the share that would be right. Sums to 0."""
        n = self.confusion.sum(axis=(1, 2))[:, None]
        return divide(self.confusion.sum(axis=1) - self.confusion.sum(axis=2), n)

    def accuracy(self, person: int) -> Estimate:
        """On gold where she has any, else against the posterior, which is itself uncertain: then a guide, not a proof."""
        if self.gold_n[person]:
            return wilson(float(self.gold_right[person]), float(self.gold_n[person]), level=self.level)
        n = int(self.n[person])
        if not n:
            return Estimate.unknown(method="expected_wilson", level=self.level)
        value = float(self.right[person]) / n
        return Estimate(
            value, float(self.low[person]), float(self.high[person]), n, float(n), "expected_wilson", self.level
        )

    def repeatability(self, person: int) -> Estimate:
        """The share of her repeats that are the same answer, with Wilson's interval."""
        return wilson(float(self.same[person]), float(self.pairs[person]), level=self.level)


def people_behind(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    posterior: npt.ArrayLike,
    *,
    gold: npt.ArrayLike | None = None,
    n_raters: int | None = None,
    level: float = 0.95,
) -> People:
    """How every person does against a posterior of the true classes, and against gold.

    Assumes running numbers from 0, one row a label, in the order of time for a person's repeats (each is compared with
    her first). `posterior` is (items, classes) from any method; `gold` the true class by item, or -1. A person's own
    labels are part of the posterior, so on items with few labels she looks a little better than she is.

    >>> who = people_behind([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 1, 0], [[1, 0], [0, 1]])
    >>> who.rate.tolist(), who.sensitivity.tolist(), who.bias.tolist()
    ([1.0, 0.5], [[1.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.5, -0.5]])

    Reference: Dawid, Skene (1979) Applied Statistics 28; Wilson (1927) JASA 22.
    """
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    p = np.nan_to_num(distributions(posterior, name="posterior"))
    size_of(item, len(p), "items")
    size_of(label, p.shape[1], "labels")
    people = (int(rater.max(initial=-1)) + 1) if n_raters is None else n_raters
    width = p.shape[1]
    cell = (rater * width + label)[:, None] * width + np.arange(width)
    flat = floats(np.bincount(cell.ravel(), p[item].ravel(), people * width * width))
    told = flat.reshape(people, width, width).transpose(0, 2, 1)
    n = np.bincount(rater, minlength=people)
    right = np.minimum(np.trace(told, axis1=1, axis2=2), n)
    low, high = proportion_bounds(right, n, level=level)
    gold_n, gold_right = np.zeros(people, dtype=np.int64), np.zeros(people, dtype=np.int64)
    if gold is not None:
        true = np.asarray(gold, dtype=np.int64)[item]
        gold_n = np.bincount(rater[true >= 0], minlength=people)
        gold_right = np.bincount(rater[(true >= 0) & (true == label)], minlength=people)
    pairs, same = _repeats(item, rater, label, people)
    return People(n, right, low, high, told, gold_n, gold_right, pairs, same, level)


def _met(n: FloatArray) -> FloatArray:
    """Expected counts, 0 where rounding alone left something."""
    return np.where(n > 1e-9, n, 0.0)


def _repeats(item: IntArray, rater: IntArray, label: IntArray, people: int) -> tuple[IntArray, IntArray]:
    pair = item * (int(rater.max(initial=0)) + 1) + rater
    _, first, where = np.unique(pair, return_index=True, return_inverse=True)
    is_again = np.ones(item.size, dtype=bool)
    is_again[first] = False
    is_same = label == label[first][where] if item.size else is_again
    return np.bincount(rater[is_again], minlength=people), np.bincount(rater[is_again & is_same], minlength=people)


@dataclass(frozen=True, slots=True)
class ItemPuzzle:
    """One row an item: `difficulty`, the expected share of wrong labels; `ambiguity`, the entropy of its votes, 0 to 1.

    `doubt` is the entropy of its posterior, 0 to 1. Hard items are missed; ambiguous ones divide people, whom to believe
    may still be clear. nan without labels.
    """

    difficulty: FloatArray
    ambiguity: FloatArray
    doubt: FloatArray


def item_puzzles(items: npt.ArrayLike, labels: npt.ArrayLike, posterior: npt.ArrayLike) -> ItemPuzzle:
    """How hard and how ambiguous each item is, from its labels and the posterior of its class.

    Assumes running numbers from 0, one row a label; `posterior` is (items, classes). Entropies -sum p log p / log q.

    >>> puzzle = item_puzzles([0, 0, 1, 1], [0, 0, 0, 1], [[1, 0], [0.5, 0.5]])
    >>> puzzle.difficulty.tolist(), puzzle.ambiguity.tolist(), puzzle.doubt.tolist()
    ([0.0, 0.5], [0.0, 1.0], [0.0, 1.0])

    Reference: Whitehill et al. (2009) NIPS (difficulty); Shannon (1948) Bell System Technical Journal 27.
    """
    p = distributions(posterior, name="posterior")
    counts = count_labels(items, labels, n_items=len(p), n_classes=p.shape[1])
    n = counts.sum(axis=1)
    wrong = 1 - divide((counts * np.nan_to_num(p)).sum(axis=1), n)
    shares = divide(counts, n[:, None])
    return ItemPuzzle(wrong, _entropy(shares), _entropy(p))


def _entropy(p: FloatArray) -> FloatArray:
    width = p.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(p == 0, 0.0, -p * np.log(p))
    result: FloatArray = np.abs(each.sum(axis=1)) / np.log(max(width, 2))
    return result
