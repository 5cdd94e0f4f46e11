"""What must hold for every design of proof, whatever it does: order, repeats, types, scale, nothing, one row, ties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    Effect,
    Season,
    coaching_effect,
    compare_arms,
    counterfactual_series,
    difference_in_differences,
    frozen_baseline,
    interrupted_series,
    staggered_effect,
)

Columns = tuple[npt.NDArray[Any], ...]
Design = Callable[..., Effect]
WORKED = "ratio < 1"


def coached(x: Any, unit: Any, time: Any) -> Effect:
    x = np.asarray(x, dtype=float)
    n, hits = np.full(len(x), 400.0), np.floor(np.maximum(x, 0) % 90)
    return coaching_effect(hits, n, np.floor(hits / 2), n, np.asarray(time) % 2)


DESIGNS: dict[str, Design] = {
    "its": lambda x, unit, time: interrupted_series(x, time + unit / 10, start=12, family="gaussian", criterion=WORKED),
    "its counts": lambda x, unit, time: interrupted_series(
        np.floor(x), time + unit / 10, start=12, size=np.full(len(x), 50.0), seasons=[Season(7, None)], slope=True
    ),
    "freeze": lambda x, unit, time: frozen_baseline(x, time + unit / 10, start=12, family="gaussian"),
    "counterfactual": lambda x, unit, time: counterfactual_series(
        x, time + unit / 10, start=12, controls=np.cos(np.asarray(time, dtype=float) + unit)
    ),
    "did": lambda x, unit, time: difference_in_differences(
        x, (np.asarray(unit) < 4).astype(int), (np.asarray(time) >= 12).astype(int), clusters=unit
    ),
    "did rows": lambda x, unit, time: difference_in_differences(
        x, (np.asarray(unit) < 4).astype(int), (np.asarray(time) >= 12).astype(int)
    ),
    "staggered": lambda x, unit, time: staggered_effect(
        x, unit, time, np.where(np.asarray(unit) < 4, 10.0 + 2 * np.asarray(unit), np.inf)
    ),
    "ab": lambda x, unit, time: compare_arms(x, np.asarray(unit) % 2, clusters=unit),
    "ab batches": lambda x, unit, time: compare_arms(np.floor(x), np.asarray(unit) % 2, size=np.full(len(x), 400)),
    "coaching": coached,
}
MEASURED = ("its", "freeze", "counterfactual", "did", "did rows", "staggered", "ab")


def sample() -> Columns:
    rng = np.random.default_rng(1)
    unit, time = np.repeat(np.arange(8), 18), np.tile(np.arange(18), 8)
    return np.round(60 + 5 * unit + rng.normal(0, 3, len(unit)) - 6 * (time >= 12), 2), unit, time


def numbers(found: Effect) -> npt.NDArray[np.float64]:
    ends = [(one.value, one.low, one.high) for one in (found.ratio, found.difference, found.careful)]
    looks = [each.value for each in found.diagnostics]
    return np.array([*np.ravel(ends), found.p_value, *looks], dtype=float)


each_design = pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)


@each_design
def test_order_of_rows_does_not_matter(design: Design) -> None:
    columns = sample()
    order = np.random.default_rng(2).permutation(len(columns[0]))
    here, there = design(*columns), design(*[column[order] for column in columns])
    np.testing.assert_allclose(numbers(here), numbers(there), rtol=1e-6, atol=1e-9)
    assert here.verdict == there.verdict


@each_design
def test_a_second_run_gives_the_same_and_leaves_the_input_alone(design: Design) -> None:
    columns = sample()
    before = [column.copy() for column in columns]
    np.testing.assert_array_equal(numbers(design(*columns)), numbers(design(*columns)))
    for column, copy in zip(columns, before, strict=True):
        np.testing.assert_array_equal(column, copy)


@each_design
@pytest.mark.parametrize("rows", [0, 1, 2])
def test_next_to_nothing_gives_no_verdict_and_no_warning(design: Design, rows: int) -> None:
    found = design(*[column[:rows] for column in sample()])
    assert found.verdict == "cannot_tell"
    assert found.because


@each_design
def test_small_types_give_what_floats_give(design: Design) -> None:
    x, unit, time = sample()
    whole = np.floor(x)
    small = design(whole.astype(np.int16), unit.astype(np.int8), time.astype(np.int32))
    np.testing.assert_allclose(numbers(small), numbers(design(whole, unit, time)), rtol=1e-6, atol=1e-9)


@each_design
def test_equal_values_have_no_effect(design: Design) -> None:
    _, unit, time = sample()
    if design is coached:
        return
    found = design(np.full(len(unit), 40.0), unit, time)
    assert found.verdict != "effective"
    if found.difference.is_known:
        assert found.difference.value == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", MEASURED)
def test_a_change_of_scale_passes_through(name: str) -> None:
    x, unit, time = sample()
    here, there = DESIGNS[name](x, unit, time), DESIGNS[name](x * 1000, unit, time)
    assert there.ratio.value == pytest.approx(here.ratio.value, rel=1e-6)
    assert [there.difference.value, there.difference.low, there.difference.high] == pytest.approx(
        [1000 * end for end in (here.difference.value, here.difference.low, here.difference.high)], rel=1e-5
    )
    assert there.verdict == here.verdict


@each_design
def test_every_design_says_what_it_assumes_in_one_sentence(design: Design) -> None:
    said = design(*sample()).assumes
    assert said.endswith(".")
    assert ". " not in said
