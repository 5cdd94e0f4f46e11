"""Levels of scale, weighted and two-people coefficients, scores and ranks, sets, slices, resampling, running sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    AgreementSums,
    BadRows,
    RunningAgreement,
    agreement,
    agreement_by_class,
    agreement_by_slice,
    agreement_of_labels,
    alpha_of_sets,
    bootstrap_agreement,
    bootstrap_alpha,
    cohen_kappa,
    conger_kappa,
    count_labels,
    intraclass,
    kendall_tau,
    kendall_w,
    krippendorff_alpha,
    likeness,
    pairwise_agreement,
    scott_pi,
    weighted_agreement,
)
from evenkeel.kernel.additive import kinds_of

from .test_agreement import COEFFICIENTS, FOUR_RATERS, four_raters, standard_error

# Two abstractors of emergency-department records (Gwet 2014), and Shrout and Fleiss' six targets by four judges.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
SIX_TARGETS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def rows_of_four() -> tuple[list[int], list[int], list[int]]:
    seen = [(i, g, label - 1) for i, row in enumerate(FOUR_RATERS) for g, label in enumerate(row) if label]
    return [i for i, _, _ in seen], [g for _, g, _ in seen], [label for _, _, label in seen]


@pytest.mark.parametrize(
    ("scale", "value"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
)
def test_alpha_repeats_krippendorffs_example_on_every_scale(scale: str, value: float) -> None:
    found = krippendorff_alpha(four_raters(), scale=scale, values=[1, 2, 3, 4, 5])  # type: ignore[arg-type]
    assert round(found.value, 6) == value
    assert found.low < value < found.high


def test_congers_kappa_repeats_gwets_figures() -> None:
    kappa = conger_kappa(*rows_of_four())
    assert round(kappa.value, 5) == 0.76282
    assert round(standard_error(kappa, items=12), 5) == 0.14917
    assert agreement_of_labels(*rows_of_four()).conger == kappa


def test_with_two_people_conger_is_cohen() -> None:
    rng = np.random.default_rng(5)
    a = rng.integers(0, 3, 80)
    b = np.where(rng.random(80) < 0.6, a, rng.integers(0, 3, 80))
    found = agreement_of_labels(np.tile(np.arange(80), 2), np.repeat([0, 1], 80), np.concatenate([a, b]))
    assert found.cohen is not None
    assert found.conger is not None
    assert found.conger.value == pytest.approx(found.cohen.value, abs=1e-12)


def test_scotts_pi_repeats_gwets_figures_and_is_fleiss_for_two() -> None:
    pi = scott_pi(ABSTRACTORS)
    assert round(pi.value, 7) == 0.7962397
    assert standard_error(pi, items=100) == pytest.approx(0.05905473, abs=5e-8)
    counts = [np.eye(3)[k] + np.eye(3)[j] for k in range(3) for j in range(3) for _ in range(ABSTRACTORS[k][j])]
    assert agreement(counts).fleiss.value == pytest.approx(pi.value)


def test_weighted_kappa_is_plain_kappa_under_equality_and_the_same_for_two_classes() -> None:
    assert cohen_kappa(ABSTRACTORS, weights="identity").value == pytest.approx(cohen_kappa(ABSTRACTORS).value)
    two = [[20, 5], [10, 15]]
    assert cohen_kappa(two, weights="linear").value == pytest.approx(cohen_kappa(two).value) == pytest.approx(0.4)


def test_quadratic_kappa_is_a_correlation_of_equal_margins() -> None:
    table = np.array([[5, 2, 1], [2, 6, 2], [1, 2, 9]], dtype=float)
    scores = np.array([(i, j) for i in range(3) for j in range(3) for _ in range(int(table[i, j]))]).T
    assert cohen_kappa(table, weights="quadratic").value == pytest.approx(np.corrcoef(scores)[0, 1])


def test_weighted_coefficients_agree_with_the_scale_of_alpha() -> None:
    quadratic = weighted_agreement(four_raters(), "quadratic", values=[1, 2, 3, 4, 5])
    assert quadratic.alpha.value == pytest.approx(krippendorff_alpha(four_raters(), scale="interval").value)
    assert quadratic.ac1.method == "gwet_ac2_linearised"
    same, plain = weighted_agreement(four_raters(), "identity"), agreement(four_raters())
    for name in COEFFICIENTS:
        assert getattr(same, name).value == pytest.approx(getattr(plain, name).value)
        assert getattr(same, name).low == pytest.approx(getattr(plain, name).low)


@pytest.mark.parametrize("scheme", ["identity", "linear", "quadratic", "ordinal", "radical", "ratio"])
def test_every_likeness_is_symmetric_and_ends_at_its_ends(scheme: str) -> None:
    near = likeness(scheme, 4)  # type: ignore[arg-type]
    np.testing.assert_array_equal(near, near.T)
    assert np.diag(near).tolist() == [1] * 4
    assert near.min() == 0


def test_weights_that_do_not_fit_are_refused() -> None:
    for weights in ([[1, 2], [2, 1]], [[1, 0.5], [0, 1]], [[0.5, 0], [0, 1]]):
        with pytest.raises(ValueError, match="weights must"):
            weighted_agreement([[1, 1]], np.array(weights))
    with pytest.raises(ValueError, match="scheme"):
        likeness("cubic", 3)  # type: ignore[arg-type]


def test_intraclass_repeats_shrout_and_fleiss() -> None:
    found = intraclass(SIX_TARGETS)
    six = [getattr(found, name) for name in ("one", "two", "three", "one_mean", "two_mean", "three_mean")]
    assert [round(one.value, 2) for one in six] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    # Intervals as R's psych prints them.
    assert [(round(one.low, 2), round(one.high, 2)) for one in six] == [
        (-0.13, 0.72), (0.02, 0.76), (0.34, 0.95), (-0.88, 0.91), (0.07, 0.93), (0.68, 0.99),
    ]  # fmt: skip


def test_intraclass_without_spread_or_people_is_unknown_and_names_gaps() -> None:
    assert not intraclass([[1, 1], [1, 1]]).one.is_known
    assert not intraclass([[1], [2]]).three.is_known
    with pytest.raises(BadRows, match="row 1") as refusal:
        intraclass(np.array([[1, 2], [np.nan, 2]]))
    assert refusal.value.rows == (1,)


def test_kendalls_w_is_the_mean_of_spearmans_correlations() -> None:
    scores = np.random.default_rng(2).random((12, 5))
    ranks = scores.argsort(axis=0).argsort(axis=0)
    mean = (np.corrcoef(ranks.T).sum() - 5) / 20
    assert (5 * kendall_w(scores).value - 1) / 4 == pytest.approx(mean)
    shown = kendall_w(scores, rng=np.random.default_rng(1))
    assert shown.low < shown.value < shown.high
    assert kendall_w([[1, 1], [2, 2], [3, 3]]).value == 1


def test_tau_b_counts_pairs() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 5, 40), rng.integers(0, 4, 40)
    signs = [(np.sign(a[i] - a[j]), np.sign(b[i] - b[j])) for i in range(40) for j in range(i)]
    above = sum(x * y for x, y in signs)
    below = np.sqrt(sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs))
    found = kendall_tau(a, b)
    assert found.value == pytest.approx(above / below)
    assert found.low < found.value < found.high
    assert not kendall_tau([1, 1], [1, 2]).is_known


def test_tau_bs_error_agrees_with_a_bootstrap() -> None:
    rng = np.random.default_rng(6)
    a = rng.integers(0, 5, 150)
    b = a + rng.integers(-2, 3, 150)
    again = [kendall_tau(a[pick], b[pick]).value for pick in rng.integers(0, 150, (300, 150))]
    assert standard_error(kendall_tau(a, b), items=150) == pytest.approx(float(np.std(again)), rel=0.15)


def test_sets_of_one_class_are_plain_labels() -> None:
    items, _, labels = rows_of_four()
    for distance in ("masi", "jaccard", "equal"):
        found = alpha_of_sets(items, [{label} for label in labels], distance=distance)
        assert found.value == pytest.approx(0.743421, abs=5e-7)
    with pytest.raises(ValueError, match="distance"):
        alpha_of_sets([0], [{1}], distance="euclid")  # type: ignore[arg-type]


def test_pairs_of_people_repeat_what_each_pair_alone_gives() -> None:
    items, raters, labels = (np.array(column) for column in rows_of_four())
    pairs = pairwise_agreement(items, raters, labels)
    for g in range(4):
        for h in range(g):
            here = np.isin(raters, [g, h])
            alone = agreement_of_labels(items[here], raters[here], labels[here], n_classes=5).cohen
            assert alone is not None
            assert pairs.n[g, h] == alone.n
            assert pairs.kappa[g, h] == pytest.approx(alone.value)
    np.testing.assert_allclose(pairs.kappa, pairs.kappa.T)


def test_by_class_two_classes_tell_the_same_twice() -> None:
    here, there = agreement_by_class([[2, 1], [0, 3], [3, 0]])
    assert here.alpha == there.alpha
    assert agreement_by_class(four_raters())[4].alpha.n == 11


def test_slices_are_the_same_as_each_alone() -> None:
    rng = np.random.default_rng(7)
    counts, part = rng.multinomial(4, [0.5, 0.3, 0.2], 300), rng.integers(0, 7, 300)
    found = agreement_by_slice(counts, part, n_slices=8)
    assert found[3] == agreement(counts[part == 3])
    assert not found[7].alpha.is_known
    with pytest.raises(BadRows, match="below 5"):
        agreement_by_slice(counts, part, n_slices=5)


def test_sums_over_items_give_the_same_coefficients() -> None:
    rng = np.random.default_rng(8)
    counts = rng.multinomial(1, [0.5, 0.3, 0.2], 200) + rng.integers(0, 3, (200, 3)) * rng.integers(0, 2, (200, 1))
    for table in (counts, np.array([[3, 0], [0, 3], [3, 0]]), np.array([[3, 0], [3, 0]]), np.zeros((0, 2))):
        same_as(AgreementSums.of(table).agreement(), agreement(table))


def same_as(found: object, wanted: object) -> None:
    for name in COEFFICIENTS:
        a, b = getattr(found, name), getattr(wanted, name)
        assert [a.value, a.low, a.high] == pytest.approx([b.value, b.low, b.high], abs=1e-7, nan_ok=True), name
        assert (a.n, a.method) == (b.n, b.method)


def test_running_agreement_is_the_whole_computed_again() -> None:
    rng = np.random.default_rng(9)
    items, labels = rng.integers(0, 60, 400), rng.integers(0, 3, 400)
    live = RunningAgreement(n_classes=3)
    for part in np.array_split(np.arange(400), 9):
        live.append(items[part], labels[part])
    live.append([], [])
    counts = count_labels(items, labels)
    np.testing.assert_array_equal(live.counts, counts)
    same_as(live.agreement(), agreement(counts))
    with pytest.raises(BadRows, match="below 3"):
        live.append([1], [3])


def test_a_bootstrap_has_the_error_of_the_linearisation() -> None:
    counts = np.random.default_rng(11).multinomial(3, [0.7, 0.2, 0.1], size=150) * 2
    found = bootstrap_agreement(counts, np.random.default_rng(1))
    plain = agreement(counts)
    for name in COEFFICIENTS:
        again, once = getattr(found, name), getattr(plain, name)
        assert again.value == once.value
        assert again.half_width == pytest.approx(once.half_width, rel=0.15), name
        assert again.method.endswith("_bootstrap")
    again = bootstrap_agreement(counts, np.random.default_rng(1))
    assert again.alpha == found.alpha


def test_the_prevalence_warning_comes_as_a_result() -> None:
    assert agreement([[3, 0]] * 60 + [[2, 1]] * 6).why.reason == "prevalence"


@pytest.mark.shared_data
def test_convabuse_repeats_the_reference_figures_on_every_scale(
    reference_rows: Callable[[str], list[dict[str, str]]],
) -> None:
    rows = reference_rows("quality/convabuse_labels.csv.gz")
    first = [row for row in rows if row["replicate"] == "1"]
    items = np.unique([row["item"] for row in first], return_inverse=True)[1]
    severity, labels = np.unique([int(row["label"]) for row in first], return_inverse=True)
    counts = count_labels(items, labels)
    for scale, value in (("nominal", 0.435862), ("ordinal", 0.658444), ("interval", 0.732007)):
        found = krippendorff_alpha(counts, scale=scale, values=severity)  # type: ignore[arg-type]
        assert round(found.value, 6) == value
    two_sides = np.column_stack([counts[:, severity < 0].sum(axis=1), counts[:, severity >= 0].sum(axis=1)])
    assert round(krippendorff_alpha(two_sides).value, 6) == 0.650223


@pytest.mark.parametrize("bad", [np.array([[1.0, np.nan]]), np.array([[-1.0, 2.0]])])
def test_counts_that_cannot_be_name_their_rows(bad: npt.NDArray[np.float64]) -> None:
    with pytest.raises(BadRows) as refusal:
        agreement(np.vstack([[[2.0, 1.0]], bad]))
    assert refusal.value.rows == (1,)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_a_resample_of_alpha_is_alpha_of_the_resample(scale: Any) -> None:
    rng = np.random.default_rng(3)
    table = rng.integers(0, 3, (12, 4))
    found = bootstrap_alpha(table, np.random.default_rng(9), scale=scale, resamples=60)
    kinds, times = kinds_of(table[table.sum(axis=1) >= 2].astype(float))
    drawn = np.random.default_rng(9).multinomial(int(times.sum()), times / times.sum(), size=60)
    again = [krippendorff_alpha(np.repeat(kinds, each, axis=0), scale=scale).value for each in drawn]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(again, [0.025, 0.975])), abs=1e-12)
    assert found.value == krippendorff_alpha(table, scale=scale).value


def test_resampled_weighted_coefficients_are_those_of_the_resample() -> None:
    table = np.random.default_rng(4).integers(0, 3, (15, 3))
    found = bootstrap_agreement(table, np.random.default_rng(8), weights="linear", resamples=60)
    kinds, times = kinds_of(table[table.sum(axis=1) > 0].astype(float))
    drawn = np.random.default_rng(8).multinomial(int(times.sum()), times / times.sum(), size=60)
    again = [weighted_agreement(np.repeat(kinds, each, axis=0), "linear") for each in drawn]
    for name in ("percent", "alpha", "fleiss", "ac1", "brennan_prediger"):
        one = getattr(found, name)
        values = [getattr(each, name).value for each in again]
        assert (one.low, one.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=1e-12)
    assert found.ac1.method == "gwet_ac2_bootstrap"


def test_a_resampled_alpha_that_is_not_defined_has_no_ends() -> None:
    found = bootstrap_alpha([[2, 0], [2, 0]], np.random.default_rng(1), scale="ordinal")
    assert not found.is_known
    with pytest.raises(ValueError, match="2 or more"):
        bootstrap_alpha([[2, 0], [1, 1]], np.random.default_rng(1), resamples=1)
