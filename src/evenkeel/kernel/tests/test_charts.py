"""Control charts: published cases, false alarms under over-dispersion, frozen baselines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import Chart, ewma, individuals_chart, p_chart, wilson
from evenkeel.kernel.charts import Spread

NIST = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
        52.1]  # fmt: skip
RATE_CASES = [
    "p_orangejuice_trial",
    "p_orangejuice_revised",
    "p_nhs",
    "pprime_nhs",
    "p_cabg_readmissions",
    "p_cabg_deaths",
]
SPREADS: tuple[Spread, ...] = ("beta_binomial", "laney", "binomial")


def beyond(chart: Chart, rule: str = "beyond_limits") -> list[int]:
    """Flagged points, counted from 1 as the published cases do."""
    return [flag.point + 1 for flag in chart.flags if flag.rule == rule]


def case_of(name: str, cases: list[dict[str, Any]]) -> dict[str, Any]:
    return next(case for case in cases if case["id"] == name)


def column(rows: list[dict[str, str]], name: str, case: dict[str, Any]) -> npt.NDArray[np.float64]:
    some = rows[:30] if "trial==TRUE" in case["data"] else rows
    return np.array([float(row[name]) for row in some])


def baseline(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "baseline": case["params"].get("freeze"),
        "exclude": [point - 1 for point in case["params"].get("exclude", [])],
    }


@pytest.mark.shared_data
@pytest.mark.parametrize("name", RATE_CASES)
def test_rate_charts_equal_the_published_cases(
    name: str, reference_json: Callable[[str], Any], reference_rows: Callable[[str], list[dict[str, str]]]
) -> None:
    case = case_of(name, reference_json("spc/charts.json"))
    rows, expected = reference_rows(f"spc/{case['data'].split(' ')[0]}"), case["expected"]
    x, n = (column(rows, case["columns"][key], case) for key in ("x", "n"))
    chart = p_chart(x, n, spread="laney" if case["chart"] == "laney_p" else "binomial", **baseline(case))
    half = np.abs(chart.upper - chart.centre).max()
    # The cases round d2 to 1.128 where a moving range enters.
    slack = 1e-3 * half if case["chart"] == "laney_p" else 1e-6 * half
    assert chart.centre == pytest.approx(expected["center"])
    np.testing.assert_allclose(chart.lower, np.broadcast_to(expected["lcl"], chart.lower.shape), atol=slack)
    np.testing.assert_allclose(chart.upper, np.broadcast_to(expected["ucl"], chart.upper.shape), atol=slack)
    assert beyond(chart) == expected["points_beyond_limits"]


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["i_loan", "i_cabg_age", "i_cabg_age_excluded"])
def test_individuals_charts_equal_the_published_cases(
    name: str, reference_json: Callable[[str], Any], reference_rows: Callable[[str], list[dict[str, str]]]
) -> None:
    case = case_of(name, reference_json("spc/charts.json"))
    expected = case["expected"]
    values = column(reference_rows(f"spc/{case['data']}"), case["columns"]["x"], case)
    chart = individuals_chart(values, **baseline(case))
    assert chart.centre == pytest.approx(expected["center"])
    assert chart.upper[0] - chart.centre == pytest.approx(expected["ucl"] - expected["center"], rel=1e-3)
    assert beyond(chart) == expected["points_beyond_limits"]


@pytest.mark.shared_data
def test_montgomerys_ewma_comes_out(
    reference_json: Callable[[str], Any], reference_rows: Callable[[str], list[dict[str, str]]]
) -> None:
    case = case_of("ewma_t0901", reference_json("spc/charts.json"))
    values = column(reference_rows("spc/t0901_cusum.csv"), "x", case)
    chart = individuals_chart(values, centre=10, sigma=1, ewma_weight=0.1, ewma_width=2.7)
    np.testing.assert_allclose(10 + chart.ewma, case["expected"]["y"], rtol=1e-9)
    np.testing.assert_allclose(10 + chart.ewma_limit, np.array(case["expected"]["limits"])[:, 1], rtol=1e-9)
    assert beyond(chart, "ewma") == [29, 30]


def test_nists_ewma_comes_out() -> None:
    average, limit = ewma((np.array(NIST) - 50) / 2.0539, weight=0.3, width=3, is_steady=True)
    assert (50 + 2.0539 * average[-3:]).round(2).tolist() == [51.23, 51.94, 51.99]
    assert (50 + 2.0539 * limit[0]).round(4) == 52.5884


def false_alarms(spread: Spread, rho: float) -> tuple[float, float]:
    """Share of in-control points flagged after 84 baseline days, by rule 1 and by the EWMA."""
    rng = np.random.default_rng(7)
    flagged = {"beyond_limits": 0, "ewma": 0}
    for _ in range(60):
        n = np.round(rng.integers(200, 3600) * rng.uniform(0.8, 1.2, 168)).astype(int)
        p = rng.beta(0.05 * (1 / rho - 1), 0.95 * (1 / rho - 1), 168) if rho else np.full(168, 0.05)
        for flag in p_chart(rng.binomial(n, p), n, spread=spread, baseline=84).flags:
            flagged[flag.rule] += flag.point >= 84
    return flagged["beyond_limits"] / (60 * 84), flagged["ewma"] / (60 * 84)


def test_days_that_differ_a_little_fool_the_plain_chart_only() -> None:
    ours, laney, plain = (false_alarms(spread, 0.002) for spread in SPREADS)
    assert plain[0] > 0.1
    assert max(ours) < 0.015
    assert max(laney) < 0.02


def test_pure_chance_costs_the_wider_chart_nothing() -> None:
    assert max(false_alarms("beta_binomial", 0.0)) < 0.01


def test_a_lasting_small_shift_is_found_by_the_average_before_the_limits() -> None:
    rng = np.random.default_rng(9)
    delays: dict[str, list[int]] = {"ewma": [], "beyond_limits": []}
    for _ in range(40):
        hits = rng.binomial(800, np.where(np.arange(120) < 60, 0.05, 0.062))
        for rule, delay in delays.items():
            points = [flag.point - 60 for flag in p_chart(hits, [800] * 120, baseline=60).flags if flag.rule == rule]
            delay.append(min([point for point in points if point >= 0], default=60))
    assert np.median(delays["ewma"]) < 12 < np.median(delays["beyond_limits"])


def test_few_errors_a_day_do_not_flag_several_times_too_often() -> None:
    rng = np.random.default_rng(10)
    flagged = dict.fromkeys(SPREADS, 0)
    for _ in range(80):
        hits = rng.binomial(30, 0.03, 168)
        for spread in SPREADS:
            flagged[spread] += len([p for p in beyond(p_chart(hits, [30] * 168, spread=spread, baseline=84)) if p > 84])
    assert flagged["beta_binomial"] / (80 * 84) < 0.0027
    assert flagged["binomial"] / (80 * 84) > 0.005


@given(later=st.lists(st.integers(0, 50), min_size=1, max_size=10))
def test_a_frozen_baseline_does_not_move(later: list[int]) -> None:
    before = [5, 7, 4, 6, 5, 8, 3]
    chart = p_chart(before + later, [50] * (7 + len(later)), baseline=7)
    alone = p_chart(before, [50] * 7)
    assert (chart.centre, chart.spread, chart.baseline_points) == (alone.centre, alone.spread, 7)


@given(scale=st.floats(0.2, 1))
def test_effective_sizes_widen_limits_and_lower_scores(scale: float) -> None:
    hits, n = np.array([4.0, 6.0, 5.0, 12.0]), np.full(4, 100.0)
    full, thinner = (p_chart(hits * s, n * s, spread="binomial") for s in (1.0, scale))
    assert full.centre == pytest.approx(thinner.centre)
    assert (thinner.upper >= full.upper - 1e-12).all()
    assert (np.abs(thinner.z) <= np.abs(full.z) + 1e-12).all()


def test_each_point_has_wilsons_interval() -> None:
    chart = p_chart([3, 0], [20, 0])
    assert (chart.interval_low[0], chart.interval_high[0]) == (wilson(3, 20).low, wilson(3, 20).high)
    assert np.isnan(chart.interval_low[1])


@pytest.mark.parametrize("spread", SPREADS)
def test_a_day_without_data_is_no_alarm_and_changes_nothing(spread: Spread) -> None:
    hits, n = [5, 6, 40, 4, 5], [100, 100, 100, 100, 100]
    without = p_chart(hits, n, spread=spread, baseline=2)
    with_gap = p_chart([*hits[:3], 0, *hits[3:]], [*n[:3], 0, *n[3:]], spread=spread, baseline=2)
    assert np.isnan(with_gap.z[3])
    assert not [flag for flag in with_gap.flags if flag.point == 3]
    np.testing.assert_allclose(np.delete(with_gap.ewma, 3), without.ewma)


def test_a_baseline_without_errors_does_not_make_the_first_error_an_alarm() -> None:
    chart, worse = (p_chart([0] * 20 + [errors], [200] * 21, baseline=20) for errors in (1, 9))
    assert chart.centre == 0
    assert chart.upper[20] > 0
    assert beyond(worse) == [21]
    assert beyond(chart) == []


@pytest.mark.parametrize("spread", SPREADS)
def test_nothing_and_one_point_raise_no_alarm(spread: Spread) -> None:
    assert p_chart([], [], spread=spread).value.shape == (0,)
    assert p_chart([3], [10], spread=spread).flags == ()
    assert p_chart([0, 0], [0, 0], spread=spread).flags == ()
    assert individuals_chart([]).flags == individuals_chart([1.0]).flags == ()


def test_a_constant_series_flags_what_differs() -> None:
    assert beyond(individuals_chart([0.1] * 9 + [0.2], baseline=9)) == [10]
    assert beyond(individuals_chart([0.1] * 10)) == []


@pytest.mark.parametrize(
    ("hits", "n", "settings"),
    [([5], [4], {}), ([1], [2, 3], {}), ([1], [2], {"exclude": [4]}), ([1], [2], {"spread": "wald"}),
     ([1], [2], {"ewma_weight": 0.0})],
)  # fmt: skip
def test_what_cannot_be_charted_is_refused(hits: list[int], n: list[int], settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"hits|length|exclude|spread|weight"):
        p_chart(hits, n, **settings)
