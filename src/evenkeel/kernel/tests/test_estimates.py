"""Estimates and intervals for a share."""

from __future__ import annotations

import json
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import Estimate, proportion, proportion_bounds, wilson
from evenkeel.kernel.proportions import ProportionMethod

METHODS: tuple[ProportionMethod, ...] = ("wilson", "clopper_pearson", "jeffreys", "agresti_coull")

counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# Newcombe (1998), table I: Wilson and Clopper-Pearson for 81/263, 15/148, 0/20 and 1/29.
@pytest.mark.parametrize(
    ("method", "hits", "n", "low", "high"),
    [
        ("wilson", 81, 263, 0.2553, 0.3662),
        ("wilson", 15, 148, 0.0624, 0.1605),
        ("wilson", 0, 20, 0.0, 0.1611),
        ("wilson", 1, 29, 0.0061, 0.1718),
        ("clopper_pearson", 81, 263, 0.2527, 0.3676),
        ("clopper_pearson", 15, 148, 0.0578, 0.1617),
        ("clopper_pearson", 0, 20, 0.0, 0.1684),
        ("clopper_pearson", 1, 29, 0.0009, 0.1776),
        ("clopper_pearson", 14, 15, 0.6805, 0.9983),
    ],
)
def test_intervals_repeat_published_figures(
    method: ProportionMethod, hits: int, n: int, low: float, high: float
) -> None:
    share = proportion(hits, n, method=method)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


@pytest.mark.parametrize("method", METHODS)
@given(count=counts, level=st.floats(0.5, 0.999))
def test_an_interval_lies_in_0_to_1_and_mirrors_when_hits_and_misses_swap(
    method: ProportionMethod, count: tuple[int, int], level: float
) -> None:
    hits, n = count
    share, mirror = proportion(hits, n, method=method, level=level), proportion(n - hits, n, method=method, level=level)
    assert 0 <= share.low <= share.high <= 1
    assert share.low - 1e-9 <= share.value <= share.high + 1e-9 or method == "jeffreys"
    assert share.low == pytest.approx(1 - mirror.high, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@given(count=counts)
def test_more_data_at_the_same_rate_narrows_the_interval(method: ProportionMethod, count: tuple[int, int]) -> None:
    hits, n = count
    assert proportion(hits * 4, n * 4, method=method).half_width < proportion(hits, n, method=method).half_width


@pytest.mark.parametrize("method", METHODS)
def test_many_shares_at_once_equal_one_at_a_time(method: ProportionMethod) -> None:
    hits, n = np.array([0, 3, 10.5, 7, 0]), np.array([4, 3, 20.25, 90, 0])
    low, high = proportion_bounds(hits, n, method=method)
    for k in range(4):
        one = proportion(hits[k], n[k], method=method)
        assert (low[k], high[k]) == (one.low, one.high)
    assert np.isnan([low[4], high[4]]).all()


def test_wilson_covers_what_it_says_and_better_than_the_textbook_interval() -> None:
    n, p = 20, 0.95
    hits = np.random.default_rng(1).binomial(n, p, 20_000)
    low, high = proportion_bounds(hits, np.full(hits.shape, n))
    half = 1.96 * np.sqrt(hits / n * (1 - hits / n) / n)
    wald = (np.abs(hits / n - p) <= half).mean()
    assert 0.90 < ((low <= p) & (p <= high)).mean() < 0.99
    assert wald < 0.70


def test_no_data_is_unknown_not_zero() -> None:
    none = wilson(0, 0)
    assert isnan(none.value)
    assert isnan(none.low)
    assert not none.is_known
    assert none.is_thin(minimum=0)


@pytest.mark.parametrize(("hits", "n"), [(-1, 5), (6, 5), (nan, 5)])
def test_impossible_counts_are_refused(hits: float, n: float) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(hits, n)


@pytest.mark.parametrize("level", [0.0, 1.0, 95])
def test_a_level_outside_0_to_1_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        wilson(1, 2, level=level)


def test_thin_is_judged_by_the_effective_sample() -> None:
    estimate = Estimate(0.5, 0.4, 0.6, n=200, n_effective=12.0, method="hajek_wilson", level=0.95)
    assert estimate.is_thin()
    assert not estimate.is_thin(minimum=10)


@given(value=st.one_of(st.just(nan), st.floats(0, 1)), n=st.integers(0, 10**6))
def test_a_dictionary_goes_through_json_and_back(value: float, n: int) -> None:
    estimate = Estimate(value, nan, 1.0, n, float(n), "wilson", 0.9)
    again = Estimate.from_dict(json.loads(json.dumps(estimate.to_dict(), allow_nan=False)))
    assert again.to_dict() == estimate.to_dict()
    assert isnan(again.low)
    assert again.n == n
