"""The two loops over all rows of a search, as machine code: sums of cells, and steps of proportional fitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray
from .machine_code import compiled

BLOCK = 131_072  # rows at a time: what stays in the processor's cache


def add_to_cells(
    codes: Sequence[npt.NDArray[Any]],
    sizes: Sequence[int],
    starts: IntArray,
    weights: FloatArray,
    into: FloatArray,
    *,
    pairs: bool,
) -> None:
    """Adds rows to the cells of every dimension and (with `pairs`) every two of them, in one pass."""
    # Unsigned: an index that cannot be negative needs no look from which end it counts.
    add, wide, first = _add(), np.asarray(sizes, dtype=np.uint64), starts.astype(np.uint64)
    for begin in range(0, len(weights), BLOCK):
        block = slice(begin, begin + BLOCK)
        table = np.stack([code[block].astype(np.uint32) for code in codes], axis=1)
        add(table, wide, first, np.ascontiguousarray(weights[block]), into, pairs)


def fit_and_sum(
    code: npt.NDArray[Any], step: FloatArray, following: npt.NDArray[Any], expected: FloatArray, size: int
) -> FloatArray:
    """Multiplies each row's expected events by its value's step, and sums them by the values of the following dimension."""
    into = np.zeros(size)
    _step()(code, step, following, expected, into)
    return into


@cache
def _add() -> Callable[..., None]:
    return compiled(_add_loop)


@cache
def _step() -> Callable[..., None]:
    return compiled(_step_loop)


def _add_loop(codes: Any, sizes: Any, starts: Any, weights: Any, into: Any, pairs: bool) -> None:
    rows, dimensions = codes.shape
    for row in range(rows):
        weight, values = weights[row], codes[row]
        for first in range(dimensions):
            into[starts[first] + values[first]] += weight
        if pairs:
            k = dimensions
            for first in range(dimensions):
                value = values[first]
                for second in range(first + 1, dimensions):
                    into[starts[k] + value * sizes[second] + values[second]] += weight
                    k += 1


def _step_loop(code: Any, step: Any, following: Any, expected: Any, into: Any) -> None:
    for row in range(expected.shape[0]):
        value = expected[row] * step[code[row]]
        expected[row] = value
        into[following[row]] += value
