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
    def expect(self, shares: FloatArray, matrix: FloatArray, *, is_last: bool = False) -> float: ...
    def told(self) -> Told: ...
    def posterior(self) -> FloatArray: ...


def passes_over(votes: Votes) -> Passes:
    """The faster of the two ways for these labels."""
    is_plain = votes.weights is None and votes.evidence is None and votes.is_short
    loops = machine_code.loops(votes.item.size) if is_plain and votes.n_states else None
    return _SparsePasses(votes) if loops is None else _CompiledPasses(votes, loops)


class _SparsePasses:
    def __init__(self, votes: Votes):
        self._votes, self._posterior = votes, np.empty((votes.n_items, votes.n_states))

    def begin(self, posterior: FloatArray | None) -> Told:
        # A copy, for the next pass writes over it.
        self._posterior = self._votes.start() if posterior is None else posterior.copy()
        return self.told()

    def expect(self, shares: FloatArray, matrix: FloatArray, *, is_last: bool = False) -> float:
        self._posterior, likelihood = self._votes.expect(shares, matrix, out=self._posterior)
        return likelihood

    def told(self) -> Told:
        return self._votes.told(self._posterior), self._votes.shares(self._posterior)

    def posterior(self) -> FloatArray:
        return self._posterior


class _CompiledPasses:
    """Items are gone through once a pass and no posterior is kept, only what is said of people.

    What is known of a place and what is told of it stand side by side in one table, in whole lines of the cache.
    """

    def __init__(self, votes: Votes, loops: ModuleType):
        self._votes, self._loops = votes, loops
        self._starts, self._places = loops.runs(votes.item, votes.rater, votes.label, votes.n_items, votes.n_classes)
        self._states = np.zeros(0, dtype=np.int64)
        if votes.fixed.size:
            self._states = np.full(votes.n_items, -1, dtype=np.int64)
            self._states[votes.fixed] = votes.known
        self._width = _whole(votes.n_states, loops.TOGETHER_IN_CORE)
        self._row = _whole(2 * self._width, loops.LINE)
        self._table = _aligned(votes.n_raters * votes.n_classes * self._row, loops.LINE)
        self._sums, self._shares = np.zeros(self._width), np.zeros(self._width)
        self._found: FloatArray | None = None

    def begin(self, posterior: FloatArray | None) -> Told:
        votes = self._votes
        self._part(1)[:] = 0.0
        if posterior is None:
            self._found = None
            self._sums = self._loops.vote(
                self._starts, self._places, self._states, votes.n_classes, votes.sorts,
                self._width, self._table, self._row,
            )  # fmt: skip
        else:
            self._found = np.ascontiguousarray(posterior)
            self._sums = self._loops.tell(self._starts, self._places, self._found, self._width, self._table, self._row)
        return self.told()

    def expect(self, shares: FloatArray, matrix: FloatArray, *, is_last: bool = False) -> float:
        self._part(0)[:], self._part(1)[:] = matrix, 0.0
        self._shares[: shares.size], self._found = shares, None
        return self._pass(keep=is_last)

    def told(self) -> Told:
        return self._part(1).copy(), divide(self._sums[: self._votes.n_states], self._votes.n_seen, empty=0.0)

    def posterior(self) -> FloatArray:
        if self._found is None:
            self._pass(keep=True)
        assert self._found is not None
        return self._found

    def _part(self, number: int) -> FloatArray:
        """Of the table: 0 what is known, 1 what is told, as (person, given, state)."""
        votes = self._votes
        rows = self._table.reshape(votes.n_raters, votes.n_classes, self._row)
        return rows[:, :, number * self._width : number * self._width + votes.n_states]

    def _pass(self, *, keep: bool) -> float:
        votes = self._votes
        found = np.empty((votes.n_items, votes.n_states) if keep else (0, 0))
        likelihood, self._sums = self._loops.expect(
            self._starts, self._places, self._states, votes.sorts, self._shares, self._table, self._row, found
        )
        self._found = found if keep else None
        return float(likelihood)


def _whole(size: int, part: int) -> int:
    return -(-size // part) * part


def _aligned(size: int, line: int) -> FloatArray:
    """So many zeros that begin where a line of the cache begins."""
    room = np.zeros(size + line)
    skip = -(room.ctypes.data // room.itemsize) % line
    return room[skip : skip + size]
