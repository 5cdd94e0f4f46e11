"""Means, medians, quantiles and ratios."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import BadRows, bootstrap, mean, median, quantile, ratio

# Student (1908), sleep data: extra hours with the second drug.
SLEEP = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_the_mean_repeats_students_own_data() -> None:
    found = mean(SLEEP)
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (2.33, 0.8977, 3.7623)


@pytest.mark.parametrize(("n", "first", "last"), [(6, 1, 6), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)])
def test_the_median_lies_between_the_tabled_order_statistics(n: int, first: int, last: int) -> None:
    found = median(np.arange(1, n + 1))
    assert (found.low, found.high) == (first, last)


def test_a_tail_that_the_sample_cannot_reach_has_no_end() -> None:
    found = quantile(range(20), p=0.95)
    assert found.low > 10
    assert isnan(found.high)
    assert isnan(median([1.0, 2.0]).low)


def test_a_ratio_of_clusters_equals_the_formula() -> None:
    y, x = np.array([3.0, 1, 4, 2]), np.array([10.0, 10, 12, 9])
    found = ratio(y, x)
    variance = 4 / 3 * ((y - y.sum() / x.sum() * x) ** 2).sum() / x.sum() ** 2
    assert found.high - found.value == pytest.approx(3.182446305 * variance**0.5)


def test_the_bootstrap_of_a_mean_is_as_wide_as_students_interval() -> None:
    values = np.random.default_rng(1).normal(10, 2, 25)
    plain, drawn = mean(values), bootstrap(lambda y: y.mean(axis=-1), values, draws=20_000, seed=3)
    assert drawn.half_width == pytest.approx(plain.half_width, rel=0.03)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert quantile(SLEEP, p=0.8, method="bootstrap", seed=5) == quantile(SLEEP, p=0.8, method="bootstrap", seed=5)
    assert ratio(SLEEP, [1] * 10, method="bootstrap", seed=5).has_interval


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40), st.floats(0.1, 100), st.floats(-1e3, 1e3))
def test_shift_and_scale_pass_through(values: list[float], scale: float, shift: float) -> None:
    for figure in (mean, median):
        here, there = figure(values), figure(np.array(values) * scale + shift)
        assert there.value == pytest.approx(here.value * scale + shift, rel=1e-6, abs=1e-3)
        if here.has_interval:
            assert there.high == pytest.approx(here.high * scale + shift, rel=1e-6, abs=1e-3)


def test_nothing_is_unknown_and_one_value_has_no_interval() -> None:
    for figure in (mean, median):
        assert not figure([]).is_known
        assert figure([4.0]).value == 4
        assert not figure([4.0]).has_interval
    assert not ratio([], []).is_known
    assert not ratio([0.0], [0.0]).is_known


def test_rows_that_do_not_fit_are_named() -> None:
    with pytest.raises(BadRows, match=r"rows 1, 3") as caught:
        mean([1.0, nan, 2.0, nan])
    assert caught.value.rows == (1, 3)


@pytest.mark.parametrize("call", [lambda: quantile([1], p=0), lambda: quantile([1], p=0.5, method="x")])  # type: ignore[arg-type]
def test_settings_that_cannot_be_are_refused(call: Any) -> None:
    with pytest.raises(ValueError, match=r"p must|method"):
        call()
