"""How alike two classes are: the weights of weighted coefficients, and Krippendorff's metrics for each level of scale."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, divide, vector

Likeness = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio"]
Scale = Literal["nominal", "ordinal", "interval", "ratio"]


def likeness(scheme: Likeness, classes: npt.ArrayLike | int) -> FloatArray:
    """Weights (classes, classes): 1 for the same class, 0 for the two farthest apart.

    Assumes classes that stand in order. `classes` are the numbers they stand for, or how many there are (then 1, 2, 3
    ...). For values v and ranks r: identity; linear 1 - |d| / max; quadratic 1 - d^2 / max; radical 1 - sqrt|d| / max;
    ratio 1 - ((v - w) / (v + w))^2 / max; ordinal 1 - C(|r - s| + 1, 2) / max. Raises ValueError for an unknown scheme.

    >>> likeness("linear", 3).tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]

    Reference: Gwet (2014) chapter 3; Cohen (1968) Psychological Bulletin 70.
    """
    values = np.arange(1.0, classes + 1) if isinstance(classes, int) else vector(classes, name="classes")
    if scheme == "identity":
        return np.eye(len(values))
    apart = np.abs(values[:, None] - values[None, :])
    place = np.argsort(np.argsort(values)).astype(np.float64)
    ranks = np.abs(place[:, None] - place[None, :])
    distances = {
        "linear": apart,
        "quadratic": apart**2,
        "radical": np.sqrt(apart),
        "ratio": _ratio(values),
        "ordinal": ranks * (ranks + 1) / 2,
    }
    if scheme not in distances:
        raise ValueError(f"unknown scheme {scheme!r}")
    return _near(distances[scheme])


def likeness_in(scale: Scale, totals: FloatArray, values: npt.ArrayLike | None) -> FloatArray:
    """Krippendorff's metric as weights, 1 - distance^2 / largest; `totals` are the labels of each class, for ordinal."""
    numbers = np.arange(float(len(totals))) if values is None else vector(values, name="values")
    if numbers.shape != totals.shape:
        raise ValueError("values must have one number a class")
    if scale == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return _near((middle[:, None] - middle[None, :]) ** 2)
    if scale == "interval":
        return _near((numbers[:, None] - numbers[None, :]) ** 2)
    if scale == "ratio":
        if (numbers < 0).any():
            raise ValueError("values on a ratio scale must not be negative")
        return _near(_ratio(numbers))
    if scale == "nominal":
        return np.eye(len(totals))
    raise ValueError(f"unknown scale {scale!r}")


def _ratio(values: FloatArray) -> FloatArray:
    return divide(values[:, None] - values[None, :], values[:, None] + values[None, :], empty=0.0) ** 2


def _near(distance: FloatArray) -> FloatArray:
    widest = distance.max(initial=0.0)
    near: FloatArray = 1 - distance / widest if widest > 0 else np.ones_like(distance)
    return near
