"""Detectors over scores: run rules, run lengths, alarms on a budget, dates of change, capability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    Phases,
    alarm_chances,
    alarm_width,
    alarms,
    benjamini_hochberg,
    bernoulli_cusum,
    bernoulli_design,
    cusum,
    cusum_limit,
    cusum_run_length,
    date_change,
    defect_rates,
    ewma,
    ewma_run_length,
    ewma_width,
    exact_limits,
    p_chart,
    pareto,
    run_rules,
    season_offsets,
    shewhart_run_length,
    sigma_level,
)

Array = npt.NDArray[np.float64]


@pytest.mark.shared_data
def test_every_rule_flags_the_published_points(reference_json: Callable[[str], Any]) -> None:
    series = reference_json("spc/rules.json")["series"]
    found = run_rules([each["z"] for each in series])
    for row, each in enumerate(series):
        ours = {str(rule + 1): (np.flatnonzero(found[rule, row]) + 1).tolist() for rule in range(8)}
        assert ours == each["flags"]


def test_rule_eight_has_two_conventions() -> None:
    z = [1.5] * 8
    assert run_rules(z, rules=(8,))[0, -1]
    assert not run_rules(z, rules=(8,), is_both_sided=True).any()
    assert run_rules([1.5, -1.5] * 4, rules=(8,), is_both_sided=True)[0, -1]
    assert not run_rules([np.nan] * 30).any()
    assert run_rules([]).shape == (8, 0)


@pytest.mark.shared_data
def test_run_lengths_equal_the_published_ones_to_every_digit(reference_json: Callable[[str], Any]) -> None:
    told = reference_json("spc/arl.json")
    for case in told["cases"]:
        shift = case["mu"]
        if "k" in case:
            found = cusum_run_length(shift, slack=case["k"], limit=case["h"])
        elif case.get("chart") == "shewhart3":
            found = shewhart_run_length(shift)
        else:
            found = ewma_run_length(shift, weight=case["lambda"], width=case["L"])
        assert float(found) == pytest.approx(case["arl"], abs=6e-5), case
        if "arl_varlim" in case:
            found = ewma_run_length(shift, weight=case["lambda"], width=case["L"], is_steady=False)
            assert float(found) == pytest.approx(case["arl_varlim"], abs=6e-5), case
    for case in told["critical"]["cusum_k05"]:
        assert cusum_limit(case["L0"]) == pytest.approx(case["h"], abs=1e-8)
    for case in told["critical"]["ewma_l02"]:
        assert ewma_width(case["L0"]) == pytest.approx(case["L"], abs=1e-8)


def test_a_head_start_finds_early_shifts_sooner() -> None:
    # Lucas and Crosier (1982): k = .5, h = 5, head start 2.5; 430 in control, 6.35 at a shift of one.
    assert cusum_run_length([0, 1], head_start=2.5).round(2).tolist() == [430.39, 6.35]


def test_simulated_run_lengths_agree_with_the_exact_ones() -> None:
    z = np.random.default_rng(1).standard_normal((4000, 400))
    found = cusum(z, limit=3.0)
    first = np.where((found.beyond != 0).any(axis=1), (found.beyond != 0).argmax(axis=1) + 1, 400)
    exact = float(cusum_run_length(0.0, limit=3.0))
    assert first.mean() == pytest.approx(exact, rel=0.06)


def test_sums_of_single_cases_alarm_as_seldom_as_designed() -> None:
    design = bernoulli_design(0.02, 0.08, run_length=400)
    wrong = np.random.default_rng(3).random((600, 3000)) < 0.02
    found = bernoulli_cusum(wrong, design=design).beyond
    first = np.where(found.any(axis=1), found.argmax(axis=1) + 1, 3000)
    assert first.mean() == pytest.approx(design.in_control, rel=0.1)
    assert design.in_control >= 400


# ---------------------------------------------------------------- alarms on a budget


def in_control(series: int, points: int, *, rho: float, seed: int, weekday: float = 0.0) -> tuple[Array, Array]:
    """Daily audits of a share of 5 %, 200 to 3,600 a day, whose days differ by `rho` and whose weekdays by `weekday`."""
    rng = np.random.default_rng(seed)
    n = np.round(rng.uniform(200, 3600, (series, 1)) * rng.uniform(0.8, 1.2, (series, points)))
    mean = 0.05 * (1 + weekday * np.sin(2 * np.pi * (np.arange(points) % 7) / 7))
    p = rng.beta(mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1), n.shape) if rho else np.full(n.shape, mean)
    return rng.binomial(n.astype(int), p).astype(float), n


@pytest.mark.parametrize(("rho", "weekday"), [(0.0, 0.0), (0.002, 0.0), (0.002, 0.15)])
def test_the_budget_of_alarms_is_kept_within_a_fifth(rho: float, weekday: float) -> None:
    x, n = in_control(600, 84 + 364, rho=rho, seed=5, weekday=weekday)
    season = np.arange(x.shape[1]) % 7 if weekday else None
    found = alarms(p_chart(x, n, phases=Phases(freeze=84), season=season), false_alarms=6 / 7)
    assert found.begin.sum() / 52 == pytest.approx(6, rel=0.2)
    assert not found.begin[:, :84].any()


def test_a_share_that_rises_by_a_sixth_is_found_all_the_same() -> None:
    x, n = in_control(200, 168, rho=0.002, seed=6)
    rng = np.random.default_rng(7)
    p = rng.beta(0.0575 * 499, 0.9425 * 499, (200, 84))
    x[:, 84:] = rng.binomial(n[:, 84:].astype(int), p)
    found = alarms(p_chart(x, n, phases=Phases(freeze=84)))
    assert (found.beyond[:, 84:] + found.drifting[:, 84:] > 0).any(axis=1).mean() > 0.85


def test_a_day_of_many_series_is_judged_together() -> None:
    x, n = in_control(150, 84 + 364, rho=0.002, seed=8)
    chart = p_chart(x, n, phases=Phases(freeze=84))
    chances = alarm_chances(chart, alarms(chart))[:, 84:]
    days = benjamini_hochberg(chances.T, false_share=1 / 7).any(axis=1)
    # One day in seven has a false alarm.
    assert days.mean() == pytest.approx(1 / 7, abs=0.05)


def test_a_shorter_baseline_gets_wider_limits() -> None:
    reach = [
        float(
            alarms(p_chart([5.0] * m + [6.0], [100.0] * (m + 1), phases=Phases(freeze=m)), false_alarms=0.01).reach[0]
        )
        for m in (10, 30, 100)
    ]
    assert reach[0] > reach[1] > reach[2] > alarm_width(0.01)


def test_alarms_begin_anew_after_each() -> None:
    z = np.concatenate([np.zeros(20) + [0.3, -0.3] * 10, np.full(40, 2.0)])
    from evenkeel.kernel import individuals_chart

    chart = individuals_chart(z, phases=Phases(freeze=20), sigma=1.0)
    found = alarms(chart, false_alarms=1 / 200)
    assert found.begin.sum() > 3
    assert alarms(chart).begin.sum() == 1


@pytest.mark.parametrize("call", [lambda c: alarms(c, false_alarms=0), lambda c: alarms(c, weight=0.0)])
def test_a_budget_of_nothing_is_refused(call: Callable[[Any], object]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        call(p_chart([1, 2], [10, 10]))


def test_moving_averages_of_many_series_skip_what_is_missing() -> None:
    z = np.array([[1.0, np.nan, 1.0], [1.0, 1.0, 1.0]])
    average, limit = ewma(z, weight=0.5)
    assert average.tolist() == [[0.5, 0.5, 0.75], [0.5, 0.75, 0.875]]
    assert limit[0, 1] == limit[0, 0] < limit[0, 2] == limit[1, 1]


# ---------------------------------------------------------------- seasons, dates, capability


def test_a_season_is_taken_out_and_none_costs_nothing() -> None:
    x, n = in_control(40, 84, rho=0.0, seed=9, weekday=0.5)
    season = np.arange(84) % 7
    with_, without = (p_chart(x, n, season=codes) for codes in (season, None))
    assert np.std(without.z) < np.std(with_.z) * 1.3
    assert float(np.median(with_.spread)) < 0.1 * float(np.median(without.spread))
    calm, n = in_control(40, 84, rho=0.0, seed=10)
    one, other = (p_chart(calm, n, season=codes) for codes in (season, None))
    assert np.abs(one.centre - other.centre).mean() < 0.002
    assert season_offsets(np.zeros((2, 0)), []).shape == (2, 0)


def test_the_date_of_a_change_lies_in_its_interval_as_often_as_said() -> None:
    rng = np.random.default_rng(11)
    z = rng.standard_normal((800, 60))
    z[:, 35:] += 1.0
    for is_centre_known in (True, False):
        found = date_change(z, is_centre_known=is_centre_known)
        assert 0.93 < np.mean((found.low <= 35) & (found.high >= 35)) < 0.995
        assert abs(np.median(found.at) - 35) <= 1


@pytest.mark.parametrize("z", [[], [1.0], [np.nan, np.nan]])
def test_no_date_without_two_points(z: list[float]) -> None:
    assert int(date_change(z).at) == -1


@pytest.mark.shared_data
def test_sigma_levels_come_out_in_both_conventions(reference_json: Callable[[str], Any]) -> None:
    for case in reference_json("spc/sigma.json"):
        assert sigma_level(case["dpmo"], shift=0) == pytest.approx(case["z_lt"], abs=1e-11)
        assert sigma_level(case["dpmo"]) == pytest.approx(case["sigma_level_shift1.5"], abs=1e-11)


def test_defects_carry_their_interval_into_every_figure() -> None:
    found = defect_rates(0, 500, opportunities=4)
    assert (found.per_million.value, found.sigma_shifted.value) == (0, np.inf)
    assert 0 < found.per_million.high < 1e6 * 4 / 2000
    assert np.isfinite(found.sigma_shifted.low)
    assert not defect_rates(0, 0).per_unit.is_known
    one = defect_rates(5, 100)
    assert one.yield_.value == 0.95
    assert one.yield_.low < 0.95 < one.yield_.high


def test_a_pareto_adds_up() -> None:
    rows = pareto([3, 0, 9, 3])
    assert [row.row for row in rows] == [2, 0, 3, 1]
    assert rows[-1].running.value == 1.0
    assert pareto([]) == pareto([0, 0]) == []


@pytest.mark.shared_data
def test_exact_funnel_limits_come_out(reference_json: Callable[[str], Any]) -> None:
    for case in reference_json("spc/funnel.json")["exact_binomial"]["cases"]:
        found = exact_limits([case["n"]], case["theta"])
        told = [[case["l95"], case["u95"]], [case["l998"], case["u998"]]]
        np.testing.assert_allclose(found[..., 0], told, atol=1e-10)
