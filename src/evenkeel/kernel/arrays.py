"""The array types of the kernel and the checks at its edge."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .rows import refuse_rows

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
UIntArray = npt.NDArray[np.uint64]


def floats(values: npt.ArrayLike) -> FloatArray:
    """`values` as float64. Booleans count as 0 and 1."""
    return np.asarray(values, dtype=np.float64)


def vector(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """`values` as a one-dimensional float64 array without nan or infinity, or a ValueError that names it and the rows."""
    array = floats(values)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not {array.ndim}")
    refuse_rows(~np.isfinite(array), f"{name} must hold finite numbers only")
    return array


def codes(values: npt.ArrayLike, *, name: str) -> IntArray:
    """`values` as a one-dimensional array of non-negative integers, or a ValueError that names it and the rows."""
    array = np.asarray(values)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.ndim == 1 and array.dtype.kind == "f":
        refuse_rows(~np.isfinite(array), f"{name} must be known")
    if array.ndim != 1 or array.dtype.kind not in "iub":
        raise ValueError(f"{name} must be a one-dimensional array of integers")
    result: IntArray = array.astype(np.int64)
    if result.min() < 0:
        refuse_rows(result < 0, f"{name} must not be negative")
    return result


def short_codes(values: npt.ArrayLike, *, name: str) -> npt.NDArray[Any]:
    """As `codes`, but numbers of four bytes stay so: ten million labels as eight bytes each are memory for nothing."""
    array = np.asarray(values)
    if array.dtype != np.int32:
        return codes(array, name=name)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a one-dimensional array of integers")
    if array.size and array.min() < 0:
        refuse_rows(array < 0, f"{name} must not be negative")
    return array


def weights_of(values: npt.ArrayLike | None, n: int, *, name: str = "weights") -> FloatArray:
    """`values` as `n` finite weights of 0 or more, ones where there are none; or a ValueError that names the rows."""
    if values is None:
        return np.ones(n)
    array = floats(values)
    if array.shape != (n,):
        raise ValueError(f"{name} must have one number a row")
    refuse_rows(~np.isfinite(array), f"{name} must be finite")
    refuse_rows(array < 0, f"{name} must not be negative")
    return array


def columns_of(values: npt.ArrayLike | None, n: int, *, name: str) -> FloatArray:
    """`values` as (n, k) finite columns, none for None; or a ValueError that names the rows."""
    if values is None:
        return np.zeros((n, 0))
    array = floats(values)
    if array.ndim not in {1, 2} or array.shape[0] != n:
        raise ValueError(f"{name} must have one row for each of the {n} values")
    array = array.reshape(n, 1) if array.ndim == 1 else array
    refuse_rows(~np.isfinite(array).all(axis=1), f"{name} must hold finite numbers only")
    return array


def size_of(numbers: npt.NDArray[Any], given: int | None, name: str) -> int:
    """How many there are of what `numbers` count from 0: `given`, else one more than the largest. BadRows beyond it."""
    if given is None:
        return int(numbers.max()) + 1 if numbers.size else 0
    if numbers.size and numbers.max() >= given:
        refuse_rows(numbers >= given, f"{name} must be below {given}")
    return given


def classes_of(values: npt.ArrayLike, n_classes: int, *, name: str) -> IntArray:
    """Known classes by item, -1 where unknown, none beyond those there are; BadRows else."""
    array = np.asarray(values, dtype=np.int64)
    refuse_rows((array >= n_classes) | (array < -1), f"{name} must be below {n_classes}, or -1 where unknown")
    return array


def distributions(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Rows of probabilities, (items, classes); a row of nan or zeros is unknown. BadRows for rows that do not sum to 1."""
    p = floats(values)
    if p.ndim != 2:
        raise ValueError(f"{name} must have a row an item and a column a class")
    if p.size:
        # One product tells whether there is anything to look for: posteriors are long.
        total = p @ np.ones(p.shape[1])
        if not ((np.abs(total - 1) < 1e-3).all() and p.min() >= 0):
            is_unknown = np.isnan(p).all(axis=1) | (p == 0).all(axis=1)
            refuse_rows(
                ~((np.abs(total - 1) < 1e-3) & (p >= 0).all(axis=1)) & ~is_unknown, f"{name} must sum to 1 in each row"
            )
    return p


def same_length(**arrays: npt.NDArray[Any]) -> int:
    """The common length of the arrays, or a ValueError that names them."""
    lengths = {array.shape[0] for array in arrays.values()}
    if len(lengths) != 1:
        raise ValueError(f"{', '.join(arrays)} must have the same length")
    return int(lengths.pop())


def divide(above: npt.ArrayLike, below: npt.ArrayLike, *, empty: float = float("nan")) -> FloatArray:
    """`above / below` with `empty` where `below` is 0, so that an unknown rate is nan without a warning."""
    top, bottom = np.broadcast_arrays(floats(above), floats(below))
    result = np.full(top.shape, empty)
    np.divide(top, bottom, out=result, where=bottom != 0)
    return result
