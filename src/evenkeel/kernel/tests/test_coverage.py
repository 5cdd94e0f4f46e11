"""Coverage of intervals, the short form: `bench/intervals.py` prints the long one, docs/statistics.md holds its table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenkeel.kernel import proportion, proportion_bounds
from evenkeel.kernel.tests import coverage_cases as cases

GRID = np.linspace(0.90, 0.99, 181)


@pytest.mark.parametrize("n", cases.SIZES)
@pytest.mark.parametrize(
    ("method", "least", "mean"),
    [
        ("wilson", 0.88, 0.945),
        ("jeffreys", 0.87, 0.935),
        ("agresti_coull", 0.92, 0.945),
        ("clopper_pearson", 0.95, 0.955),
    ],
)
def test_intervals_of_a_share_cover_exactly_what_they_say(method: Any, least: float, mean: float, n: int) -> None:
    found = cases.exact_coverage(method, n, GRID)
    assert found.min() >= least
    assert mean <= found.mean() <= 0.995


@pytest.mark.parametrize("n", [20, 47])
def test_blaker_holds_in_every_single_case_and_is_never_longer_than_clopper_pearson(n: int) -> None:
    found = cases.exact_coverage("blaker", n, GRID)
    assert found.min() >= 0.95
    assert found.max() <= 0.995
    hits = np.arange(n + 1.0)
    low, high = proportion_bounds(hits, n, method="blaker")
    wider_low, wider_high = proportion_bounds(hits, n, method="clopper_pearson")
    assert (low >= wider_low - 1e-9).all()
    assert (high <= wider_high + 1e-9).all()
    np.testing.assert_allclose(low, 1 - high[::-1], atol=1e-9)


def test_wilson_stays_between_93_and_99_in_97_cases_of_100() -> None:
    found = np.concatenate([cases.exact_coverage("wilson", n, GRID) for n in range(20, 201, 10)])
    assert ((found >= 0.93) & (found <= 0.99)).mean() > 0.97
    assert 0.94 < found.mean() < 0.96


def test_blaker_wants_whole_counts() -> None:
    with pytest.raises(ValueError, match="whole counts"):
        proportion(18.5, 20, method="blaker")


@pytest.mark.parametrize("kind", ["two strata", "log-normal", "score"])
@pytest.mark.parametrize("how", ["weighted_rate", "wilson"])
def test_intervals_of_weighted_designs_cover_on_average(kind: str, how: str) -> None:
    found = [
        cases.covered(cases.of_design(kind, how, n, rate), 120, seed=n)[0] for n in (50, 200) for rate in (0.9, 0.98)
    ]
    assert 0.92 < float(np.mean(found)) < 0.99


@pytest.mark.parametrize(
    ("how", "least", "most"),
    [("mean", 0.91, 0.97), ("median", 0.94, 0.99), ("quantile .9", 0.94, 1.0), ("ratio", 0.91, 0.98),
     ("bootstrap of the mean", 0.90, 0.98)],
)  # fmt: skip
def test_intervals_of_values_cover(how: str, least: float, most: float) -> None:
    assert least < cases.covered(cases.of_values(how, 50), 250, seed=3)[0] <= most


@pytest.mark.parametrize(
    "how",
    ["rogan_gladen, errors known", "rogan_gladen, errors measured", "post-strata", "direct standardisation",
     "indirect standardisation", "ppi++", "difference"],
)  # fmt: skip
def test_intervals_of_corrected_shares_cover(how: str) -> None:
    assert 0.92 < cases.covered(cases.of_shares(how, 100), 300, seed=5)[0] <= 0.99


def test_recall_covers_where_it_is_given_at_all() -> None:
    held, told = cases.covered(cases.of_recall(2500), 150, seed=6)
    assert 0.90 < held <= 1
    assert told > 0.8
    assert cases.covered(cases.of_recall(300), 50, seed=6)[1] == 0
