"""Agreement coefficients: published figures, the reference data, invariants."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenkeel.kernel import (
    Estimate,
    agreement,
    agreement_of_labels,
    cohen_kappa,
    count_labels,
    krippendorff_alpha,
    why_they_differ,
)
from evenkeel.kernel.quantiles import t_quantile

COEFFICIENTS = ("percent", "alpha", "fleiss", "ac1", "brennan_prediger")

# Gwet's four raters and twelve subjects, five classes; None where a rater did not see the subject.
FOUR_RATERS: list[list[int | None]] = [
    [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None],
]  # fmt: skip

# Fleiss' six psychiatrists, first fifteen patients, five diagnoses.
SIX_PSYCHIATRISTS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
]  # fmt: skip

tables = arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(2, 4)), elements=st.integers(0, 4))


def four_raters() -> npt.NDArray[np.int64]:
    seen = [(item, label - 1) for item, row in enumerate(FOUR_RATERS) for label in row if label]
    return count_labels([item for item, _ in seen], [label for _, label in seen])


def standard_error(estimate: Estimate, *, items: int) -> float:
    """From the lower end, because the upper one is cut at 1."""
    return (estimate.value - estimate.low) / t_quantile((1 + estimate.level) / 2, df=items - 1)


# irrCAC (R), overview vignette; alpha's error is for the 11 subjects with two or more ratings.
@pytest.mark.parametrize(
    ("name", "value", "error", "items"),
    [
        ("alpha", 0.74342, 0.14548, 11),
        ("fleiss", 0.76117, 0.15302, 12),
        ("ac1", 0.77544, 0.14295, 12),
        ("brennan_prediger", 0.77273, 0.14472, 12),
    ],
)
def test_coefficients_with_gaps_repeat_gwets_figures(name: str, value: float, error: float, items: int) -> None:
    estimate = getattr(agreement(four_raters()), name)
    assert round(estimate.value, 5) == value
    assert round(standard_error(estimate, items=items), 5) == error
    assert estimate.n == 11


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("fleiss", 0.4139265, 0.08119291),
        ("ac1", 0.4448007, 0.08418757),
        ("brennan_prediger", 0.4388889, 0.08312142),
    ],
)
def test_coefficients_with_equal_numbers_repeat_gwets_figures(name: str, value: float, error: float) -> None:
    estimate = getattr(agreement(SIX_PSYCHIATRISTS), name)
    assert estimate.value == pytest.approx(value, abs=5e-8)
    assert standard_error(estimate, items=15) == pytest.approx(error, abs=5e-9)


def test_alpha_repeats_its_published_values() -> None:
    assert krippendorff_alpha(SIX_PSYCHIATRISTS).value == pytest.approx(0.4204384, abs=5e-8)
    assert krippendorff_alpha(four_raters()).value == pytest.approx(0.743421, abs=5e-7)


def test_cohens_kappa_repeats_gwets_figures() -> None:
    kappa = cohen_kappa([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert kappa.value == pytest.approx(0.7964094, abs=5e-8)
    assert standard_error(kappa, items=100) == pytest.approx(0.05891072, abs=5e-9)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "alpha", "fleiss", "ac1", "brennan_prediger"),
    [
        ("dawid_skene_1979", 0.582571, (0.5812, 0.0503), (0.6494, 0.0461), (0.6346, 0.0464)),
        ("zheng_d_product", 0.157473, (0.1574, 0.0087), (0.5928, 0.0069), (0.4510, 0.0072)),
        ("gal_adult2", 0.313554, (0.2941, 0.0051), (0.7178, 0.0035), (0.6680, 0.0037)),
        ("dices350_labels", 0.160860, (0.1608, 0.0114), (0.4159, 0.0107), (0.3500, 0.0100)),
        ("convabuse_labels", 0.446413, (0.4334, 0.0104), (0.7694, 0.0064), (0.7384, 0.0068)),
    ],
)
def test_real_labels_give_the_reference_figures(
    file: str,
    alpha: float,
    fleiss: tuple[float, float],
    ac1: tuple[float, float],
    brennan_prediger: tuple[float, float],
    reference_rows: Callable[[str], list[dict[str, str]]],
) -> None:
    rows = reference_rows(f"quality/{file}.csv.gz")
    items = np.unique([row["item"] for row in rows], return_inverse=True)[1]
    labels = np.unique([row["label"] for row in rows], return_inverse=True)[1]
    found = agreement(count_labels(items, labels))
    assert round(found.alpha.value, 6) == alpha
    for name, (value, error) in {"fleiss": fleiss, "ac1": ac1, "brennan_prediger": brennan_prediger}.items():
        estimate = getattr(found, name)
        assert round(estimate.value, 4) == value
        assert round(standard_error(estimate, items=found.n_items), 4) == error


@given(counts=tables)
def test_order_of_items_and_of_classes_does_not_matter(counts: npt.NDArray[np.int64]) -> None:
    here, there = agreement(counts), agreement(counts[::-1, ::-1])
    for name in COEFFICIENTS:
        a, b = getattr(here, name), getattr(there, name)
        assert [a.value, a.low, a.high] == pytest.approx([b.value, b.low, b.high], abs=1e-7, nan_ok=True)


@given(counts=tables)
def test_items_with_one_label_do_not_move_alpha(counts: npt.NDArray[np.int64]) -> None:
    alone = np.eye(counts.shape[1], dtype=np.int64)[:1]
    with_more = krippendorff_alpha(np.vstack([counts, alone, alone]))
    assert with_more.value == pytest.approx(krippendorff_alpha(counts).value, nan_ok=True)


@given(counts=tables)
def test_values_and_intervals_stay_where_they_can_be(counts: npt.NDArray[np.int64]) -> None:
    found = agreement(counts)
    for name in COEFFICIENTS:
        estimate = getattr(found, name)
        if estimate.is_known and estimate.has_interval:
            assert -1 <= estimate.low <= estimate.value + 1e-9
            assert estimate.value <= estimate.high + 1e-9
            assert estimate.high <= 1


def test_alpha_is_the_same_by_its_coincidence_matrix() -> None:
    counts = np.random.default_rng(3).integers(0, 4, (40, 3)).astype(float)
    sizes = counts.sum(axis=1)
    coincidences = sum((np.outer(c, c) - np.diag(c)) / (m - 1) for c, m in zip(counts, sizes, strict=True) if m >= 2)
    totals = np.asarray(coincidences).sum(axis=1)
    n = totals.sum()
    seen = n - np.trace(coincidences)
    by_chance = (n**2 - (totals**2).sum()) / (n - 1)
    assert krippendorff_alpha(counts).value == pytest.approx(1 - seen / by_chance)


def test_the_linearised_error_agrees_with_a_bootstrap_over_items() -> None:
    rng = np.random.default_rng(11)
    counts = rng.multinomial(3, [0.7, 0.2, 0.1], size=150) * 2
    again = [krippendorff_alpha(counts[rng.integers(0, 150, 150)]).value for _ in range(400)]
    assert standard_error(krippendorff_alpha(counts), items=150) == pytest.approx(float(np.std(again)), rel=0.15)


def test_perfect_agreement_keeps_an_interval_that_says_how_little_was_seen() -> None:
    perfect = agreement([[3, 0], [0, 3], [3, 0]])
    assert perfect.alpha.value == perfect.ac1.value == 1
    assert perfect.percent.low < 0.5
    assert perfect.alpha.low < 0.5
    assert perfect.alpha.high == 1


def test_one_class_throughout_has_no_alpha_but_an_ac1() -> None:
    found = agreement([[3, 0], [3, 0]])
    assert not found.alpha.is_known
    assert not found.fleiss.is_known
    assert found.ac1.value == 1


@pytest.mark.parametrize("counts", [np.zeros((0, 3)), np.zeros((4, 3)), [[1, 0], [0, 1]]])
def test_without_pairs_everything_is_unknown(counts: npt.ArrayLike) -> None:
    found = agreement(counts)
    assert not any(getattr(found, name).is_known for name in COEFFICIENTS)
    assert found.percent.n == 0


def test_one_item_has_values_without_intervals_for_the_coefficients() -> None:
    found = agreement([[2, 1]])
    assert found.percent.value == pytest.approx(1 / 3)
    assert found.ac1.is_known
    assert not found.ac1.has_interval


def test_cohen_comes_only_with_two_people() -> None:
    items, labels = [0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 0, 1]
    assert agreement_of_labels(items, [4, 7, 4, 7, 4, 7], labels).cohen is not None
    assert agreement_of_labels(items, [4, 7, 4, 7, 4, 9], labels).cohen is None


def test_cohen_sees_only_items_that_both_labelled() -> None:
    some = agreement_of_labels([0, 0, 1, 1, 2, 3], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 1])
    assert some.cohen is not None
    assert some.cohen.n == 2


@pytest.mark.parametrize("counts", [[1, 2, 3], [[-1, 2]]])
def test_what_is_no_table_of_counts_is_refused(counts: npt.ArrayLike) -> None:
    with pytest.raises(ValueError, match="counts must"):
        agreement(counts)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([[3, 0]] * 60 + [[2, 1]] * 6, "prevalence"),
        ([[2, 1]] * 30 + [[3, 0]] * 12 + [[1, 2]] * 10, "skewed_shares"),
        ([[3, 0]] * 20 + [[0, 3]] * 20 + [[2, 1]] * 5, "in_line"),
        ([[1, 1]] * 20, "below_chance"),
        ([[3, 0]] * 5, "one_class"),
        ([[1, 0]] * 5, "no_data"),
    ],
)
def test_the_reason_for_a_gap_is_named(counts: list[list[int]], reason: str) -> None:
    found = agreement(counts)
    why = why_they_differ(
        found.class_shares, observed=found.percent.value, alpha=found.alpha.value, ac1=found.ac1.value
    )
    assert why.reason == reason
    assert why.ac1_chance == pytest.approx(found.chance["ac1"])
