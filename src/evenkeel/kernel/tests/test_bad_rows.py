"""What cannot be used is refused by name, with the rows that are to blame."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any

import numpy as np
import pytest

from evenkeel.kernel import (
    BadRows,
    Design,
    LiveTruth,
    WeightedParts,
    agreement,
    attribute_study,
    brier_score,
    classifier_evidence,
    count_labels,
    dawid_skene,
    fit_temperature,
    gold_accuracy,
    horvitz_thompson,
    infer_truth,
    item_puzzles,
    mean,
    overlap_posterior,
    people_behind,
    proportion_bounds,
    recalibrate,
    shrink,
    vote_shares,
)

TWO = ([0, 1], [0, 1], [0, 1])
SURE = [[[0.8, 0.2], [0.2, 0.8]]]


@pytest.mark.parametrize(
    ("run", "said", "rows"),
    [
        (lambda: count_labels([0, nan], [0, 1]), "items must be known", (1,)),
        (lambda: count_labels([0, 1, 1], [0, 5, 7], n_classes=3), "labels must be below 3", (1, 2)),
        (lambda: count_labels([0, -1], [0, 1]), "items must not be negative", (1,)),
        (lambda: dawid_skene([0, 1], [0, nan], [0, 1]), "raters must be known", (1,)),
        (lambda: dawid_skene(*TWO, weights=[1, -1]), "weights must not be negative", (1,)),
        (lambda: dawid_skene(*TWO, known=[-1, 7], n_classes=2), "known must be below 2", (1,)),
        (lambda: dawid_skene(*TWO, n_raters=1), "raters must be below 1", (1,)),
        (lambda: dawid_skene(*TWO, evidence=np.array([[0, 0], [0, nan]])), "evidence must be finite", (1,)),
        (lambda: agreement(np.array([[1, 0], [1, nan]])), "counts must not be negative or unknown", (1,)),
        (lambda: WeightedParts.of([1, 0], [1, 0]), "weights must be positive", (1,)),
        (lambda: horvitz_thompson([1, 2], [0.5, 1.5]), "pi must lie above 0", (1,)),
        (lambda: Design.poisson([0.5, 0.0]), "pi must lie above 0", (1,)),
        (lambda: brier_score([[0.9, 0.1], [0.9, 0.3]], [0, 0]), "posterior must sum to 1", (1,)),
        (lambda: brier_score([[0.9, 0.1]], [4]), "truth must be below 2", (0,)),
        (lambda: fit_temperature([[0.9, 0.5]], [0]), "posterior must sum to 1", (0,)),
        (lambda: recalibrate(np.array([[0.9, 0.1], [2, -1]]), [0, 1]), "posterior must sum to 1", (1,)),
        (lambda: recalibrate([[0.9, 0.1], [0.5, 0.5]], [0, 7]), "gold must be below 2", (1,)),
        (lambda: people_behind([0], [0], [0], [[0.9, 0.5]]), "posterior must sum to 1", (0,)),
        (lambda: item_puzzles([0], [0], [[0.9, 0.5]]), "posterior must sum to 1", (0,)),
        (lambda: overlap_posterior([0], [0], class_shares=[0.9, 0.5], confusion=SURE), "class_shares must sum", (0,)),
        (lambda: overlap_posterior([0], [0], class_shares=[0.5, 0.5], confusion=np.ones((1, 2, 2))), "sum to 1", (0, 1)),
        (lambda: overlap_posterior([5], [0], class_shares=[0.5, 0.5], confusion=SURE), "labels must be below 2", (0,)),
        (lambda: classifier_evidence([[0.9, 0.5]], [[0.5, 0.5]]), "probabilities must sum to 1", (0,)),
        (lambda: gold_accuracy(vote_shares(*TWO), [0, 9]), "gold must be below 2", (1,)),
        (lambda: infer_truth(*TWO, gold=[0, 9], n_classes=2), "gold must be below 2", (1,)),
        (lambda: LiveTruth(n_classes=2).append([0], [0], [3]), "labels must be below 2", (0,)),
        (lambda: shrink([1, 5], [2, 3]), "hits must lie between 0 and n", (1,)),
        (lambda: proportion_bounds([1, 5], [2, 3]), "hits must lie between 0 and n", (1,)),
        (lambda: mean([1, nan]), "values must hold finite numbers only", (1,)),
        (lambda: attribute_study([0, 1], [0, 0], [0, 1], standard=[0, -1]), "without a standard", (1,)),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_used_are_named(run: Callable[[], Any], said: str, rows: tuple[int, ...]) -> None:
    with pytest.raises(BadRows, match=said) as refusal:
        run()
    assert refusal.value.rows == rows


def test_one_class_and_one_person_are_data_like_any_other() -> None:
    assert not agreement([[2], [2]]).alpha.is_known
    assert dawid_skene([0, 1], [0, 1], [0, 0]).labels.tolist() == [0, 0]
    assert dawid_skene([0, 1], [0, 0], [0, 1]).labels.tolist() == [0, 1]


def test_rows_of_nan_are_unknown_not_wrong() -> None:
    found = recalibrate(np.array([[0.9, 0.1], [nan, nan]]), [0, -1])
    assert np.isnan(found.posterior[1]).all()
