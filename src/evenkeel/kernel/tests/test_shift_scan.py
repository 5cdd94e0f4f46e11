"""Tables with forecasts: planted cells of any order, none, everything, and tables too small to say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenkeel.kernel import Shifts, explain_shift

SIZES = (8, 6, 5)


def table(*, seed: int = 1, noise: float = 0.02, cells: tuple[dict[str, int], ...] = (), factor: float = 0.5) -> Shifts:
    rng = np.random.default_rng(seed)
    places = np.indices(SIZES).reshape(3, -1)
    dimensions = dict(zip("abc", places, strict=True))
    predict = rng.lognormal(4, 1, places.shape[1]) * ((rng.random(places.shape[1]) < 0.8) | (places[2] == 4))
    real = predict * (1 + rng.normal(0, noise, len(predict)))
    for cell in cells:
        inside = np.logical_and.reduce([dimensions[name] == value for name, value in cell.items()])
        real[inside] *= factor
    return explain_shift(dimensions, real, predict)


@pytest.mark.parametrize("cells", [({"a": 3},), ({"a": 1, "b": 2},), ({"a": 2, "b": 0, "c": 4},), ({"b": 1}, {"c": 2})])
def test_planted_cells_are_named_whatever_their_order(cells: tuple[dict[str, int], ...]) -> None:
    found = table(cells=cells)
    assert sorted((dict(cause.where) for cause in found.causes), key=str) == sorted(cells, key=str)
    for cause in found.causes:
        assert cause.purity > 0.75
        assert cause.excess == pytest.approx(cause.real - cause.predict)
        assert cause.share.value == pytest.approx(cause.excess / found.change)
        assert cause.rate_ratio == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize("seed", range(6))
def test_noise_alone_is_no_cause(seed: int) -> None:
    assert table(seed=seed, noise=0.15).verdict == "no change"


def test_a_fall_of_everything_is_global() -> None:
    found = _fallen()
    assert (found.verdict, found.causes) == ("global shift", ())


def _fallen() -> Shifts:
    rng = np.random.default_rng(3)
    predict = rng.uniform(50, 100, 400)
    real = predict * 0.6 * (1 + rng.normal(0, 0.02, 400))
    return explain_shift({"a": np.arange(400) % 20, "b": np.arange(400) // 20}, real, predict)


def test_cells_of_the_same_leaves_go_by_the_simplest_name() -> None:
    a, b = np.repeat([0, 1, 2, 3], 10), np.repeat([5, 6, 7, 7], 10)
    real = np.where(b == 6, 40.0, 100.0) + np.tile(np.linspace(-1, 1, 10), 4)
    (cause,) = explain_shift({"a": a, "b": b}, real, np.full(40, 100.0)).causes
    assert cause.where == (("a", 1),)
    assert cause.also_known_as == ((("b", 6),),)


def test_little_and_nothing_are_answered() -> None:
    nothing: Any = []
    assert explain_shift({"a": nothing}, nothing, nothing).verdict == "no data"
    assert explain_shift({"a": [1, 2]}, [0, 0], [0, 0]).verdict == "no data"
    assert explain_shift({}, [1, 2], [1, 2]).verdict == "no data"
    assert explain_shift({"a": [1]}, [5], [5]).verdict == "no change"
    with pytest.raises(ValueError, match="length"):
        explain_shift({"a": [1]}, [1, 2], [1])


def test_many_dimensions_are_looked_at_up_to_three() -> None:
    rng = np.random.default_rng(4)
    dimensions = {letter: rng.integers(0, 4, 3000) for letter in "abcdefgh"}
    predict = rng.uniform(1, 9, 3000)
    moved = (dimensions["a"] == 1) & (dimensions["b"] == 2)
    real = predict * np.where(moved, 0.3, 1) * (1 + rng.normal(0, 0.01, 3000))
    assert [cause.where for cause in explain_shift(dimensions, real, predict).causes] == [(("a", 1), ("b", 2))]
