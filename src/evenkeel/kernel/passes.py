"""A pass over the labels, the inside of every climb: with sparse matrices, or in machine code where that pays.

Both are asked the same: `begin` (what vote shares or a posterior say of people), `expect` (the log-likelihood under given
parameters), `told` (what the last `expect` says of people) and `posterior` (what it found).
"""

from __future__ import annotations

from types import ModuleType
from typing import Protocol

import numpy as np

from . import machine_code
from .arrays import FloatArray, divide
from .votes import Votes

Told = tuple[FloatArray, FloatArray]  # expected labels by (person, given, state), and the states' shares


class Passes(Protocol):
    """What a climb asks of the labels."""

    def begin(self, posterior: FloatArray | None) -> Told: ...
    def expect(self, shares: FloatArray, matrix: FloatArray) -> float: ...
    def told(self) -> Told: ...
    def posterior(self) -> FloatArray: ...


def passes_over(votes: Votes) -> Passes:
    """The faster of the two ways for these labels."""
    is_plain = votes.weights is None and votes.evidence is None and votes.place.dtype == np.int32
    if is_plain and votes.n_states and machine_code.pays(votes.item.size):
        from . import compiled_labels

        return _CompiledPasses(votes, compiled_labels)
    return _SparsePasses(votes)


class _SparsePasses:
    def __init__(self, votes: Votes):
        self._votes, self._posterior = votes, np.zeros((0, votes.n_states))

    def begin(self, posterior: FloatArray | None) -> Told:
        self._posterior = self._votes.start() if posterior is None else posterior
        return self.told()

    def expect(self, shares: FloatArray, matrix: FloatArray) -> float:
        self._posterior, likelihood = self._votes.expect(shares, matrix)
        return likelihood

    def told(self) -> Told:
        return self._votes.told(self._posterior), self._votes.shares(self._posterior)

    def posterior(self) -> FloatArray:
        return self._posterior


class _CompiledPasses:
    """Items, posteriors and all are gone through once a pass; only what is said of people is kept."""

    def __init__(self, votes: Votes, loops: ModuleType):
        self._votes, self._loops = votes, loops
        self._starts, self._places = loops.runs(votes.item, votes.place, votes.n_items)
        self._states = np.zeros(0, dtype=np.int64)
        if votes.fixed.size:
            self._states = np.full(votes.n_items, -1, dtype=np.int64)
            self._states[votes.fixed] = votes.known
        self._sums = np.zeros(votes.n_states)
        self._told = self._blank()
        self._begun: FloatArray | None = None
        self._last: tuple[FloatArray, FloatArray] | None = None

    def begin(self, posterior: FloatArray | None) -> Told:
        self._told, self._begun = self._blank(), posterior
        if posterior is None:
            votes = self._votes
            self._sums, _ = self._loops.vote(
                self._starts, self._places, self._states, votes.n_classes, votes.sorts, self._told
            )
        else:
            rows = np.ascontiguousarray(posterior)
            self._sums, _ = self._loops.tell(self._starts, self._places, rows, self._told)
        return self.told()

    def expect(self, shares: FloatArray, matrix: FloatArray) -> float:
        self._told, self._last = self._blank(), (shares, matrix)
        return self._pass(np.zeros((0, 0)))

    def told(self) -> Told:
        votes = self._votes
        told = self._told.reshape(votes.n_raters, votes.n_classes, votes.n_states)
        return told, divide(self._sums, votes.n_seen, empty=0.0)

    def posterior(self) -> FloatArray:
        if self._last is None:
            return self._votes.start() if self._begun is None else self._begun
        found = np.empty((self._votes.n_items, self._votes.n_states))
        self._pass(found)
        return found

    def _blank(self) -> FloatArray:
        return np.zeros((self._votes.n_raters * self._votes.n_classes, self._votes.n_states))

    def _pass(self, posterior: FloatArray) -> float:
        votes = self._votes
        assert self._last is not None
        shares, matrix = (np.ascontiguousarray(part, dtype=np.float64) for part in self._last)
        likelihood, self._sums = self._loops.expect(
            self._starts, self._places, self._states, votes.sorts,
            shares, matrix.reshape(-1, votes.n_states), self._told, posterior,
        )  # fmt: skip
        return float(likelihood)
