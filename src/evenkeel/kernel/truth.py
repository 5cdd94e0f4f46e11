"""What the true label probably is, from several people's labels: majority vote and Dawid-Skene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, divide, floats
from .maximise import Climb, climb
from .people_models import Shrinkage
from .votes import Votes


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
class Truth:
    """A fit: `posterior` (items, classes), `class_shares` (classes), `confusion` (people, true class, given class).

    A row of `confusion` is nan where nothing speaks of that person on that class. `log_likelihood` is that of the labels,
    smoothing and priors left out; nan where a method has none. `smoothing` is the pseudo-count used, 0 where none was.
    """

    posterior: FloatArray
    class_shares: FloatArray
    confusion: FloatArray
    log_likelihood: float
    iterations: int
    has_converged: bool
    method: str = "dawid_skene"
    smoothing: float = 0.0

    @property
    def labels(self) -> IntArray:
        """The most probable class of each item; -1 where nothing is known of an item."""
        if not self.posterior.size:
            return np.full(len(self.posterior), -1, dtype=np.int64)
        # Where nothing is known the whole row is nan: one column tells, and nothing need be copied.
        best: IntArray = self.posterior.argmax(axis=1)
        best[np.isnan(self.posterior[:, 0])] = -1
        return best

    @property
    def confidence(self) -> FloatArray:
        """The probability of the most probable class; nan where nothing is known of an item."""
        return self.posterior.max(axis=1, initial=-np.inf) if self.posterior.size else np.zeros(len(self.posterior))

    @classmethod
    def of_climb(cls, votes: Votes, found: Climb, *, method: str, smoothing: float = 0.0) -> Truth:
        """The result of a climb, by class, with people's matrices as (person, true, given)."""
        sorts = votes.n_states // max(votes.n_classes, 1)
        people = found.matrix.reshape(votes.n_raters, votes.n_classes, votes.n_states).transpose(0, 2, 1)
        shares = found.shares
        if sorts > 1:
            within = shares.reshape(votes.n_classes, sorts)
            portion = divide(within, within.sum(axis=1, keepdims=True), empty=0.0)
            people = np.einsum(
                "jksl,ks->jkl", people.reshape(votes.n_raters, votes.n_classes, sorts, votes.n_classes), portion
            )
            shares = within.sum(axis=1)
        unheard = (people.sum(axis=2, keepdims=True) == 0) | ~votes.heard[:, None, None]
        if not (votes.n_seen or votes.fixed.size):
            shares = np.zeros_like(shares)
        return cls(
            votes.answered(found.posterior), shares, np.where(unheard, np.nan, people), found.log_likelihood,
            found.iterations, found.has_converged, method, smoothing,
        )  # fmt: skip


# The name from the time when there was one method.
DawidSkene = Truth


def dawid_skene(
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
    smoothing: float | Literal["estimate"] = 4.0,
    pool: float = 0.0,
    is_squared: bool = False,
    warm_start: Truth | None = None,
    tolerance: float = 1e-9,
    max_iterations: int = 2000,
) -> Truth:
    """True labels and each person's confusion matrix together, by expectation-maximisation from vote shares.

    Assumes that people err independently given the true class, each with error rates of their own. One row a label,
    running numbers from 0; repeats by one person count again, `weights` let a row count for more or less. `known` holds
    the true class of items where it is known (gold, expert) and -1 elsewhere; those stay fixed. `evidence` (items,
    classes) is the log-likelihood of each class from elsewhere, such as a classifier's (`classifier_evidence`).

    `smoothing` is a number of pseudo-labels in every row of a person's matrix, placed as if that person were right equally
    often on every class (0 = maximum likelihood; "estimate" finds the number by empirical Bayes); `pool` is a number of
    pseudo-labels placed as everybody together answers. People with few labels and many classes need them: plain
    Dawid-Skene then falls below majority vote. Stops when the log-likelihood sum_i log sum_k p_k prod_j t_jkl changes by
    less than `tolerance`, relatively. `is_squared` extrapolates steps: the same end in far fewer passes. `warm_start`
    begins at an earlier fit's people; new people begin as the average one. Row order does not matter. Raises ValueError
    for numbers out of range.

    >>> fit = dawid_skene([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [0, 0, 1, 1, 1, 1], smoothing=1.0)
    >>> fit.labels.tolist(), fit.has_converged
    ([0, 1], True)

    Reference: Dawid, Skene (1979) Applied Statistics 28; Varadhan, Roland (2008) Scandinavian J. of Statistics 35.
    """
    votes = Votes.of(
        items, raters, labels, n_items=n_items, n_raters=n_raters, n_classes=n_classes,
        known=known, weights=weights, evidence=evidence,
    )  # fmt: skip
    model = Shrinkage(smoothing, pool)
    found = climb(
        votes,
        model.learn,
        start=None if warm_start is None else _begin(votes, warm_start),
        tolerance=tolerance,
        max_iterations=max_iterations,
        is_squared=is_squared,
    )
    return Truth.of_climb(votes, found, method="dawid_skene", smoothing=model.strength)


def _begin(votes: Votes, before: Truth) -> tuple[FloatArray, FloatArray]:
    people, width, _ = before.confusion.shape
    if width != votes.n_classes or before.class_shares.shape != (width,):
        raise ValueError("warm_start must have the same classes")
    heard = ~np.isnan(before.confusion)
    average = divide(np.where(heard, before.confusion, 0.0).sum(axis=0), heard.sum(axis=0), empty=1 / max(width, 1))
    matrix = np.broadcast_to(average, (votes.n_raters, width, width)).copy()
    both = min(people, votes.n_raters)
    matrix[:both] = np.where(heard[:both], before.confusion[:both], matrix[:both])
    # What was impossible yesterday may have happened today.
    matrix = (matrix + 1e-6) / (1 + width * 1e-6)
    return (before.class_shares + 1e-6) / (1 + width * 1e-6), matrix.transpose(0, 2, 1)
