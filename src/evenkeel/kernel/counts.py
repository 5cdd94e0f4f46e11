"""From a long list of labels to counts: how many gave each class to each item, and who said what against whom."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from . import machine_code
from .arrays import IntArray, codes, floats, same_length, short_codes, size_of


def count_labels(
    items: npt.ArrayLike, labels: npt.ArrayLike, *, n_items: int | None = None, n_classes: int | None = None
) -> IntArray:
    """How many labels of each class each item has: an (n_items, n_classes) matrix.

    `items` and `labels` are running numbers from 0, one pair a label; repeats by one person count again. Give `n_items`
    and `n_classes` when some item has no label or some class was never used, for the classes that *could* be chosen
    enter some coefficients. Raises ValueError for a number outside its range.

    >>> count_labels([0, 0, 1], [1, 1, 0], n_classes=3).tolist()
    [[0, 2, 0], [1, 0, 0]]
    """
    item, label = short_codes(items, name="items"), short_codes(labels, name="labels")
    n = same_length(items=item, labels=label)
    height, width = size_of(item, n_items, "items"), size_of(label, n_classes, "labels")
    if (loops := machine_code.loops(n)) is not None:
        counts: IntArray = loops.tally(item, label, np.zeros((height, width), dtype=np.int64))
        return counts
    flat = np.bincount(item.astype(np.int64) * width + label, minlength=height * width)
    return flat.reshape(height, width).astype(np.int64)


def confusion(
    truth: npt.ArrayLike, label: npt.ArrayLike, *, n_classes: int | None = None, weights: npt.ArrayLike | None = None
) -> npt.NDArray[np.float64]:
    """Counts (or summed weights) by true class (row) and given class (column): (n_classes, n_classes).

    Works for two raters as well: the first in the rows. Reference: any textbook; sums over rows are the true totals.

    >>> confusion([0, 0, 1], [0, 1, 1]).tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    row, column = codes(truth, name="truth"), codes(label, name="label")
    same_length(truth=row, label=column)
    width = size_of(np.concatenate([row, column]), n_classes, "classes")
    weight = None if weights is None else floats(weights)
    return (
        np.bincount(row * width + column, weights=weight, minlength=width * width).reshape(width, width).astype(float)
    )
