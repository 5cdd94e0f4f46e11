"""Which labels are probably wrong: what people's answers together say, and what models say, against the answer that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import dawid_skene

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Ends of the bands by which a list is checked: how often is a label wrong that is said to be wrong with so much certainty?
BANDS = (0.9, 0.7, 0.5, 0.3, 0.1)


@dataclass(frozen=True, slots=True)
class Suspects:
    """One row an item: the answer that stands, the most probable one, the chance that the first is wrong.

    `by_people` and `by_models` tell who disagrees; `told` is the probability that models give the standing answer, an even
    guess where they said nothing. -1 and nan where an item has no answer.
    """

    label: IntArray
    believed: IntArray
    chance_wrong: FloatArray
    told: FloatArray
    by_people: npt.NDArray[np.bool_]
    by_models: npt.NDArray[np.bool_]

    def ranking(self) -> IntArray:
        """Items with an answer, the most doubtful first; near ties by what models give the answer, then by their number."""
        known = np.flatnonzero(self.label >= 0)
        chance = np.round(self.chance_wrong[known], 2)
        return known[np.lexsort((known, -self.chance_wrong[known], self.told[known], -chance))]


def suspects(
    items: npt.ArrayLike,
    people: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    n_items: int,
    n_classes: int,
    probabilities: npt.ArrayLike | None = None,
) -> Suspects:
    """The chance of every item's standing answer to be wrong, given all answers and, where there are any, predictions.

    Assumes that people err independently given the true class, and models without having learnt from these answers. The
    standing answer is the most frequent one, of tied ones the least probable (a tie is worth a look). Its chance to be
    wrong is 1 - P(class = answer | answers), by Dawid-Skene with shrunk confusion matrices; `probabilities` (items, classes;
    rows of nan tell nothing) enter as one more person's answers, the most probable class: how good the models are is
    learnt like anybody's, and where every item has one answer they are the only second opinion. Among labels that are
    doubtful to the same hundredth, those to which the models give least come first. `by_models` is
    confident learning: with t_k the mean probability of class k over the items that stand at k, a model disagrees where
    the most probable class among those with p_k >= t_k is not the answer.

    >>> people, labels = [0, 1, 2, 3] * 4, [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    >>> found = suspects(np.repeat([0, 1, 2, 3], 4), people, labels, n_items=4, n_classes=2)
    >>> int(found.ranking()[0]), found.label.tolist()
    (1, [0, 1, 0, 1])

    Reference: Dawid, Skene (1979) Applied Statistics 28; Northcutt, Jiang, Chuang (2021) J. Artificial Intelligence
    Research 70 (confident learning); Goh, Tkachenko, Mueller (2022) arXiv 2210.06812 (people and models together).
    """
    item, label = np.asarray(items, dtype=np.int64), np.asarray(labels, dtype=np.int64)
    person = np.asarray(people, dtype=np.int64)
    by_people = posterior = dawid_skene(
        item, person, label, n_items=n_items, n_classes=n_classes, is_squared=True
    ).posterior
    told = (
        np.full((n_items, n_classes), np.nan) if probabilities is None else np.asarray(probabilities, dtype=np.float64)
    )
    said = np.flatnonzero(np.isfinite(told).all(axis=1))
    if said.size and n_classes > 1:
        posterior = dawid_skene(
            np.concatenate([item, said]),
            np.concatenate([person, np.full(said.size, person.max(initial=-1) + 1)]),
            np.concatenate([label, told[said].argmax(axis=1)]),
            n_items=n_items,
            n_classes=n_classes,
            is_squared=True,
        ).posterior
    counts = np.bincount(item * n_classes + label, minlength=n_items * n_classes).reshape(n_items, n_classes)
    stands = standing_answers(counts, posterior)
    known = stands >= 0
    at = np.arange(n_items), np.maximum(stands, 0)
    chance = np.where(known, 1 - posterior[at], np.nan)
    best = np.where(known, np.nan_to_num(posterior, nan=-1.0).argmax(axis=1), -1)
    leads = np.where(known, np.nan_to_num(by_people, nan=-1.0).argmax(axis=1), -1)
    even = np.where(np.isfinite(told).all(axis=1), told[at], 1 / max(n_classes, 1))
    return Suspects(stands, best, chance, even, known & (leads != stands), known & confidently_other(told, stands))


def standing_answers(counts: npt.ArrayLike, posterior: npt.ArrayLike) -> IntArray:
    """The most frequent answer of each item; of tied ones the least probable; -1 without answers."""
    table, p = np.asarray(counts), np.nan_to_num(np.asarray(posterior, dtype=np.float64), nan=0.0)
    top = table.max(axis=1, initial=0)
    doubt = np.where((table == top[:, None]) & (top[:, None] > 0), 1 - p, -1.0)
    return np.where(top > 0, doubt.argmax(axis=1), -1).astype(np.int64)


def confidently_other(probabilities: npt.ArrayLike, labels: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Where a model is confident of another class than the label: confident learning's off-diagonal cells.

    `probabilities` (items, classes) out of sample, rows of nan where the model said nothing; `labels` the given classes, -1
    for none. A class whose label no item carries has no threshold and is never suspected.

    >>> confidently_other([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8], [0.85, 0.15]], [0, 0, 1, 1]).tolist()
    [False, False, False, True]

    Reference: Northcutt, Jiang, Chuang (2021), equations 1 and 2.
    """
    p, given = np.asarray(probabilities, dtype=np.float64), np.asarray(labels, dtype=np.int64)
    told = np.isfinite(p).all(axis=1) & (given >= 0)
    threshold = np.full(p.shape[1], np.inf)
    for k in range(p.shape[1]):
        own = told & (given == k)
        if own.any():
            threshold[k] = float(p[own, k].mean())
    sure = np.where(told[:, None] & (p >= threshold), p, -1.0)
    best: npt.NDArray[np.bool_] = (sure.max(axis=1, initial=-1.0) >= 0) & (sure.argmax(axis=1) != given)
    return best


def band_of(chance: float) -> int:
    """The band of a chance: 0 for 0.9 and more, up to 5 for less than 0.1.

    >>> [band_of(chance) for chance in (0.95, 0.9, 0.5, 0.02)]
    [0, 0, 2, 5]
    """
    return next((at for at, least in enumerate(BANDS) if chance >= least), len(BANDS))


def band_ends(band: int) -> tuple[float, float]:
    """The least chance of a band, and the one that is too much for it.

    >>> band_ends(0), band_ends(5)
    ((0.9, 1.0), (0.0, 0.1))
    """
    low = BANDS[band] if band < len(BANDS) else 0.0
    return low, 1.0 if band == 0 else BANDS[band - 1]


def precision_at(ranking: Sequence[int] | IntArray, is_wrong: npt.ArrayLike, k: int) -> float:
    """The share of the first `k` of a ranking that are truly wrong."""
    wrong = np.asarray(is_wrong, dtype=bool)[np.asarray(ranking, dtype=np.int64)[:k]]
    return float(wrong.mean()) if wrong.size else float("nan")
