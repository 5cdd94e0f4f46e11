"""Majority vote, Dawid-Skene, kappa against a standard, area under the curve."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import area_under_curve, cohen_kappa, confusion, count_labels, dawid_skene, majority_vote

Rows = list[dict[str, str]]
Coded = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]

votes = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=40)

# Dawid and Skene (1979), table 4: P(given class | true class), rows = true class, by observer.
PUBLISHED_OBSERVERS = [
    [[0.89, 0.11, 0, 0], [0.07, 0.88, 0.05, 0], [0, 0.34, 0.66, 0], [0, 0, 0.56, 0.44]],
    [[0.83, 0.17, 0, 0], [0.05, 0.63, 0.31, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    [[1, 0, 0, 0], [0.11, 0.79, 0.11, 0], [0, 0.40, 0.20, 0.40], [0, 0, 0.67, 0.33]],
    [[0.94, 0.06, 0, 0], [0.05, 0.84, 0.10, 0], [0, 0, 0.80, 0.20], [0, 0, 0.33, 0.67]],
    [[1, 0, 0, 0], [0.16, 0.73, 0.11, 0], [0, 0.21, 0.79, 0], [0, 0, 0.33, 0.67]],
]


def coded(rows: Rows) -> Coded:
    return tuple(np.unique([row[name] for row in rows], return_inverse=True)[1] for name in ("item", "worker", "label"))  # type: ignore[return-value]


def synthetic(*, n_classes: int, people: int, labels_each: int, seed: int = 4) -> tuple[Coded, npt.NDArray[np.int64]]:
    """Four labels an item, people right between half the time and always."""
    rng = np.random.default_rng(seed)
    n_items = people * labels_each // 4
    truth = rng.integers(0, n_classes, n_items)
    items = np.repeat(np.arange(n_items), 4)
    raters = rng.integers(0, people, items.size)
    is_right = rng.random(items.size) < rng.beta(8, 3, people)[raters]
    labels = np.where(is_right, truth[items], rng.integers(0, n_classes, items.size))
    return (items, raters, labels), truth


@pytest.mark.shared_data
def test_dawid_and_skenes_own_table_comes_out(reference_rows: Callable[[str], Rows]) -> None:
    fit = dawid_skene(*coded(reference_rows("quality/dawid_skene_1979.csv.gz")), smoothing=0)
    assert round(fit.log_likelihood, 5) == -192.89088
    assert fit.class_shares.round(4).tolist() == [0.3996, 0.4220, 0.1118, 0.0667]
    assert fit.confusion.round(2).tolist() == PUBLISHED_OBSERVERS
    unsure = fit.posterior.max(axis=1)
    names = np.unique([row["item"] for row in reference_rows("quality/dawid_skene_1979.csv.gz")])
    assert {name: round(p, 3) for name, p in zip(names.tolist(), unsure.tolist(), strict=True) if p < 0.99} == {
        "7": 0.981,
        "35": 0.948,
        "38": 0.979,
    }


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "log_likelihood", "iterations"),
    [
        ("zheng_d_product", "-7570.987", 422),
        ("gal_adult2", "-36452.15", 336),
        ("dices350_labels", "-24314.22", 31),
    ],
)
def test_maximum_likelihood_is_reached_in_the_reference_number_of_steps(
    file: str, log_likelihood: str, iterations: int, reference_rows: Callable[[str], Rows]
) -> None:
    fit = dawid_skene(*coded(reference_rows(f"quality/{file}.csv.gz")), smoothing=0)
    digits = len(log_likelihood.split(".")[1])
    assert f"{fit.log_likelihood:.{digits}f}" == log_likelihood
    assert (fit.iterations, fit.has_converged) == (iterations, True)


@pytest.mark.shared_data
def test_accuracy_against_gold_is_the_reference_one(reference_rows: Callable[[str], Rows]) -> None:
    rows = reference_rows("quality/zheng_d_product.csv.gz")
    items, _, labels = numbers = coded(rows)
    gold = np.full(items.max() + 1, -1)
    gold[items] = [int(row["truth"]) for row in rows]
    assert round(float((dawid_skene(*numbers, smoothing=0).labels == gold).mean()), 4) == 0.9394
    assert round(float((majority_vote(count_labels(items, labels)).winner == gold).mean()), 4) == 0.8966


@pytest.mark.shared_data
def test_dices_majority_kappa_and_area_are_the_reference_ones(reference_rows: Callable[[str], Rows]) -> None:
    experts = {row["item"]: row["truth"] for row in reference_rows("quality/dices350_items.csv.gz")}
    rows = reference_rows("quality/dices350_labels.csv.gz")
    names = np.unique([row["item"] for row in rows])
    classes = np.unique([row["label"] for row in rows])
    items, _, labels = coded(rows)
    gold = np.searchsorted(classes, [experts[name] for name in names])
    crowd = majority_vote(count_labels(items, labels), ties="first")
    assert round(float((crowd.winner == gold).mean()), 4) == 0.6514
    assert round(cohen_kappa(confusion(gold, crowd.winner, n_classes=3)).value, 4) == 0.3029
    area = area_under_curve(crowd.shares[:, 2], gold == 2)
    assert round(area.value, 5) == 0.78823
    assert 0.73 < area.low < area.value < area.high < 0.84


def test_with_many_classes_smoothing_keeps_it_above_majority() -> None:
    numbers, truth = synthetic(n_classes=30, people=120, labels_each=160)
    plain, shrunk = (dawid_skene(*numbers, smoothing=s, max_iterations=40).labels for s in (0.0, 4.0))
    majority = majority_vote(count_labels(numbers[0], numbers[2])).winner
    right = [float((guess == truth).mean()) for guess in (plain, majority, shrunk)]
    assert right[0] < right[2]
    assert right[1] < right[2]


def test_each_step_of_maximum_likelihood_climbs() -> None:
    numbers, _ = synthetic(n_classes=3, people=20, labels_each=40)
    climb = [dawid_skene(*numbers, smoothing=0, max_iterations=k).log_likelihood for k in range(1, 12)]
    assert all(after >= before - 1e-9 for before, after in pairwise(climb))


def test_known_items_stay_as_they_are_and_teach_the_rest() -> None:
    # Two people contradict each other throughout; only the known items tell which of them is right.
    items, raters = np.repeat(np.arange(40), 2), np.tile([0, 1], 40)
    truth = np.arange(40) % 2
    labels = np.where(raters == 0, truth[items], 1 - truth[items])
    known = np.where(np.arange(40) < 10, truth, -1)
    fit = dawid_skene(items, raters, labels, known=known, smoothing=1.0)
    assert fit.labels.tolist() == truth.tolist()
    assert fit.posterior[0].tolist() == [1.0, 0.0]


def test_a_known_item_needs_no_labels() -> None:
    fit = dawid_skene([0], [0], [1], known=[-1, 0])
    assert fit.labels.tolist() == [1, 0]
    assert fit.class_shares.tolist() == [0, 1]
    with pytest.raises(ValueError, match="known"):
        dawid_skene([0], [0], [1], known=[-1, 5], n_classes=2)


@given(rows=votes)
def test_row_order_does_not_matter_and_a_second_run_is_the_same(rows: list[tuple[int, int, int]]) -> None:
    there = dawid_skene(*zip(*rows, strict=True), n_items=6, n_raters=4, n_classes=3, max_iterations=30)
    back = dawid_skene(*zip(*rows[::-1], strict=True), n_items=6, n_raters=4, n_classes=3, max_iterations=30)
    np.testing.assert_allclose(there.posterior, back.posterior, atol=1e-9)
    np.testing.assert_allclose(there.posterior[there.labels >= 0].sum(axis=1), 1)


@given(rows=votes, smoothing=st.sampled_from([0.0, 1.0, 4.0]))
def test_confusion_rows_are_distributions_or_unknown(rows: list[tuple[int, int, int]], smoothing: float) -> None:
    fit = dawid_skene(*zip(*rows, strict=True), n_raters=4, n_classes=3, smoothing=smoothing, max_iterations=30)
    sums = fit.confusion.sum(axis=2)
    np.testing.assert_allclose(sums[~np.isnan(sums)], 1)
    assert fit.log_likelihood <= 1e-9


def test_an_item_without_labels_has_no_answer() -> None:
    fit = dawid_skene([0, 2], [0, 0], [1, 1], n_items=3)
    assert fit.labels.tolist() == [1, -1, 1]
    assert np.isnan(fit.posterior[1]).all()


def test_empty_input_gives_an_empty_fit() -> None:
    fit = dawid_skene([], [], [], n_classes=2)
    assert fit.posterior.shape == (0, 2)
    assert np.isnan(fit.log_likelihood)
    assert majority_vote(np.zeros((0, 2))).winner.shape == (0,)
    assert not area_under_curve([], []).is_known


def test_ties_are_stated() -> None:
    vote = majority_vote([[1, 1, 0], [0, 0, 0], [0, 2, 1]])
    assert vote.winner.tolist() == [-1, -1, 1]
    assert vote.is_tied.tolist() == [True, False, False]
    assert vote.shares[0].tolist() == [0.5, 0.5, 0]
    assert majority_vote([[1, 1, 0]], ties="first").winner.tolist() == [0]


@given(
    scores=st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40),
)
def test_the_area_counts_pairs_and_flips_with_the_sign(scores: list[tuple[int, bool]]) -> None:
    score, positive = np.array([s for s, _ in scores], dtype=float), np.array([p for _, p in scores])
    area, mirror = area_under_curve(score, positive), area_under_curve(-score, positive)
    pairs = [(a > b) + (a == b) / 2 for a in score[positive] for b in score[~positive]]
    assert area.is_known == bool(pairs)
    if pairs:
        assert area.value == pytest.approx(np.mean(pairs))
        assert area.value == pytest.approx(1 - mirror.value)


@pytest.mark.parametrize(
    ("items", "raters", "labels"),
    [([0, 1], [0], [0, 0]), ([-1], [0], [0]), ([0.5], [0], [0]), ([0], [0], [9])],
)
def test_numbers_that_do_not_fit_are_refused(items: list[int], raters: list[int], labels: list[int]) -> None:
    with pytest.raises(ValueError, match=r"items|length|classes|labels"):
        dawid_skene(items, raters, labels, n_items=3, n_classes=3)
