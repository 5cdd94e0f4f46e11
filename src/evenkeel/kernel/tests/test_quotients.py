"""A figure over a figure: the delta method where intervals are symmetric, skewed ends where they are not, honest coverage."""

from __future__ import annotations

from math import exp, inf, nan, sqrt

import numpy as np
import pytest

from evenkeel.kernel import Estimate, quotient, wilson


def normal(value: float, error: float, n: int = 100) -> Estimate:
    return Estimate(value, value - 1.959964 * error, value + 1.959964 * error, n, float(n), "t")


def test_it_is_the_delta_method_on_logarithms_where_errors_are_small() -> None:
    found = quotient(normal(200.0, 0.4), normal(50.0, 0.1))
    half = 1.959964 * sqrt((0.4 / 200) ** 2 + (0.1 / 50) ** 2)
    assert found.value == 4.0
    assert found.low == pytest.approx(4 * exp(-half), rel=1e-4)
    assert found.high == pytest.approx(4 * exp(half), rel=1e-4)


def test_a_counted_side_adds_nothing_to_the_interval() -> None:
    rate, counted = wilson(30, 100), Estimate(10.0, 10.0, 10.0, 10, 10.0, "counted")
    found = quotient(rate, counted)
    assert [found.low, found.high] == pytest.approx([rate.low / 10, rate.high / 10])
    assert (found.n, found.n_effective) == (10, 10.0)


def test_the_ratio_of_two_rates_is_covered_as_often_as_said() -> None:
    """The method of variance recovery on Wilson's intervals: Zou and Donner (2008) find 94 to 96 % in such cases."""
    rng = np.random.default_rng(5)
    draws = zip(rng.binomial(120, 0.3, 600).tolist(), rng.binomial(200, 0.6, 600).tolist(), strict=True)
    found = [quotient(wilson(a, 120), wilson(b, 200)) for a, b in draws]
    assert np.mean([one.low <= 0.5 <= one.high for one in found]) == pytest.approx(0.95, abs=0.02)


def test_what_cannot_be_divided_is_unknown() -> None:
    some = normal(5.0, 1.0)
    assert not quotient(some, normal(0.0, 1.0)).is_known
    assert not quotient(normal(-1.0, 1.0), some).is_known
    assert not quotient(Estimate.unknown(method="t"), some).is_known
    wide = quotient(some, normal(5.0, 4.0))
    assert (wide.value, wide.has_interval) == (1.0, False)
    bare = quotient(Estimate(1.0, nan, nan, 1, 1.0, "t"), some)
    assert (bare.value, bare.has_interval) == (0.2, False)
    none = quotient(wilson(0, 50), some)
    assert (none.value, none.low) == (0.0, 0.0)
    assert 0 < none.high < inf
    reaching = quotient(normal(1.0, 1.0), some)
    assert reaching.low == 0.0
