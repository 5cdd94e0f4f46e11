"""Effects that others have published, to the digits printed."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    Effect,
    Phases,
    Season,
    compare_arms,
    counterfactual_series,
    difference_in_differences,
    frozen_baseline,
    interrupted_series,
    mixture_bound,
    mixture_rho,
    plan_effect,
    run_chart,
    runs,
    two_shares_sample_size,
)

pytestmark = pytest.mark.shared_data

Column = Callable[[str], npt.NDArray[np.float64]]


@pytest.fixture
def column(reference_rows: Callable[[str], Any]) -> Callable[[str], Column]:
    def of(name: str) -> Column:
        rows = reference_rows(f"spc/{name}.csv")
        return lambda key: np.array([float(row[key]) if row[key] not in {"", "NA"} else np.nan for row in rows])

    return of


@pytest.fixture
def told(reference_json: Callable[[str], Any]) -> Any:
    return reference_json("spc/capa.json")


def close(found: Effect, told: dict[str, float], name: str = "effect") -> None:
    """R stops its iterations at 1e-8 of the deviance: the last printed digits are its own."""
    term = found.terms[name]
    given = (term.estimate.value, term.estimate.low, term.estimate.high, term.coefficient, term.standard_error)
    assert given == pytest.approx([told[key] for key in ("rr", "lo", "hi", "b", "se")], rel=1e-6)


def sicily(column: Callable[[str], Column], **settings: Any) -> Effect:
    data = column("sicily_its")
    return interrupted_series(data("aces"), data("time"), start=37, size=data("stdpop"), **settings)


def test_the_smoking_ban_in_sicily(column: Callable[[str], Column], told: Any) -> None:
    models = told["its_sicily"]["models"]
    close(sicily(column, errors="plain"), models["poisson"])
    found = sicily(column)
    close(found, models["quasi"])
    assert found.diagnostic("dispersion").value == pytest.approx(models["quasi"]["dispersion"], rel=1e-5)
    assert not found.diagnostic("autocorrelation").is_fine  # the season is missing
    season = sicily(column, seasons=[Season(12)], criterion="ratio < 0.95")
    close(season, models["quasi_harmonics2_period12"])
    assert season.diagnostic("dispersion").value == pytest.approx(2.2621826, rel=1e-6)
    assert (season.verdict, season.diagnostic("autocorrelation").is_fine) == ("effective", True)
    assert [round(end, 3) for end in (season.ratio.value, season.ratio.low, season.ratio.high)] == [0.885, 0.839, 0.933]
    both = sicily(column, seasons=[Season(12)], slope=True, centre=36)
    close(both, models["level_and_slope_centred_at_36"]["level"], "level")
    close(both, models["level_and_slope_centred_at_36"]["slope"], "slope")


def test_the_minimum_wage_in_new_jersey(column: Callable[[str], Column], told: Any) -> None:
    data, want = column("njmin3_did"), told["did_njmin"]
    fte, changed, after = data("fte"), data("nj"), data("d")
    chains = np.column_stack([data(name) for name in ("kfc", "roys", "wendys", "co_owned")])
    regions = np.column_stack([data(name) for name in ("southj", "centralj", "pa1")])
    for key, covariates in (("ols", None), ("with_chain", chains), ("with_chain_region", np.hstack([chains, regions]))):
        term = difference_in_differences(fte, changed, after, covariates=covariates).terms["effect"]
        assert (term.coefficient, term.standard_error) == pytest.approx((want[key]["est"], want[key]["se"]), abs=1e-9)
    plain = difference_in_differences(fte, changed, after)
    assert plain.difference.n == want["ols"]["n"]
    means = [
        [plain.diagnostic(f"mean_{who}_{when}").value for when in ("before", "after")] for who in ("other", "changed")
    ]
    assert np.array(means) == pytest.approx(np.array(want["ols"]["means"]), abs=1e-9)
    # Restaurants stand in the same order within each state and wave.
    unit = np.zeros(len(fte), dtype=int)
    for state in (0, 1):
        for wave in (0, 1):
            rows = (changed == state) & (after == wave)
            unit[rows] = np.arange(rows.sum()) + 1000 * state
    balanced = difference_in_differences(fte, changed, after, units=unit, errors="plain")
    term = balanced.terms["effect"]
    told_here = want["balanced_change"]
    assert (term.coefficient, term.standard_error) == pytest.approx((told_here["est"], told_here["se"]), abs=1e-9)
    assert balanced.diagnostic("clusters").value == told_here["n"]


def test_the_vignette_of_causal_impact(column: Callable[[str], Column], told: Any) -> None:
    data, want = column("causalimpact_vignette"), told["causalimpact_vignette"]["expected"]
    found = counterfactual_series(data("y"), data("t"), start=71, controls=data("x1"), criterion="difference > 5")
    assert found.difference.value == pytest.approx(10.5, abs=0.6)
    assert 100 * (found.ratio.value - 1) == pytest.approx(9.9, abs=0.5)
    low, high = want["ci95_inside"]
    assert low < found.difference.low < found.difference.high < high
    assert found.difference.low == pytest.approx(9.8, abs=0.1)
    assert found.p_value < want["p_max"]
    assert found.verdict == "effective"


def test_the_likeliest_drift_alone_gives_what_statsmodels_gives(column: Callable[[str], Column]) -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    from evenkeel.kernel import local_level

    data = column("causalimpact_vignette")
    y, x = data("y"), data("x1")
    fit = UnobservedComponents(y[:70], "llevel", exog=x[:70, None]).fit(disp=0)
    theirs = y[70:].mean() - fit.get_forecast(30, exog=x[70:, None]).predicted_mean.mean()
    step = np.sqrt(fit.params[1] / fit.params[0])
    with pytest.MonkeyPatch.context() as patch:
        # A prior that leaves one place of the grid: its likeliest drift, and controls that may pull freely.
        patch.setattr(local_level, "STEPS", np.array([0.0, step, step * (1 + 1e-9)]))
        patch.setattr(local_level, "PULLS", np.array([1e4]))
        patch.setattr(local_level.LocalLevel, "believed", lambda self, usual: np.array([0.0, 1.0, 0.0]))
        ours = counterfactual_series(y, data("t"), start=71, controls=x).difference.value
    assert ours == pytest.approx(theirs, abs=0.02)


def test_a_hospital_ward_against_its_frozen_baseline(column: Callable[[str], Column]) -> None:
    data = column("cdi")
    chart = run_chart(data("n"), phases=Phases(freeze=24))
    around = runs(chart)
    told = [chart.centre[0], around.longest, around.most_run, around.crossings, around.least_crossings]
    assert told == [19, 15, 8, 8, 11]
    found = frozen_baseline(data("n"), np.arange(36), start=24, criterion="reduction >= 40%")
    assert (found.verdict, round(found.ratio.value * 18.708, 1)) == ("effective", 7.1)
    by_days = frozen_baseline(data("n"), np.arange(36), start=24, size=data("days"))
    assert by_days.diagnostic("longest_run").value == 15


def test_the_bound_for_any_look_and_its_scale(told: Any) -> None:
    for one in told["anytime"]["values"]:
        bound = mixture_bound(one["V"], rho=one["rho"], level=1 - one["alpha"])
        assert bound == pytest.approx(one["bound"], rel=1e-12)
    for one in told["anytime"]["rho_opt"]:
        assert mixture_rho(one["V_opt"], level=1 - one["alpha"]) == pytest.approx(one["rho"], rel=1e-9)


def test_how_many_audits_tell_two_rates_apart(told: Any) -> None:
    for one in told["power"]:
        n = two_shares_sample_size(first=one["p1"], second=one["p2"], power=one["power"])
        assert n == np.ceil(one["n"])
        plan = plan_effect(one["p1"], one["p2"], per_week=5000, power=one["power"])
        assert plan.audits == 2 * n


def test_each_design_takes_less_than_half_a_second(column: Callable[[str], Column]) -> None:
    data, njmin, vignette = column("sicily_its"), column("njmin3_did"), column("causalimpact_vignette")
    fte, changed, after, pair = njmin("fte"), njmin("nj"), njmin("d"), [0, 1]
    runs: list[Callable[[], Any]] = [
        lambda: interrupted_series(data("aces"), data("time"), start=37, size=data("stdpop"), seasons=[Season(12)]),
        lambda: difference_in_differences(fte, changed, after),
        lambda: counterfactual_series(vignette("y"), vignette("t"), start=71, controls=vignette("x1")),
        lambda: compare_arms([600, 420], pair, size=[12000, 12000]),
    ]
    for run in runs:
        run()  # imports
        began = process_time()
        run()
        assert process_time() - began < 0.5
