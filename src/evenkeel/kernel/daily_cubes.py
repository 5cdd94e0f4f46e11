"""Sums by cell of one and two dimensions, made once a day, from which any two windows are compared without their rows.

A day is counted against one frozen model of the rate, so that its cells hold events, expected events and n, all additive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, vector
from .coded import Coded, Dimension
from .cubes import Layout
from .expected import fit_factors, rates
from .rows import refuse_rows


@dataclass(frozen=True, slots=True, eq=False)
class RateModel:
    """A main-effects model of a rate: what each value of each dimension multiplies it by. Values it never saw share the
    last code of their dimension, named None, with factor 1.
    """

    names: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    pooled: float
    factors: tuple[FloatArray, ...]

    @property
    def layout(self) -> Layout:
        """Where which cell lies in the sums of a cube."""
        return Layout.of([len(values) for values in self.values])

    def codes(self, dimensions: Mapping[str, npt.ArrayLike | Dimension], *, rows: int) -> list[npt.NDArray[np.int64]]:
        """The rows' values as this model numbers them."""
        coded = Coded.of({name: dimensions[name] for name in self.names}, rows=rows)
        found = []
        for values, own, codes in zip(self.values, coded.values, coded.codes, strict=True):
            place = {value: k for k, value in enumerate(values)}
            found.append(np.array([place.get(value, len(values) - 1) for value in own], dtype=np.int64)[codes])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Events, expected events and n in every cell of one and two dimensions, and on the whole; of any number of days."""

    model: RateModel
    events: FloatArray
    expected: FloatArray
    n: FloatArray
    total: FloatArray  # the three on the whole

    def __add__(self, other: Cube) -> Cube:
        return self._with(other, 1.0)

    def __sub__(self, other: Cube) -> Cube:
        return self._with(other, -1.0)

    def _with(self, other: Cube, sign: float) -> Cube:
        if other.model is not self.model and (other.model.names, other.model.values) != (
            self.model.names,
            self.model.values,
        ):
            raise ValueError("cubes of different models do not add up")
        return Cube(
            self.model, self.events + sign * other.events, self.expected + sign * other.expected, self.n + sign * other.n,
            self.total + sign * other.total,
        )  # fmt: skip


def fit_rate_model(
    dimensions: Mapping[str, npt.ArrayLike | Dimension], events: npt.ArrayLike, *, n: npt.ArrayLike | None = None
) -> RateModel:
    """Fits main effects to decisions (or cells with `n`), to count days against; fit it anew a few times a year.

    By iterative proportional fitting as in `explain_rate`. A model that has aged makes `mix` less exact and scans less
    sharp, never wrong: every cell is compared with its own baseline.

    >>> model = fit_rate_model({"site": ["A", "B"]}, [10, 40], n=[1000, 1000])
    >>> (model.pooled * model.factors[0]).round(3).tolist()
    [0.01, 0.04, 0.025]

    Reference: Deming, Stephan (1940) Annals of Mathematical Statistics 11.
    """
    x, size = _counts(events, n)
    coded = Coded.of(dimensions, rows=len(x))
    pooled, factors = fit_factors(coded.codes, coded.sizes, x, size)
    return RateModel(
        coded.names, tuple((*values, None) for values in coded.values), pooled,
        tuple(np.append(factor, 1.0) for factor in factors),
    )  # fmt: skip


def count_cube(
    model: RateModel,
    dimensions: Mapping[str, npt.ArrayLike | Dimension],
    events: npt.ArrayLike,
    *,
    n: npt.ArrayLike | None = None,
) -> Cube:
    """Counts a day's decisions (or cells with `n`) into a cube; cost one pass for every pair of dimensions.

    >>> model = fit_rate_model({"site": ["A", "B"]}, [10, 40], n=[1000, 1000])
    >>> day = count_cube(model, {"site": ["A", "A", "B"]}, [1, 0, 1])
    >>> (day + day - day).events.tolist()
    [1.0, 1.0, 0.0]

    Reference: Gray et al. (1997) Data Mining and Knowledge Discovery 1 (data cube).
    """
    x, size = _counts(events, n)
    codes, layout = model.codes(dimensions, rows=len(x)), model.layout
    hoped = rates(codes, model.pooled, model.factors, len(x)) * size
    parts = [np.zeros(layout.size) for _ in range(3)]
    some = np.flatnonzero(x)
    layout.add([code[some] for code in codes], x[some], parts[0])
    layout.add(codes, hoped, parts[1])
    layout.add(codes, size, parts[2])
    return Cube(model, parts[0], parts[1], parts[2], np.array([x.sum(), hoped.sum(), size.sum()]))


def sum_cubes(cubes: Sequence[Cube]) -> Cube:
    """All days of a window together. Raises ValueError without any.

    >>> model = fit_rate_model({"site": ["A", "B"]}, [10, 40], n=[1000, 1000])
    >>> day = count_cube(model, {"site": ["A", "B"]}, [1, 1])
    >>> sum_cubes([day, day, day]).total[0].item()
    6.0

    Reference: Gray et al. (1997) Data Mining and Knowledge Discovery 1 (data cube).
    """
    if not cubes:
        raise ValueError("a window needs a day at least")
    found = cubes[0]
    for cube in cubes[1:]:
        found = found + cube
    return found


def _counts(events: npt.ArrayLike, n: npt.ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    x = vector(events, name="events")
    size = np.ones(len(x)) if n is None else vector(n, name="n")
    if size.shape != x.shape:
        raise ValueError("events and n must have the same length")
    refuse_rows((x < 0) | (x > size), "events must lie between 0 and n")
    return x, size
