"""How many people an item needs: the posterior after the labels so far, and whether one more would pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, codes, floats, same_length, vector


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
    people = np.where(np.isnan(people), 1 / width, people)
    score = np.log(np.maximum(shares, 1e-12)) + np.log(np.maximum(people[rater, :, label], 1e-12)).sum(axis=0)
    odds = np.exp(score - score.max())
    posterior = odds / odds.sum()
    following = people.mean(axis=0) if next_confusion is None else floats(next_confusion)
    expected = float((posterior[:, None] * following).max(axis=0).sum())
    top = int(posterior.argmax())
    return Overlap(posterior, top, float(posterior[top]), bool(posterior[top] >= target), expected)
