"""Control charts: the published cases of every kind, over-dispersion, short baselines, frozen and split phases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import (
    Chart,
    Phases,
    alarms,
    c_chart,
    capability,
    cusum,
    deviation_chart,
    ewma,
    g_chart,
    individuals_chart,
    mean_chart,
    moving_range_chart,
    np_chart,
    p_chart,
    range_chart,
    run_chart,
    run_rules,
    runs,
    t_chart,
    u_chart,
)
from evenkeel.kernel.chart_shares import Spread

NIST = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
        52.1]  # fmt: skip
SPREADS: tuple[Spread, ...] = ("beta_binomial", "laney", "binomial")
LINE_CASES = [
    "p_orangejuice_trial", "p_orangejuice_revised", "c_circuit_trial", "c_circuit_revised", "u_pcmanufact", "i_loan",
    "mr_loan", "p_nhs", "pprime_nhs", "run_cdi_freeze24", "c_cdi_part24", "u_cdi_part24", "u_cdi_freeze24",
    "p_cabg_readmissions", "p_cabg_deaths", "g_cabg", "t_cabg", "i_cabg_age", "i_cabg_age_excluded", "u_hai_bac_total",
    "funnel_u_hai2016_bac",
]  # fmt: skip

Rows = list[dict[str, str]]
Array = npt.NDArray[np.float64]


def flagged(chart: Chart) -> list[int]:
    """Points beyond their limits, counted from 1 as the published cases do."""
    return [point + 1 for point in chart.flagged]


@pytest.fixture
def cases(reference_json: Callable[[str], Any]) -> dict[str, Any]:
    return {case["id"]: case for case in reference_json("spc/charts.json")}


def column(rows: Rows, name: str) -> Array:
    return np.array([float(row[name]) if row[name] else np.nan for row in rows])


def counted(case: dict[str, Any], reference_rows: Callable[[str], Rows]) -> tuple[Array, Array]:
    """What a case counts, and over what (ones where it has no sizes)."""
    rows = reference_rows(f"spc/{case['data'].split(' ')[0].rstrip(',')}")
    if "trial" in case["data"]:
        rows = [row for row in rows if row["trial"] == "TRUE"]
    names = case["columns"]
    x, n = column(rows, names["x"]), column(rows, names["n"]) if "n" in names else np.ones(len(rows))
    if "by month" in case["data"]:
        months = np.unique([row["month"] for row in rows], return_inverse=True)[1]
        x, n = np.bincount(months, x).astype(float), np.bincount(months, n).astype(float)
    if "by hospital" in case["data"]:
        late = np.array([row["month"] >= "2016-07-01" for row in rows])
        place = np.unique([row["hospital"] for row in rows], return_inverse=True)[1][late]
        x, n = np.bincount(place, x[late]).astype(float), np.bincount(place, n[late]).astype(float)
        x, n = x[np.argsort(n)], np.sort(n)
    return x, n / names.get("multiply", 1)


def drawn(case: dict[str, Any], x: Array, n: Array) -> Chart:
    said = case["params"]
    phases = Phases(
        freeze=said.get("freeze"),
        exclude=tuple(point - 1 for point in said.get("exclude", [])),
        part=(said["part"],) if "part" in said else (),
    )
    kind = case["chart"].split(" ")[0]
    charts: dict[str, Callable[[], Chart]] = {
        "p": lambda: p_chart(x, n, spread="binomial", phases=phases),
        "laney_p": lambda: p_chart(x, n, spread="laney", phases=phases),
        "u": lambda: u_chart(x, n, phases=phases),
        "c": lambda: c_chart(x, phases=phases),
        "i": lambda: individuals_chart(x, phases=phases),
        "mr": lambda: moving_range_chart(x, phases=phases),
        "run": lambda: run_chart(x, phases=phases),
        "g": lambda: g_chart(x, phases=phases),
        "t": lambda: t_chart(x, phases=phases),
    }
    return charts[kind]()


@pytest.mark.shared_data
@pytest.mark.parametrize("name", LINE_CASES)
def test_published_charts_come_out(name: str, cases: dict[str, Any], reference_rows: Callable[[str], Rows]) -> None:
    case = cases[name]
    chart, told = drawn(case, *counted(case, reference_rows)), case["expected"]
    assert chart.value.shape == (told["n"],)
    np.testing.assert_allclose(chart.centre, np.broadcast_to(told["center"], chart.centre.shape), rtol=1e-6)
    if told["lcl"] is not None:
        half = float(np.nanmax(np.abs(chart.upper - chart.centre)))
        # Cases round d2 to 1.128 where a moving range enters; a power of 3.6 turns that into twice as much.
        slack = {"t": 3e-3, "i": 1e-3, "mr": 1e-3, "laney_p": 1e-3}.get(case["chart"], 1e-6) * half
        np.testing.assert_allclose(chart.lower, np.broadcast_to(told["lcl"], chart.lower.shape), atol=slack)
        np.testing.assert_allclose(chart.upper, np.broadcast_to(told["ucl"], chart.upper.shape), atol=slack)
    assert flagged(chart) == told["points_beyond_limits"]


@pytest.mark.shared_data
@pytest.mark.parametrize("name", LINE_CASES)
def test_published_runs_come_out(name: str, cases: dict[str, Any], reference_rows: Callable[[str], Rows]) -> None:
    case = cases[name]
    told, said = case["expected"]["anhoej"], case["params"]
    chart = drawn(case, *counted(case, reference_rows))
    cuts = [slice(None)] if "part" not in said else [slice(0, said["part"]), slice(said["part"], None)]
    exclude = tuple(point - 1 for point in said.get("exclude", []))
    found = [runs(chart, exclude=exclude, cut=cut) for cut in cuts]
    names = {"longest": "longest_run", "most_run": "longest_run_max", "crossings": "crossings",
             "least_crossings": "crossings_min"}  # fmt: skip
    for ours, theirs in names.items():
        want = told[theirs] if isinstance(told[theirs], list) else [told[theirs]] * len(cuts)
        assert [int(getattr(each, ours)) for each in found] == want, theirs
    assert any(bool(each.is_shift) for each in found) == told["signal"]


@pytest.fixture
def rings(reference_rows: Callable[[str], Rows]) -> Array:
    return column(reference_rows("spc/pistonrings.csv"), "diameter").reshape(40, 5)


PHASE_1 = Phases(freeze=25)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["xbar_pistonrings", "R_pistonrings", "S_pistonrings"])
def test_charts_of_subgroups_come_out(name: str, cases: dict[str, Any], rings: Array) -> None:
    told = cases[name]["expected"]
    make = {"x": mean_chart, "R": range_chart, "S": deviation_chart}[name[0]]
    chart = make(rings, phases=PHASE_1)
    assert chart.centre[0] == pytest.approx(told["center"], rel=1e-6)
    assert chart.spread[0] == pytest.approx(told["sd"], rel=1e-6)
    assert [chart.lower[0], chart.upper[0]] == pytest.approx(told["limits"][0], rel=1e-6, abs=1e-12)
    if name[0] == "x":
        assert flagged(chart) == told["beyond"]
        # qcc's runs of seven are rule 2 with another length.
        side = run_rules(chart.z, rules=(2,), one_side=7)[0]
        assert (np.flatnonzero(side) + 1).tolist() == [told["runs7"]]
    else:
        assert [point for point in flagged(chart) if point <= 25] == told["beyond"]


@pytest.mark.shared_data
def test_capability_comes_out(cases: dict[str, Any], rings: Array) -> None:
    told = cases["capability_pistonrings"]["expected"]
    chart = mean_chart(rings, phases=PHASE_1)
    found = capability(float(chart.centre[0]), float(chart.spread[0]), 125, lower=told["lsl"], upper=told["usl"])
    ours = [found.cp, found.cp_lower, found.cp_upper, found.cpk, found.cpm]
    for one, row in zip(ours, told["indices"], strict=True):
        assert [one.value, one.low, one.high] == pytest.approx(row, rel=1e-6)


@pytest.mark.shared_data
def test_moving_averages_come_out(cases: dict[str, Any], reference_rows: Callable[[str], Rows], rings: Array) -> None:
    told = cases["ewma_t0901"]["expected"]
    z = column(reference_rows("spc/t0901_cusum.csv"), "x") - 10
    average, limit = ewma(z, weight=0.1, width=2.7)
    np.testing.assert_allclose(10 + average, told["y"], rtol=1e-9)
    np.testing.assert_allclose(10 + limit, np.array(told["limits"])[:, 1], rtol=1e-9)
    assert (np.flatnonzero(np.abs(average) > limit) + 1).tolist() == told["viol"]
    told = cases["ewma_pistonrings"]["expected"]
    chart = mean_chart(rings, phases=PHASE_1)
    average, limit = ewma(chart.z, weight=0.2, width=3.0)
    error = chart.spread / np.sqrt(5)
    np.testing.assert_allclose(chart.centre + error * average, told["y"], rtol=1e-9)
    np.testing.assert_allclose(chart.centre - error * limit, np.array(told["limits"])[:, 0], rtol=1e-9)
    assert (np.flatnonzero(np.abs(average) > limit) + 1).tolist() == told["viol"]


def test_nists_ewma_comes_out() -> None:
    average, limit = ewma((np.array(NIST) - 50) / 2.0539, weight=0.3, width=3, is_steady=True)
    assert (50 + 2.0539 * average[-3:]).round(2).tolist() == [51.23, 51.94, 51.99]
    assert [round(50 + side * 2.0539 * float(limit[0]), 4) for side in (1, -1)] == [52.5884, 47.4116]
    assert not (np.abs(average) > limit).any()


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["cusum_t0901", "cusum_t0901_fir", "cusum_pistonrings"])
def test_sums_come_out(name: str, cases: dict[str, Any], reference_rows: Callable[[str], Rows], rings: Array) -> None:
    told, said = cases[name]["expected"], cases[name]["params"]
    if name == "cusum_pistonrings":
        z = mean_chart(rings, phases=PHASE_1).z
    else:
        z = column(reference_rows("spc/t0901_cusum.csv"), "x") - 10
    found = cusum(z, slack=said["k"], limit=said["h"], head_start=said.get("headstart", 0.0))
    np.testing.assert_allclose(found.above, told["pos"], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.below, told["neg"], rtol=1e-9, atol=1e-9)
    assert (np.flatnonzero(found.beyond > 0) + 1).tolist() == told["viol"]["upper"]
    assert (np.flatnonzero(found.beyond < 0) + 1).tolist() == told["viol"]["lower"]


@pytest.mark.shared_data
def test_the_two_conventions_for_rare_events_disagree_as_published(reference_rows: Callable[[str], Rows]) -> None:
    between = column(reference_rows("spc/cabg_between_deaths.csv"), "surgeries_between")
    assert flagged(g_chart(between)) == [25]
    other = g_chart(between, convention="probability")
    assert other.method == "g_probability"
    assert flagged(other) == []
    assert other.upper[0] == pytest.approx(211.6, abs=5)


# ---------------------------------------------------------------- what no case shows


def false_alarms(spread: Spread, rho: float, width: float = 3.0, days: int = 84) -> float:
    """Share of in-control points beyond limits after `days` of baseline, by 300 series of 84 days."""
    rng = np.random.default_rng(7)
    n = np.round(rng.integers(200, 3600, (300, 1)) * rng.uniform(0.8, 1.2, (300, days + 84)))
    p = rng.beta(0.05 * (1 / rho - 1), 0.95 * (1 / rho - 1), n.shape) if rho else np.full(n.shape, 0.05)
    chart = p_chart(rng.binomial(n.astype(int), p), n, spread=spread, phases=Phases(freeze=days), width=width)
    return float((chart.beyond[:, days:] != 0).mean())


def test_days_that_differ_a_little_fool_the_plain_chart_only() -> None:
    ours, laney, plain = (false_alarms(spread, 0.002) for spread in SPREADS)
    assert plain > 0.1
    assert laney < 0.01
    assert 0.002 < ours < 0.0036


@pytest.mark.parametrize(("rho", "days"), [(0.0, 84), (0.01, 84), (0.002, 28), (0.0, 14)])
def test_limits_allow_for_skewness_and_a_short_baseline(rho: float, days: int) -> None:
    # Two standard errors: 4.55 % of points; a bounded lower side may lack a part of it.
    assert 0.036 < false_alarms("beta_binomial", rho, width=2.0, days=days) < 0.052


def test_few_errors_a_day_do_not_flag_several_times_too_often() -> None:
    rng = np.random.default_rng(10)
    hits = rng.binomial(30, 0.03, (80, 168))
    rate = {
        spread: float((p_chart(hits, [30] * 168, spread=spread, phases=Phases(freeze=84)).beyond[:, 84:] != 0).mean())
        for spread in SPREADS
    }
    assert rate["beta_binomial"] < 0.0027
    assert rate["binomial"] > 0.005


@given(later=st.lists(st.integers(0, 50), min_size=1, max_size=10))
def test_a_frozen_baseline_does_not_move(later: list[int]) -> None:
    before = [5, 7, 4, 6, 5, 8, 3]
    chart = p_chart(before + later, [50] * (7 + len(later)), phases=Phases(freeze=7))
    alone = p_chart(before, [50] * 7)
    assert (chart.centre[0], chart.spread[0]) == (alone.centre[0], alone.spread[0])
    assert int(chart.baseline_points) == 7
    np.testing.assert_array_equal(chart.lower[:7], alone.lower)


def test_parts_are_charts_of_their_own() -> None:
    x, n = np.array([5, 6, 4, 7, 20, 22, 19, 21.0]), np.full(8, 100.0)
    whole = p_chart(x, n, spread="laney", phases=Phases(part=(4,)))
    for cut in (slice(0, 4), slice(4, 8)):
        own = p_chart(x[cut], n[cut], spread="laney")
        np.testing.assert_array_equal(whole.centre[cut], own.centre)
        np.testing.assert_array_equal(whole.upper[cut], own.upper)


def test_many_series_at_once_are_each_charted_as_alone() -> None:
    rng = np.random.default_rng(4)
    n = rng.integers(0, 80, (6, 40)).astype(float)
    x = rng.binomial(n.astype(int), 0.2).astype(float)
    x[2, 3] = np.nan
    season, phases = np.arange(40) % 7, Phases(freeze=25, exclude=(4,))
    makes: tuple[Callable[[Array, Array], Chart], ...] = (
        lambda a, b: p_chart(a, b, phases=phases, season=season),
        lambda a, b: p_chart(a, b, phases=phases, spread="laney"),
        lambda a, b: u_chart(a, b, phases=phases, spread="laney"),
        lambda a, b: individuals_chart(a, phases=phases),
        lambda a, b: moving_range_chart(a, phases=phases),
        lambda a, b: g_chart(a, phases=phases, convention="probability"),
        lambda a, b: t_chart(a, phases=phases),
        lambda a, b: run_chart(a, phases=phases),
    )
    for make in makes:
        together = make(x, n)
        for row in range(6):
            alone = make(x[row], n[row])
            for name in ("value", "centre", "lower", "upper", "z"):
                np.testing.assert_allclose(getattr(together, name)[row], getattr(alone, name), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("spread", SPREADS)
def test_a_day_without_data_is_no_alarm_and_changes_nothing(spread: Spread) -> None:
    hits, n = [5, 6, 40, 4, 5], [100, 100, 100, 100, 100]
    for gap in (0.0, np.nan):
        without = p_chart(hits, n, spread=spread, phases=Phases(freeze=2))
        with_gap = p_chart([*hits[:3], gap, *hits[3:]], [*n[:3], gap, *n[3:]], spread=spread, phases=Phases(freeze=2))
        assert np.isnan(with_gap.z[3])
        assert with_gap.beyond[3] == 0
        np.testing.assert_allclose(np.delete(with_gap.z, 3), without.z)


def test_a_baseline_without_errors_does_not_make_the_first_error_an_alarm() -> None:
    chart, worse = (p_chart([0] * 20 + [errors], [200] * 21, phases=Phases(freeze=20)) for errors in (1, 9))
    assert chart.centre[0] == 0
    assert chart.upper[20] > 0
    assert flagged(worse) == [21]
    assert flagged(chart) == []


@pytest.mark.parametrize("spread", SPREADS)
def test_nothing_and_one_point_raise_no_alarm(spread: Spread) -> None:
    assert p_chart([], [], spread=spread).value.shape == (0,)
    assert p_chart([3], [10], spread=spread).flagged == ()
    assert p_chart([0, 0], [0, 0], spread=spread).flagged == ()
    assert p_chart(np.zeros((0, 5)), np.zeros((0, 5)), spread=spread).value.shape == (0, 5)


@pytest.mark.parametrize("values", [[], [1.0], [np.nan], [np.nan, np.nan], [2.0, 2.0, 2.0]])
def test_tiny_and_constant_series_raise_no_alarm(values: list[float]) -> None:
    for make in (individuals_chart, moving_range_chart, g_chart, t_chart, run_chart, c_chart):
        chart = make(values)
        assert chart.flagged == ()
        assert not bool(runs(chart).is_shift)
        assert alarms(chart).flags == ()
    assert np_chart(values, [4.0] * len(values)).flagged == ()


def test_a_constant_series_flags_what_differs() -> None:
    assert flagged(individuals_chart([0.1] * 9 + [0.2], phases=Phases(freeze=9))) == [10]
    assert flagged(individuals_chart([0.1] * 10)) == []


def test_a_value_over_a_short_gap_is_one_moving_range() -> None:
    gap = moving_range_chart([1.0, np.nan, 4.0, 5.0])
    np.testing.assert_array_equal(gap.value, [np.nan, np.nan, 3.0, 1.0])


def test_subgroups_may_differ_in_size() -> None:
    chart = mean_chart([[1.0, 2.0, 3.0], [2.0, 4.0, np.nan], [3.0, np.nan, np.nan]])
    assert chart.centre[0] == pytest.approx(15 / 6)
    assert chart.upper[2] - chart.centre[2] == pytest.approx((chart.upper[0] - chart.centre[0]) * np.sqrt(3))
    assert np.isnan(range_chart([[1.0, np.nan], [1.0, 2.0]]).value[0])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: p_chart([5], [4]), "hits"),
        (lambda: p_chart([-1], [4]), "negative"),
        (lambda: p_chart([1], [2, 3]), "length"),
        (lambda: p_chart([1], [2], phases=Phases(exclude=(4,))), "exclude"),
        (lambda: p_chart([1, 1], [2, 2], phases=Phases(freeze=1, part=(1,))), "freeze"),
        (lambda: p_chart([1], [2], phases=Phases(part=(1,))), "part"),
        (lambda: p_chart([1], [2], spread="wald"), "spread"),  # type: ignore[arg-type]
        (lambda: p_chart([1, 1], [2, 2], season=[1]), "season"),
        (lambda: individuals_chart([np.inf]), "finite"),
        (lambda: g_chart([-1]), "negative"),
        (lambda: mean_chart([1.0, 2.0]), "subgroup"),
    ],
)
def test_what_cannot_be_charted_is_refused(call: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
