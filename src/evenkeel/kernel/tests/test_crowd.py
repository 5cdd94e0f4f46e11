"""Every method of truth inference: the reference figures, gold, weights, evidence, warm starts, choice, calibration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    BadRows,
    LiveTruth,
    Truth,
    brier_score,
    calibration_error,
    classifier_evidence,
    count_labels,
    dawid_skene,
    ebcc,
    fit_isotonic,
    fit_temperature,
    glad,
    gold_accuracy,
    ibcc,
    infer_truth,
    mace,
    majority_vote,
    one_coin,
    overlap_posterior,
    recalibrate,
    two_pass,
    vote_shares,
    wawa,
    zero_based_skill,
)

from .test_truth import Rows, coded, synthetic


def seeded_ebcc(items: Any, raters: Any, labels: Any, **given: Any) -> Truth:
    return ebcc(items, raters, labels, np.random.default_rng(0), restarts=1, **given)


METHODS: dict[str, Callable[..., Truth]] = {
    "vote_shares": vote_shares, "wawa": wawa, "zero_based_skill": zero_based_skill, "dawid_skene": dawid_skene,
    "one_coin": one_coin, "mace": mace, "ibcc": ibcc, "ebcc": seeded_ebcc, "glad": glad, "two_pass": two_pass,
}  # fmt: skip
each_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def gold_of(rows: Rows, items: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    classes = np.unique([row["label"] for row in rows])
    gold = np.full(items.max() + 1, -1)
    for row, item in zip(rows, items.tolist(), strict=True):
        if row["truth"]:
            gold[item] = int(np.searchsorted(classes, row["truth"]))
    return gold


def dices(read: Callable[[str], Rows]) -> tuple[Any, npt.NDArray[np.int64]]:
    experts = {row["item"]: row["truth"] for row in read("quality/dices350_items.csv.gz")}
    rows = read("quality/dices350_labels.csv.gz")
    classes = np.unique([row["label"] for row in rows])
    return coded(rows), np.searchsorted(classes, [experts[name] for name in np.unique([row["item"] for row in rows])])


def judged(read: Callable[[str], Rows], file: str) -> tuple[Any, npt.NDArray[np.int64]]:
    if file == "dices350_labels":
        return dices(read)
    rows = read(f"quality/{file}.csv.gz")
    columns = coded(rows)
    return columns, gold_of(rows, columns[0])


# What crowd-kit 1.4.2 gives, and for iBCC the authors' notebooks; to the printed digit where the method is the same one.
@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "name", "accuracy"),
    [
        ("zheng_d_product", "vote_shares", 0.8966),
        ("zheng_d_product", "wawa", 0.8966),
        ("zheng_d_product", "ibcc", 0.9383),
        ("gal_adult2", "vote_shares", 0.7628),
        ("gal_adult2", "wawa", 0.7658),
        ("gal_adult2", "zero_based_skill", 0.7658),
        ("gal_adult2", "one_coin", 0.7087),
    ],
)
def test_accuracies_are_those_of_the_reference(
    file: str, name: str, accuracy: float, reference_rows: Callable[[str], Rows]
) -> None:
    columns, gold = judged(reference_rows, file)
    has = gold >= 0
    assert round(float((METHODS[name](*columns).labels == gold)[has].mean()), 4) == accuracy


# Methods whose published runs differ by start, prior or restarts: ours may not fall behind them.
@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "name", "published"),
    [
        ("zheng_d_product", "dawid_skene", 0.9366),
        ("zheng_d_product", "zero_based_skill", 0.8966),
        ("zheng_d_product", "glad", 0.9223),
        ("zheng_d_product", "mace", 0.929),
        ("zheng_d_product", "ebcc", 0.9349),
        ("zheng_d_product", "one_coin", 0.907),
    ],
)
def test_accuracies_do_not_fall_behind_published_ones(
    file: str, name: str, published: float, reference_rows: Callable[[str], Rows]
) -> None:
    columns, gold = judged(reference_rows, file)
    assert (METHODS[name](*columns).labels == gold).mean() >= published


@pytest.mark.shared_data
@pytest.mark.parametrize("file", ["zheng_d_product", "gal_adult2", "dices350_labels"])
def test_the_chosen_method_keeps_up_with_majority_and_its_confidence_can_be_believed(
    file: str, reference_rows: Callable[[str], Rows]
) -> None:
    columns, gold = judged(reference_rows, file)
    has = gold >= 0
    majority = majority_vote(count_labels(columns[0], columns[2]), ties="first").winner
    # The dearest candidates are left out here; the benchmark ranks all.
    chosen = infer_truth(*columns, folds=1, candidates=("ds", "mv", "wawa", "one-coin")).truth
    assert (chosen.labels == gold)[has].mean() >= (majority == gold)[has].mean() - 0.015
    plain = dawid_skene(*columns, smoothing=0).posterior
    before = calibration_error(plain[has].max(axis=1), (plain.argmax(axis=1) == gold)[has])
    mended = recalibrate(chosen.posterior, gold)
    assert mended.error <= before / 3
    assert mended.brier <= mended.brier_before


@each_method
def test_a_clear_case_is_solved(method: Callable[..., Truth]) -> None:
    numbers, truth = synthetic(n_classes=3, people=20, labels_each=60)
    fit = method(*numbers)
    assert (fit.labels == truth).mean() > 0.9
    np.testing.assert_allclose(fit.posterior.sum(axis=1), 1)
    assert fit.class_shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(np.nansum(fit.confusion, axis=2), 1)


@each_method
def test_known_items_stay_as_they_are(method: Callable[..., Truth]) -> None:
    numbers, truth = synthetic(n_classes=3, people=12, labels_each=40)
    wrong = (truth + 1) % 3
    known = np.where(np.arange(truth.size) < 4, wrong, -1)
    fit = method(*numbers, known=known, n_classes=3)
    np.testing.assert_allclose(fit.posterior[:4], np.eye(3)[wrong[:4]], atol=1e-12)


@each_method
def test_a_weight_of_two_is_a_row_twice(method: Callable[..., Truth]) -> None:
    (items, raters, labels), _ = synthetic(n_classes=3, people=12, labels_each=24)
    weights = np.where(np.arange(items.size) % 5 == 0, 2.0, 1.0)
    twice = np.repeat(np.arange(items.size), weights.astype(int))
    sizes = {"n_items": int(items.max()) + 1, "n_raters": 12, "n_classes": 3}
    a = method(items, raters, labels, weights=weights, **sizes)
    if method is two_pass:  # its chunks are cut by rows
        a, b = (method(*c, chunk=10**6, weights=w, **sizes) for c, w in (
            ((items, raters, labels), weights), ((items[twice], raters[twice], labels[twice]), None)
        ))  # fmt: skip
    else:
        b = method(items[twice], raters[twice], labels[twice], **sizes)
    np.testing.assert_allclose(a.posterior, b.posterior, atol=1e-6)


@each_method
def test_a_weight_of_zero_is_no_row_and_a_negative_one_is_refused(method: Callable[..., Truth]) -> None:
    sizes = {"n_items": 3, "n_raters": 2, "n_classes": 2}
    fit = method([0, 0, 1], [0, 1, 0], [1, 1, 0], weights=[1, 1, 0], **sizes)
    assert fit.labels[0] == 1
    with pytest.raises(BadRows, match="negative") as refusal:
        method([0, 0, 1], [0, 1, 0], [1, 1, 0], weights=[1, 1, -2], **sizes)
    assert refusal.value.rows == (2,)


@each_method
def test_one_class_and_one_person_are_answered(method: Callable[..., Truth]) -> None:
    alone = method([0, 1, 2], [0, 0, 0], [0, 1, 1])
    np.testing.assert_allclose(alone.posterior.sum(axis=1), 1)
    assert alone.labels[1:].tolist() == [1, 1]
    assert method([0, 0], [0, 1], [0, 0]).labels.tolist() == [0]


def test_squared_steps_end_where_plain_ones_do_in_fewer() -> None:
    numbers, _ = synthetic(n_classes=4, people=30, labels_each=30)
    plain, squared = (dawid_skene(*numbers, smoothing=0, tolerance=1e-12, is_squared=s) for s in (False, True))
    assert squared.log_likelihood >= plain.log_likelihood - 1e-4 * abs(plain.log_likelihood)
    assert squared.has_converged
    assert squared.iterations < plain.iterations


def test_a_warm_start_ends_where_a_cold_one_does_sooner() -> None:
    (items, raters, labels), _ = synthetic(n_classes=3, people=20, labels_each=60)
    most = items < items.max() * 0.97
    before = dawid_skene(items[most], raters[most], labels[most], n_raters=18 if raters[most].max() < 18 else None)
    cold, warm = (dawid_skene(items, raters, labels, warm_start=start) for start in (None, before))
    assert warm.iterations < cold.iterations
    np.testing.assert_allclose(warm.posterior, cold.posterior, atol=1e-3)
    with pytest.raises(ValueError, match="same classes"):
        dawid_skene([0], [0], [0], n_classes=2, warm_start=before)


def test_shrinkage_is_estimated_and_helps_where_classes_are_many() -> None:
    numbers, truth = synthetic(n_classes=30, people=120, labels_each=160)
    fixed, estimated = (dawid_skene(*numbers, smoothing=s, max_iterations=30) for s in (4.0, "estimate"))
    right = [float((fit.labels == truth).mean()) for fit in (fixed, estimated)]
    assert right[1] >= right[0] - 0.002
    assert estimated.smoothing != 4.0
    with pytest.raises(ValueError, match="smoothing"):
        dawid_skene([0], [0], [0], smoothing="much")  # type: ignore[arg-type]


def test_a_classifier_is_one_more_rater() -> None:
    numbers, truth = synthetic(n_classes=3, people=20, labels_each=20, seed=7)
    rng = np.random.default_rng(5)
    guess = np.where(rng.random(truth.size) < 0.8, truth, rng.integers(0, 3, truth.size))
    said = np.where(np.eye(3)[guess] > 0, 0.999, 0.0005)  # right in about 87 of 100, and far too sure
    alone = dawid_skene(*numbers)
    evidence = classifier_evidence(said, alone.posterior)
    together = dawid_skene(*numbers, evidence=evidence.evidence)
    assert evidence.power < 0.7
    assert (together.labels == truth).mean() > max((alone.labels == truth).mean(), (guess == truth).mean())
    with pytest.raises(BadRows, match="sum to 1") as refusal:
        classifier_evidence([[0.5, 0.5], [0.9, 0.9]], [[0.5, 0.5], [0.5, 0.5]])
    assert refusal.value.rows == (1,)
    with pytest.raises(ValueError, match="evidence"):
        dawid_skene([0], [0], [0], n_classes=2, evidence=[[np.nan, 0.0]])


def test_live_truth_comes_near_the_nightly_fit_and_costs_no_second_reading() -> None:
    (items, raters, labels), truth = synthetic(n_classes=3, people=30, labels_each=80)
    live = LiveTruth(n_classes=3)
    for part in np.array_split(np.arange(items.size), 20):
        live.append(items[part], raters[part], labels[part])
    fit = dawid_skene(items, raters, labels)
    assert (live.labels == truth).mean() >= (fit.labels == truth).mean() - 0.02
    np.testing.assert_array_equal(live.posterior(np.arange(truth.size)).argmax(axis=1), live.labels)
    assert live.append([], [], []).size == 0
    with pytest.raises(BadRows, match="below 3"):
        live.append([0], [0], [5])


def test_one_more_label_pays_only_where_it_could_change_something() -> None:
    matrix = np.array([[[0.8, 0.2], [0.2, 0.8]]] * 4)
    none = overlap_posterior([], [], class_shares=[0.5, 0.5], confusion=matrix)
    assert none.confidence == 0.5
    assert none.gain == pytest.approx(0.3)
    sure = overlap_posterior([1, 1, 1], [0, 1, 2], class_shares=[0.5, 0.5], confusion=matrix)
    assert (sure.label, sure.is_enough) == (1, True)
    assert sure.confidence == pytest.approx(0.8**3 / (0.8**3 + 0.2**3))
    assert sure.gain == pytest.approx(0, abs=1e-12)


def test_a_method_that_is_clearly_best_is_chosen_and_noise_is_not() -> None:
    # People with confusions of their own: only full matrices foretell their labels.
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 3, 900)
    items, raters = np.repeat(np.arange(900), 4), rng.integers(0, 12, 3600)
    habit = rng.permuted(np.tile([0.9, 0.08, 0.02], (12, 3, 1)), axis=2)
    told = truth[items]
    top = np.where(np.arange(12) % 3 == 0, 1, 0)  # a third of the people see class 0 as 1
    labels = np.where((top[raters] == 1) & (told == 0), 1, told)
    labels = np.where(rng.random(3600) < 0.1, habit.argmax(axis=2)[raters, told], labels)
    found = infer_truth(items, raters, labels, folds=1)
    assert found.method in {"ds", "ibcc"}
    assert not next(one for one in found.ranking if one.method == "one-coin").is_within_noise
    noise = infer_truth(items, raters, rng.integers(0, 3, 3600), folds=1)
    assert not noise.is_decided
    assert [one.held_out for one in noise.ranking] == sorted((one.held_out for one in noise.ranking), reverse=True)


def test_gold_goes_first_and_a_named_method_is_just_taken() -> None:
    # Three copies of one careless person outvote two careful ones; gold knows who is right.
    rng = np.random.default_rng(4)
    truth = rng.integers(0, 2, 400)
    careless = np.where(rng.random(400) < 0.55, truth, 1 - truth)
    labels = np.concatenate([careless, careless, careless, truth, truth])
    items, raters = np.tile(np.arange(400), 5), np.repeat(np.arange(5), 400)
    found = infer_truth(items, raters, labels, gold=truth, folds=1)
    assert all(one.accuracy is not None and one.accuracy.n == 400 for one in found.ranking)
    asked = infer_truth(items, raters, labels, method="wawa")
    assert (asked.reason, asked.ranking, asked.truth.method) == ("asked", (), "wawa")
    with pytest.raises(ValueError, match="unknown method"):
        infer_truth(items, raters, labels, method="best")


def test_a_tie_is_half_right_and_without_gold_there_is_no_accuracy() -> None:
    fit = vote_shares([0, 0, 1], [0, 1, 0], [0, 1, 1])
    said = gold_accuracy(fit, [0, 1])
    assert said is not None
    assert (said.value, said.n) == (0.75, 2)
    assert gold_accuracy(fit, [-1, -1]) is None


def test_isotonic_rises_and_keeps_the_mean() -> None:
    rng = np.random.default_rng(2)
    said = rng.random(500)
    right = rng.random(500) < said**2
    fit = fit_isotonic(said, right)
    assert (np.diff(fit(np.linspace(0, 1, 50))) >= 0).all()
    assert calibration_error(fit(said), right) < calibration_error(said, right) / 3
    assert fit_isotonic([], [])([0.4]).tolist() == [0.4]


def test_temperature_finds_the_power_that_was_lost() -> None:
    rng = np.random.default_rng(3)
    p = rng.dirichlet([1, 1, 1], 6000)
    truth = (p.cumsum(axis=1) < rng.random((6000, 1))).sum(axis=1)
    sharp = p**2.0 / (p**2.0).sum(axis=1, keepdims=True)
    assert fit_temperature(sharp, truth) == pytest.approx(0.5, abs=0.05)
    assert fit_temperature(np.zeros((0, 2)), []) == 1.0


def test_scores_of_confidence_at_their_ends() -> None:
    assert brier_score([[1, 0], [0, 1]], [0, 1]) == 0
    assert brier_score([[1, 0]], [1]) == 2
    assert calibration_error([1.0, 1.0], [1, 1]) == 0
    assert np.isnan(calibration_error([], []))
    with pytest.raises(BadRows, match="between 0 and 1"):
        calibration_error([1.5], [1])


def test_recalibrated_posteriors_are_posteriors_and_leave_the_unknown_unknown() -> None:
    p = np.array([[0.9, 0.1], [0.2, 0.8], [np.nan, np.nan], [1.0, 0.0]])
    found = recalibrate(p, [0, 1, -1, 1])
    assert np.isnan(found.posterior[2]).all()
    np.testing.assert_allclose(found.posterior[[0, 1, 3]].sum(axis=1), 1)
    assert found.n == 3
    np.testing.assert_array_equal(recalibrate(p, [-1] * 4).posterior, p)
