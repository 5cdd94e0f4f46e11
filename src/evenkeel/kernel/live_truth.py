"""Truth while labels arrive: each label is read once, and once more where there is time."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, codes, divide, floats, same_length, weights_of
from .crowd import Given
from .rows import refuse_rows
from .truth import Truth

# What a person is taken for before she has labelled: right in 7 of 10, as if seen on so many labels.
PRIOR_RIGHT, PRIOR_LABELS = 0.7, 4.0


class LiveTruth:
    """Running truth and skills: an append moves the items it touches and the people who labelled them, nothing else.

    Each person has one rate of being right, the mean of her labels' probabilities of being so, with a prior; a label
    weighs log((q - 1) r / (1 - r)). An item's score keeps the weights its labels had when they came, so that an append
    costs only its own labels; `posterior` of chosen items is at hand at any time.

    >>> live = LiveTruth(n_classes=2)
    >>> live.append([0, 0, 0, 1], [0, 1, 2, 0], [1, 1, 0, 0]).tolist()
    [0, 1]
    >>> live.labels.tolist(), live.skill(0) > live.skill(2)
    ([1, 0], True)

    Reference: Yang et al. (2024) ACM TKDD, lightweight label aggregation (LA), one pass.
    """

    def __init__(self, *, n_classes: int):
        if n_classes < 1:
            raise ValueError("n_classes must be 1 or more")
        self.n_classes = n_classes
        self._score = np.zeros((0, n_classes))
        self._right, self._labels = np.zeros(0), np.zeros(0)
        self._items = 0

    def append(
        self,
        items: npt.ArrayLike,
        raters: npt.ArrayLike,
        labels: npt.ArrayLike,
        *,
        weights: npt.ArrayLike | None = None,
    ) -> IntArray:
        """Take in labels, one row each; gives the items they touched. Raises ValueError for numbers out of range."""
        item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
        n = same_length(items=item, raters=rater, labels=label)
        weight = weights_of(weights, n)
        if not n:
            return item
        refuse_rows(label >= self.n_classes, f"labels must be below {self.n_classes}")
        self._make_room(int(item.max()) + 1, int(rater.max()) + 1)
        touched, where = np.unique(item, return_inverse=True)
        votes = weight * _weight(self._rates(rater), self.n_classes)
        flat = np.bincount(where * self.n_classes + label, votes, touched.size * self.n_classes)
        self._score[touched] += flat.reshape(touched.size, self.n_classes)
        right = _softmax(self._score[touched])[where, label]
        self._right += np.bincount(rater, weight * right, len(self._right))
        self._labels += np.bincount(rater, weight, len(self._labels))
        return touched

    @property
    def labels(self) -> IntArray:
        """The leading class of every item so far; -1 where nothing was said."""
        score = self._score[: self._items]
        return np.where((score == 0).all(axis=1), -1, score.argmax(axis=1)).astype(np.int64)

    def posterior(self, items: npt.ArrayLike) -> FloatArray:
        """Probabilities of the classes of some items."""
        return _softmax(self._score[codes(items, name="items")])

    def skill(self, rater: int) -> float:
        """The person's rate of being right, as it stands."""
        return float(self._rates(np.array([rater]))[0])

    def _rates(self, rater: IntArray) -> FloatArray:
        return (self._right[rater] + PRIOR_RIGHT * PRIOR_LABELS) / (self._labels[rater] + PRIOR_LABELS)

    def _make_room(self, items: int, raters: int) -> None:
        if items > len(self._score):
            grown = np.zeros((max(items, len(self._score) * 5 // 4), self.n_classes))
            grown[: self._items] = self._score[: self._items]
            self._score = grown
        self._items = max(self._items, items)
        more = max(raters - len(self._right), 0)
        if more:
            self._right, self._labels = np.pad(self._right, (0, more)), np.pad(self._labels, (0, more))


def two_pass(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    chunk: int = 0,
    **given: Unpack[Given],
) -> Truth:
    """Label aggregation in two readings: the first learns people's rates item by item, the second weighs all labels by them.

    Assumes one rate a person. The first reading takes items in the order of their numbers, `chunk` labels at a time (0:
    a two-hundredth of all), so the order of rows does not matter. For a live estimate between fits see `LiveTruth`.

    >>> two_pass([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Yang et al. (2024) ACM TKDD, lightweight label aggregation (LA), two passes.
    """
    from .crowd import _of_posterior
    from .votes import Votes

    votes = Votes.of(items, raters, labels, **given)
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    weight = weights_of(given.get("weights"), item.size)
    height, width = votes.n_items, votes.n_classes
    order = np.lexsort((label, rater, item))
    live = LiveTruth(n_classes=max(width, 1))
    live._make_room(height, votes.n_raters)
    size = chunk or max(item.size // 200, 50)
    # A chunk ends where an item ends: no item is judged by a part of its labels.
    starts = np.flatnonzero(np.diff(item[order], prepend=-1)) if item.size else item
    ends = np.unique(np.searchsorted(starts, np.arange(size, item.size, size)))
    cuts = starts[ends[ends < starts.size]]
    for part in np.split(order, cuts):
        live.append(item[part], rater[part], label[part], weights=weight[part])
    gain = weight * _weight(live._rates(rater), width)
    score = floats(np.bincount(item * width + label, gain, height * width)).reshape(height, width)
    if votes.evidence is not None:
        score += votes.evidence
    has_answer = votes.seen if votes.evidence is None else np.ones(height, dtype=bool)
    posterior = votes.fix(np.where(has_answer[:, None], _softmax(score), 0.0))
    return _of_posterior(votes, posterior, "two_pass", 2, has_converged=True)


def _weight(rate: FloatArray, width: int) -> FloatArray:
    rate = np.clip(rate, 1e-3, 1 - 1e-3)
    weight: FloatArray = np.log(max(width - 1, 1) * rate / (1 - rate))
    return weight


def _softmax(score: FloatArray) -> FloatArray:
    odds = np.exp(score - score.max(axis=1, initial=-np.inf, keepdims=True))
    return divide(odds, odds.sum(axis=1, keepdims=True))
