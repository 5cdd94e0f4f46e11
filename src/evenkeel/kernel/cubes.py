"""Sums by cell of one and two dimensions, in one flat array: additive, so that days and windows are added up and taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray
from .cell_loops import BLOCK, add_to_cells
from .coded import Cell
from .machine_code import pays


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All cells of one and two dimensions, one choice of dimensions after the other."""

    sizes: tuple[int, ...]
    choices: tuple[tuple[int, ...], ...]
    starts: IntArray

    @classmethod
    def of(cls, sizes: Sequence[int], *, pairs: bool = True) -> Layout:
        """The layout for dimensions of these sizes."""
        orders = (1, 2) if pairs else (1,)
        choices = tuple(choice for order in orders for choice in combinations(range(len(sizes)), order))
        lengths = [int(np.prod([sizes[place] for place in choice])) for choice in choices]
        return cls(tuple(sizes), choices, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))

    @property
    def size(self) -> int:
        """How many cells there are."""
        return int(self.starts[-1])

    def orders(self) -> IntArray:
        """How many dimensions each cell names."""
        return np.repeat(np.array([len(choice) for choice in self.choices], dtype=np.int64), np.diff(self.starts))

    def parts(self) -> list[tuple[tuple[int, ...], int, int]]:
        """Each choice of dimensions with where its cells begin and end."""
        return list(zip(self.choices, self.starts[:-1].tolist(), self.starts[1:].tolist(), strict=True))

    def add(self, codes: Sequence[npt.NDArray[Any]], weights: FloatArray, into: FloatArray) -> None:
        """Adds rows to the sums."""
        if pays(len(weights)) and codes:
            pairs = len(self.choices) > len(self.sizes)
            add_to_cells(codes, self.sizes, self.starts, weights, into, pairs=pairs)
            return
        for begin in range(0, len(weights), BLOCK):
            block = slice(begin, begin + BLOCK)
            wide, heavy = [code[block].astype(np.int64) for code in codes], weights[block]
            for choice, start, end in self.parts():
                key = wide[choice[0]]
                if len(choice) == 2:
                    key = key * self.sizes[choice[1]] + wide[choice[1]]
                into[start:end] += np.bincount(key, weights=heavy, minlength=end - start)

    def cell(self, flat: int) -> Cell:
        """Which cell a place in the sums is."""
        k = int(np.searchsorted(self.starts, flat, side="right")) - 1
        rest = flat - int(self.starts[k])
        choice = self.choices[k]
        if len(choice) == 1:
            return ((choice[0], rest),)
        first, second = divmod(rest, self.sizes[choice[1]])
        return ((choice[0], first), (choice[1], second))

    def flat(self, cell: Cell) -> int:
        """The place of a cell in the sums."""
        k = self.choices.index(tuple(place for place, _ in cell))
        codes = [code for _, code in cell]
        rest = codes[0] if len(codes) == 1 else codes[0] * self.sizes[cell[1][0]] + codes[1]
        return int(self.starts[k]) + rest
