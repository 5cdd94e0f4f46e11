"""Dimensions as codes: whatever the values are (numbers, texts, nothing), the scans see small whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, IntArray

# A cell: the places of its dimensions and a code in each; () is the whole.
Cell = tuple[tuple[int, int], ...]
Where = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """A column given as codes and what they stand for; saves coding it again. `values` must not repeat."""

    codes: npt.NDArray[Any]
    values: Sequence[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Columns of codes with the values they stand for, sorted so that the order of rows decides nothing."""

    names: tuple[str, ...]
    values: tuple[Sequence[Any], ...]
    codes: tuple[npt.NDArray[Any], ...]
    rows: int

    @classmethod
    def of(cls, dimensions: Mapping[str, npt.ArrayLike | Dimension], *, rows: int) -> Coded:
        """Codes the columns; ValueError when one has not `rows` values."""
        found = {name: _code(column) for name, column in dimensions.items()}
        for name, (codes, _) in found.items():
            if codes.shape != (rows,):
                raise ValueError(f"dimension {name!r} must have the length of the counts, {rows}, not {len(codes)}")
        return cls(
            tuple(found),
            tuple(values for _, values in found.values()),
            tuple(codes for codes, _ in found.values()),
            rows,
        )

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each dimension has."""
        return tuple(len(values) for values in self.values)

    def take(self, rows: npt.NDArray[Any]) -> Coded:
        """Some of the rows, by mask or by number."""
        codes = tuple(codes[rows] for codes in self.codes)
        count = int(np.count_nonzero(rows)) if rows.dtype == bool else len(rows)
        return Coded(self.names, self.values, codes, count)

    def inside(self, cell: Cell) -> BoolArray:
        """Which rows lie in the cell."""
        mask = np.ones(self.rows, dtype=bool)
        for place, code in cell:
            mask &= self.codes[place] == code
        return mask

    def among(self, where: Where) -> BoolArray:
        """Which rows have these values; none for a value that does not occur, all for a dimension that is not there."""
        mask = np.ones(self.rows, dtype=bool)
        for name, value in where:
            if name in self.names:
                place = self.names.index(name)
                mask &= self.codes[place] == (
                    list(self.values[place]).index(value) if value in self.values[place] else -1
                )
        return mask

    def where(self, cell: Cell) -> Where:
        """The cell in the words of the caller."""
        return tuple((self.names[place], self.values[place][code]) for place, code in cell)

    def leaf(self) -> tuple[IntArray, int]:
        """The number of each row's combination of values, and how many combinations occur."""
        key, size = np.zeros(self.rows, dtype=np.int64), 1
        for codes, values in zip(self.codes, self.values, strict=True):
            if size > 2**62 // max(len(values), 1):
                key, size = renumbered(key)
            key = key * len(values) + codes
            size *= max(len(values), 1)
        return renumbered(key, size)

    def within(self, fine: int, coarse: int) -> bool:
        """Whether each value of `fine` occurs with one value of `coarse` only."""
        pairs, _ = renumbered(self.codes[fine].astype(np.int64) * max(self.sizes[coarse], 1) + self.codes[coarse])
        return bool(len(np.unique(pairs)) == len(np.unique(self.codes[fine])))


def _code(column: npt.ArrayLike | Dimension) -> tuple[npt.NDArray[Any], Sequence[Any]]:
    if isinstance(column, Dimension):
        order = sorted(range(len(column.values)), key=lambda k: _sort_key(column.values[k]))
        place = np.empty(len(order), dtype=_small(len(order)))
        place[order] = np.arange(len(order))
        codes = np.asarray(column.codes)
        if len(codes) and (codes.min() < 0 or codes.max() >= len(order)):
            raise ValueError("codes must lie within their values")
        return place[codes], [column.values[k] for k in order]
    array = np.asarray(column)
    if array.dtype.kind in "iub" and len(array):
        low, high = int(array.min()), int(array.max())
        if high - low < max(4 * len(array), 1000):
            shifted = array.astype(np.int64) - low
            occurs = np.bincount(shifted, minlength=high - low + 1) > 0
            place = (np.cumsum(occurs) - 1).astype(_small(int(occurs.sum())))
            return place[shifted], (np.flatnonzero(occurs) + low).astype(array.dtype).tolist()
    if array.dtype.kind in "iubSU":
        values, codes = np.unique(array, return_inverse=True)
        return codes.reshape(array.shape).astype(_small(len(values))), values.tolist()
    # Objects, and floats with their nan: numbers, texts and nothing may stand side by side.
    numbers: dict[Any, int] = {}
    raw = [numbers.setdefault(_plain(value), len(numbers)) for value in array.tolist()]
    return _code(Dimension(np.asarray(raw, dtype=np.int64), list(numbers)))


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def _sort_key(value: Any) -> tuple[str, Any, str]:
    if value is None:
        return "", 0, ""
    if isinstance(value, int | float):
        return "number", value, ""
    return "text", 0, str(value)


def _small(size: int) -> Any:
    return np.uint8 if size <= 2**8 else np.uint16 if size <= 2**16 else np.int64


def renumbered(key: IntArray, size: int | None = None) -> tuple[IntArray, int]:
    """The key's values as 0, 1, 2, ... in their order, and how many there are."""
    if size is not None and size <= 4 * len(key) + 1024:
        occurs = np.bincount(key, minlength=size) > 0
        return (np.cumsum(occurs) - 1)[key], int(occurs.sum())
    values, codes = np.unique(key, return_inverse=True)
    return codes.reshape(-1).astype(np.int64), len(values)
