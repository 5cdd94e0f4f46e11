"""How people err, model by model: from expected labels (person, given, state) to P(given | state).

Each model is the M-step of one expectation-maximisation; the E-step is the same for all (`votes`).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from . import machine_code
from .arrays import FloatArray, divide

STRENGTHS = 2.0 ** np.arange(-1, 8)


class Shrinkage:
    """Each person's own confusion matrix, leaning on her one-coin rate and on everybody's matrix."""

    def __init__(self, smoothing: float | Literal["estimate"], pool: float = 0.0):
        self.is_estimated = smoothing == "estimate"
        self.strength = 4.0 if isinstance(smoothing, str) else float(smoothing)
        self.pool, self._calls = pool, 0
        if not (self.is_estimated or isinstance(smoothing, (int, float))):
            raise ValueError(f"unknown smoothing {smoothing!r}")
        if self.strength < 0 or pool < 0:
            raise ValueError("smoothing must not be negative")

    def learn(self, told: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
        self._calls += 1
        # The strength settles with the posterior: looked at early, then left alone so that the climb can end.
        if self.is_estimated and self._calls in (2, 5, 10, 20):
            self.strength = likeliest_strength(told, one_coin(told))
        loops = machine_code.loops(told.size) if self.pool == 0 else None
        if loops is not None:
            return shares, loops.lean(np.ascontiguousarray(told), self.strength)
        prior: FloatArray | float = 0.0
        if self.strength > 0:
            prior = self.strength * one_coin(told)
        if self.pool > 0:
            together = told.sum(axis=0)
            pooled = divide(together, together.sum(axis=0, keepdims=True), empty=0.0)
            prior = prior + self.pool * pooled * (told.sum(axis=(1, 2)) > 0)[:, None, None]
        told = told + prior if self.strength > 0 or self.pool > 0 else told
        return shares, divide(told, told.sum(axis=1, keepdims=True), empty=0.0)


def one_coin(told: FloatArray) -> FloatArray:
    """Each person's matrix (given, true) if she were right equally often on every class; few labels lean on everybody's."""
    width = told.shape[1]
    right = np.trace(told, axis1=1, axis2=2)
    labels = told.sum(axis=(1, 2))
    pooled = right.sum() / labels.sum() if labels.sum() else 1.0
    rate = (right + pooled) / (labels + 1)
    wrong = (1 - rate) / max(width - 1, 1)
    same = np.eye(width, dtype=bool)
    prior = np.where(same, rate[:, None, None], wrong[:, None, None])
    return np.where(labels[:, None, None] > 0, prior, 0.0)


def likeliest_strength(told: FloatArray, prior: FloatArray) -> float:
    """The pseudo-count under which the rows' counts are likeliest, as Dirichlet-multinomials around `prior`."""
    from scipy.special import gammaln

    n = told.sum(axis=1)
    rows = n > 0
    if not rows.any():
        return float(STRENGTHS[3])
    counts, mean = told.transpose(0, 2, 1)[rows], np.maximum(prior.transpose(0, 2, 1)[rows], 1e-9)
    size = n[rows]
    some = counts > 0.05
    few, means = counts[some], mean[some]

    def likelihood(strength: float) -> float:
        whole = gammaln(strength) - gammaln(strength + size)
        return float(whole.sum() + (gammaln(strength * means + few) - gammaln(strength * means)).sum())

    return float(STRENGTHS[int(np.argmax([likelihood(strength) for strength in STRENGTHS]))])


class OneCoin:
    """One rate of being right a person, every wrong class as likely as another."""

    def __init__(self, prior_right: float = 1.0, prior_wrong: float = 1.0):
        self.prior = prior_right, prior_wrong

    def learn(self, told: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
        width = told.shape[1]
        right, labels = np.trace(told, axis1=1, axis2=2), told.sum(axis=(1, 2))
        rate = divide(right + self.prior[0], labels + sum(self.prior), empty=1 / max(width, 1))
        wrong = (1 - rate) / max(width - 1, 1)
        return shares, np.where(np.eye(width, dtype=bool), rate[:, None, None], wrong[:, None, None])


class Mace:
    """A person either knows the class, or answers from a habit of her own whatever the class is.

    Variational Bayes: beta priors on knowing, symmetric Dirichlet priors on the habit.
    """

    def __init__(self, prior_knowing: float = 0.5, prior_habit: float = 10.0):
        self.prior_knowing, self.prior_habit = prior_knowing, prior_habit
        self.knows: FloatArray | None = None
        self.habit: FloatArray | None = None

    def learn(self, told: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
        from scipy.special import digamma

        width = told.shape[1]
        given = told.sum(axis=2)
        labels = given.sum(axis=1)
        if self.knows is None or self.habit is None:
            self.knows = np.full(len(told), 0.5)
            self.habit = divide(given + self.prior_habit, (labels + width * self.prior_habit)[:, None])
        right = np.diagonal(told, axis1=1, axis2=2)
        by_habit = (1 - self.knows)[:, None] * self.habit
        knew = right * divide(self.knows[:, None], self.knows[:, None] + by_habit, empty=0.0)
        guessed = given - knew
        a, b = knew.sum(axis=1) + self.prior_knowing, guessed.sum(axis=1) + self.prior_knowing
        knows, luck = np.exp(digamma(a) - digamma(a + b)), np.exp(digamma(b) - digamma(a + b))
        self.knows = knows / (knows + luck)
        each = guessed + self.prior_habit
        self.habit = np.exp(digamma(each) - digamma(each.sum(axis=1))[:, None])
        self.habit = self.habit / self.habit.sum(axis=1, keepdims=True)
        matrix = ((1 - self.knows)[:, None] * self.habit)[:, :, None] + self.knows[:, None, None] * np.eye(width)
        return shares, matrix


class Bayesian:
    """Independent Bayesian classifier combination, with several sorts of items a class where asked for.

    Variational Bayes: Dirichlet priors on each row, heavier on the diagonal, and on the states' shares.
    """

    def __init__(self, sorts: int, prior_right: float, prior_wrong: float, prior_shares: float):
        self.sorts, self.prior_shares = sorts, prior_shares
        self.right, self.wrong = prior_right, prior_wrong

    def learn(self, told: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
        from scipy.special import digamma

        width = told.shape[1]
        prior = np.repeat(np.where(np.eye(width, dtype=bool), self.right, self.wrong), self.sorts, axis=1)
        rows = told + prior
        matrix = np.exp(digamma(rows) - digamma(rows.sum(axis=1, keepdims=True)))
        items = shares * self.n_seen + self.prior_shares
        return np.exp(digamma(items) - digamma(items.sum())), matrix

    n_seen: int = 0
