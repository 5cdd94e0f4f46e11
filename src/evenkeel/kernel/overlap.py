"""How many people an item needs: the posterior after the labels so far, and whether one more would pay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, codes, distributions, floats, same_length, size_of, vector


@dataclass(frozen=True, slots=True)
class Overlap:
    """What is known of one item. `gain` is how much surer the leading class is expected to be after one more label."""

    posterior: FloatArray
    label: int
    confidence: float
    is_enough: bool
    expected_confidence: float

    @property
    def gain(self) -> float:
        """Expected confidence after one more label, less the confidence now; never below 0."""
        return max(self.expected_confidence - self.confidence, 0.0)


def overlap_posterior(
    labels: npt.ArrayLike,
    raters: npt.ArrayLike,
    *,
    class_shares: npt.ArrayLike,
    confusion: npt.ArrayLike,
    next_confusion: npt.ArrayLike | None = None,
    target: float = 0.95,
) -> Overlap:
    """The posterior of one item from its labels so far, and whether to stop asking.

    Assumes people err independently given the class, with known matrices: `confusion` (people, true, given), from a fit;
    `class_shares` the prior. p_k ~ s_k prod_j t_jkl. Enough when the leading class reaches `target`. The expected
    confidence after one more label by somebody with `next_confusion` (the mean person unless given) is sum_l max_k p_k
    t_kl. A row of nan (nobody knows how she answers there) tells nothing.

    >>> people = [[[0.8, 0.2], [0.2, 0.8]]] * 3
    >>> so_far = overlap_posterior([0, 0], [0, 1], class_shares=[0.5, 0.5], confusion=people)
    >>> round(so_far.confidence, 4), so_far.is_enough, round(so_far.gain, 4)
    (0.9412, False, 0.0)

    Reference: Sheng, Provost, Ipeirotis (2008) KDD "Get another label?"; Kamar, Hacker, Horvitz (2012) AAMAS.
    """
    label, rater = codes(labels, name="labels"), codes(raters, name="raters")
    same_length(labels=label, raters=rater)
    shares, people = vector(class_shares, name="class_shares"), floats(confusion)
    width = len(shares)
    if people.ndim != 3 or people.shape[1:] != (width, width):
        raise ValueError("confusion must be (people, classes, classes)")
    distributions(shares[None, :], name="class_shares")
    distributions(people.reshape(-1, width), name="confusion")
    size_of(label, width, "labels")
    size_of(rater, len(people), "raters")
    people = np.where(np.isnan(people), 1 / width, people)
    score = np.log(np.maximum(shares, 1e-12)) + np.log(np.maximum(people[rater, :, label], 1e-12)).sum(axis=0)
    odds = np.exp(score - score.max())
    posterior = odds / odds.sum()
    following = people.mean(axis=0) if next_confusion is None else floats(next_confusion)
    expected = float((posterior[:, None] * following).max(axis=0).sum())
    top = int(posterior.argmax())
    return Overlap(posterior, top, float(posterior[top]), bool(posterior[top] >= target), expected)


def vote_certainty(counts: Iterable[int]) -> float:
    """How sure the leading label of one item is where nobody knows who is good: P(more than half of such people give it).

    Assumes that people answer independently, each giving the leading label with the same unknown chance p, and nothing
    known of p beforehand (uniform prior). `counts` are the labels so far by class, in any order. With k answers for the
    leading class and m against, p is Beta(k + 1, m + 1), and the result is P(p > 1/2) = sum_{j <= k} C(n, j) / 2^n with
    n = k + m + 1. Where people's matrices are known, `overlap_posterior` tells more.

    >>> [round(vote_certainty([k]), 4) for k in (0, 1, 2, 3, 4)]
    [0.5, 0.75, 0.875, 0.9375, 0.9688]
    >>> vote_certainty([2, 1]), vote_certainty([1, 1])
    (0.6875, 0.5)

    Reference: Gelman et al. (2013) Bayesian Data Analysis, section 2.4.
    """
    ordered = sorted(counts, reverse=True)
    leading = ordered[0] if ordered else 0
    n = sum(ordered) + 1
    return float(sum(comb(n, j) for j in range(leading + 1)) / 2**n)
