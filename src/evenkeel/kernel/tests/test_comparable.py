"""Standardisation, funnels, decompositions, auditors who err, flags, and how many audits are enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import (
    beta_binomial,
    das_gupta,
    detection,
    detection_sample_size,
    flag_below,
    funnel,
    latent_classes,
    mean_sample_size,
    proportion_bounds,
    rogan_gladen,
    share_sample_size,
    shrink,
    standardise_directly,
    standardise_indirectly,
    structure_factors,
    two_means_power,
    two_means_sample_size,
    two_shares_power,
    two_shares_sample_size,
    wilson,
)

Rows = list[dict[str, str]]


@pytest.mark.shared_data
@pytest.mark.parametrize(("over_dispersion", "names"), [("none", ("", "")), ("additive", ("od_", "_od"))])
def test_the_reference_funnel_comes_out(
    over_dispersion: Any,
    names: tuple[str, str],
    reference_rows: Callable[[str], Rows],
    reference_json: Callable[[str], Any],
) -> None:
    told = reference_json("spc/funnel.json")["medpar"]
    rows = reference_rows("spc/medpar_deaths_by_provider.csv")
    found = funnel(
        [float(row["died"]) for row in rows], [float(row["n"]) for row in rows], over_dispersion=over_dispersion
    )
    assert found.target == pytest.approx(told["target"], abs=1e-11)
    assert found.dispersion == pytest.approx(told["phi"], abs=1e-11)
    assert found.between == pytest.approx(told["tau2"], abs=1e-11)
    np.testing.assert_allclose(found.z, told["z"], atol=1e-9)
    for place, level in enumerate(("95", "998")):
        np.testing.assert_allclose(found.lower[place], told[f"{names[0]}lcl{level}"], atol=1e-6)
        np.testing.assert_allclose(found.upper[place], told[f"{names[0]}ucl{level}"], atol=1e-6)
    assert np.flatnonzero(found.is_out).tolist() == told[f"flag998{names[1]}"] == []


@pytest.mark.shared_data
def test_das_guptas_own_cases_come_out(reference_json: Callable[[str], Any]) -> None:
    for case in reference_json("spc/decomposition.json")["cases"]:
        if case.get("rate") != "product":
            continue
        old, new = ({name: pair[side] for name, pair in case["factors"].items()} for side in (0, 1))
        split = das_gupta(old, new)
        places = 3 if case["id"] == "eg2.1" else 7
        assert {name: round(effect, places) for name, effect in split.effects.items()} == {
            name: value for name, value in case["diff"].items() if name != "crude"
        }
        assert round(split.change, places) == case["diff"]["crude"]


@pytest.mark.shared_data
def test_the_structure_of_reconvictions_is_split_by_age_and_sex(
    reference_rows: Callable[[str], Rows], reference_json: Callable[[str], Any]
) -> None:
    case = reference_json("spc/decomposition.json")["cases"][-1]
    rows = reference_rows("spc/scottish_reconvictions.csv")
    years = sorted({row["year"] for row in rows})
    ages, sexes = sorted({row["Age"] for row in rows}), sorted({row["Sex"] for row in rows})
    sides = []
    for year in (years[0], years[-1]):
        offenders, wrong = np.zeros((len(ages), len(sexes))), np.zeros((len(ages), len(sexes)))
        for row in rows:
            if row["year"] == year:
                cell = ages.index(row["Age"]), sexes.index(row["Sex"])
                offenders[cell], wrong[cell] = float(row["offenders"]), float(row["reconvicted"])
        age, sex = structure_factors(offenders)
        sides.append((age, sex, wrong / offenders))
    # Structure against rate first, then the structure's two factors at the mean rates.
    (age_0, sex_0, rate_0), (age_1, sex_1, rate_1) = sides
    whole = das_gupta({"mix": age_0 * sex_0, "rate": rate_0}, {"mix": age_1 * sex_1, "rate": rate_1})
    parts = das_gupta(
        {"Age_struct": age_0, "Sex_struct": sex_0},
        {"Age_struct": age_1, "Sex_struct": sex_1},
        rate=lambda of: float((of["Age_struct"] * of["Sex_struct"] * (rate_0 + rate_1) / 2).sum()),
    )
    told = case["expected"]
    assert parts.effects == pytest.approx({name: told[name] for name in parts.effects}, abs=1e-9)
    assert whole.effects["rate"] == pytest.approx(told["prev_rate"], abs=1e-9)
    assert whole.change == pytest.approx(told["crude"], abs=1e-9)
    assert sum(parts.effects.values()) == pytest.approx(whole.effects["mix"])


@given(st.lists(st.tuples(st.floats(0.1, 9), st.floats(0.1, 9)), min_size=1, max_size=5))
def test_effects_add_up_exactly_and_do_not_depend_on_the_order_of_factors(pairs: list[tuple[float, float]]) -> None:
    old = {str(place): pair[0] for place, pair in enumerate(pairs)}
    new = {str(place): pair[1] for place, pair in enumerate(pairs)}
    split = das_gupta(old, new)
    turned = das_gupta(dict(reversed(old.items())), new)
    assert sum(split.effects.values()) == pytest.approx(split.change, rel=1e-9, abs=1e-9)
    assert turned.effects == pytest.approx(split.effects, rel=1e-6, abs=1e-9)


def test_standardising_by_ones_own_mix_changes_nothing() -> None:
    found = standardise_directly([5, 20], [100, 300], standard=[100, 300])
    plain = wilson(25, 400)
    assert found.value == pytest.approx(plain.value)
    assert found.high == pytest.approx(plain.high, abs=0.01)
    assert standardise_indirectly([5, 20], [100, 300], standard_rates=[0.05, 20 / 300]).value == pytest.approx(1)
    with pytest.raises(ValueError, match="row 1"):
        standardise_directly([5, 0], [100, 0], standard=[1, 1])


# Garwood's exact limits for 10 observed.
def test_indirect_limits_repeat_the_exact_poisson_table() -> None:
    found = standardise_indirectly([10], [100], standard_rates=[0.05])
    assert (round(found.low * 5, 3), round(found.high * 5, 2)) == (4.795, 18.39)
    assert standardise_indirectly([0], [100], standard_rates=[0.05]).low == 0
    assert not standardise_indirectly([0], [0], standard_rates=[0.5]).is_known


def test_hui_and_walters_tuberculosis_repeats_the_paper() -> None:
    found = latent_classes([[[528, 9], [4, 14]], [[367, 37], [31, 887]]])
    rates = [each.value for each in found.prevalence] + [1 - each.value for each in found.specificity[:1]]
    rates += [1 - each.value for each in (*found.sensitivity[:1], *found.specificity[1:], *found.sensitivity[1:])]
    assert [round(rate, 4) for rate in rates] == [0.0268, 0.7168, 0.0067, 0.0339, 0.0159, 0.0312]
    assert found.degrees_of_freedom == 0
    assert all(each.low < each.value < each.high for each in found.sensitivity)


def test_latent_classes_find_planted_errors_again() -> None:
    rng = np.random.default_rng(9)
    counts = np.zeros((2, 2, 2, 2))
    for group, share in enumerate((0.2, 0.6)):
        real = rng.random(20_000) < share
        judges = ((0.9, 0.95), (0.8, 0.9), (0.7, 0.99))
        calls = [np.where(real, rng.random(20_000) < s, rng.random(20_000) > c) for s, c in judges]
        np.add.at(counts[group], tuple(call.astype(int) for call in calls), 1)
    found = latent_classes(counts)
    assert [each.value for each in found.sensitivity] == pytest.approx([0.9, 0.8, 0.7], abs=0.02)
    assert [each.value for each in found.specificity] == pytest.approx([0.95, 0.9, 0.99], abs=0.01)
    alike = latent_classes(counts[:1].repeat(2, axis=0))
    assert "nearly alike" in alike.warnings[0]
    with pytest.raises(ValueError, match="unknowns too many"):
        latent_classes([[[5, 1], [1, 5]]])
    assert not latent_classes(np.zeros((2, 2, 2))).prevalence[0].is_known


def test_errors_of_the_auditor_are_taken_out_as_published() -> None:
    found = rogan_gladen(150, 1000, sensitivity=0.85, specificity=0.95)
    assert (round(found.value, 3), round(found.low, 4), round(found.high, 4)) == (0.125, 0.0990, 0.1543)
    perfect = rogan_gladen(150, 1000, sensitivity=1, specificity=1)
    assert [perfect.low, perfect.high] == pytest.approx([wilson(150, 1000).low, wilson(150, 1000).high])
    guessed = rogan_gladen(150, 1000, sensitivity=0.85, specificity=0.95, sensitivity_n=60, specificity_n=100)
    assert guessed.high - guessed.low > found.high - found.low
    with pytest.raises(ValueError, match="more than 1"):
        rogan_gladen(1, 2, sensitivity=0.5, specificity=0.5)


def test_the_expected_number_of_false_flags_is_what_happens() -> None:
    rng = np.random.default_rng(12)
    rate = rng.beta(45, 5, 4000)
    n = rng.integers(20, 120, 4000)
    shrunk = shrink(rng.binomial(n, rate), n, target=0.88)
    flags = flag_below(shrunk, target=0.88, certainty=0.9)
    wrong = (rate[list(flags.people)] >= 0.88).sum()
    assert len(flags.people) > 100
    assert flags.expected_false == pytest.approx(wrong, rel=0.35)
    assert flags.expected_false <= 0.1 * len(flags.people)
    missed = (rate < 0.88).sum() - len(flags.people) + wrong
    assert flags.expected_missed == pytest.approx(missed, rel=0.1)
    assert beta_binomial([1], [2]).people == 1


@pytest.mark.parametrize(
    ("usual", "fallen", "n", "power"),
    [(0.95, 0.90, 200, 0.857), (0.95, 0.85, 50, 0.781), (0.95, 0.85, 100, 0.945), (0.98, 0.95, 200, 0.787)],
)
def test_the_power_of_golds_repeats_the_published_figures(usual: float, fallen: float, n: int, power: float) -> None:
    assert round(detection(n, usual=usual, fallen=fallen).power, 3) == power
    assert detection(200, usual=0.95, fallen=0.90).flag_at == 16


def test_power_repeats_rs_own_examples() -> None:
    assert round(two_shares_power(50, first=0.5, second=0.75), 3) == 0.740
    assert two_shares_sample_size(first=0.50, second=0.75, power=0.90) == 77  # 76.65 in R
    assert round(two_means_power(20, difference=1, deviation=1), 7) == 0.8689528
    assert two_means_sample_size(difference=1, deviation=1, power=0.90) == 23  # 22.02 in R


def test_a_sample_of_the_said_size_is_enough_and_one_less_is_not() -> None:
    n = share_sample_size(0.95, half_width=0.02)
    widths = [float(np.diff(proportion_bounds(0.95 * size, size), axis=0)[0]) / 2 for size in (n - 1, n)]
    assert widths[0] > 0.02 >= widths[1]
    found = detection_sample_size(usual=0.95, fallen=0.90)
    assert found.power >= 0.8
    assert all(detection(found.n + k, usual=0.95, fallen=0.90).power >= 0.8 for k in range(40))
    assert share_sample_size(0.95, half_width=0.02, population=100) <= 100
    assert mean_sample_size(30, half_width=5) == 141
    with pytest.raises(ValueError, match="fallen must"):
        detection(10, usual=0.8, fallen=0.9)
