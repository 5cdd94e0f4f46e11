"""What should make one doubt a set of labels before any figure of it is believed: codes, for a page to put into words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, codes, divide, same_length
from .coefficients import Agreement, agreement
from .counts import confusion, count_labels
from .paradox import why_they_differ
from .truth import Truth, majority_vote
from .two_people import cohen_kappa

NEAR_ZERO = 0.05
TOO_PERFECT = 0.999
DOMINANT = 0.95
FEWEST_LABELS = 20


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to doubt, the figure that carries it, and the numbers of the rows, people, items or classes meant.

    `polarity`: answers run against the truth (kappa of the vote, whole interval below 0; `where`: nothing) or one person's
    do (`person_against`, people). `label_switching`: the fit calls most items by another class than the vote does
    (classes). `alpha_near_zero`, `alpha_is_one`: no agreement at all, or too much to be independent. `prevalence`:
    alpha low and AC1 high because one class dominates (class). `one_class`: a class has more than 95 % (class).
    `constant_answers`: people of 20 labels or more who gave one class throughout. `gold_without_labels` (items),
    `duplicates` (rows that repeat a person on an item), `one_rater`, `no_pair`: no item has two labels.
    """

    code: str
    figure: float
    where: tuple[int, ...] = ()


def doubts_of_labels(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    n_classes: int | None = None,
    gold: npt.ArrayLike | None = None,
    found: Agreement | None = None,
    truth: Truth | None = None,
) -> tuple[Doubt, ...]:
    """All doubts about a set of labels, in a fixed order; none where nothing is odd.

    Assumes running numbers from 0, one row a label. `gold` holds the true class by item, or -1; `found` saves computing
    the agreement again, `truth` adds the guard against switched labels. A doubt is a reason to look, not a verdict.

    >>> items, raters = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    >>> [doubt.code for doubt in doubts_of_labels(items, raters, [0, 0, 1, 1, 0, 0])]
    ['alpha_is_one']
    >>> [doubt.code for doubt in doubts_of_labels([*items, 2], [*raters, 1], [0, 0, 1, 1, 0, 1, 1], gold=[0, 1, 0, 1])]
    ['gold_without_labels', 'duplicates']

    Reference: Feinstein, Cicchetti (1990) J. Clinical Epidemiology 43 (prevalence); Dawid, Skene (1979) (switching).
    """
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    true = np.full(0, -1) if gold is None else np.asarray(gold, dtype=np.int64)
    height = max(int(item.max(initial=-1)) + 1, len(true))
    width = max(int(label.max(initial=-1)), int(true.max(initial=-1))) + 1 if n_classes is None else n_classes
    if not item.size:
        return ()
    counts = count_labels(item, label, n_items=height, n_classes=width)
    doubts = [
        *_against_gold(item, rater, label, counts, true),
        *_switched(counts, truth),
        *_of_agreement(agreement(counts) if found is None else found, counts),
        *_constant(rater, label, width),
    ]
    bare = np.flatnonzero((true >= 0) & (counts[: len(true)].sum(axis=1) == 0))
    if bare.size:
        doubts.append(Doubt("gold_without_labels", float(bare.size), _numbers(bare)))
    again = repeated_rows(item, rater)
    if again.size:
        doubts.append(Doubt("duplicates", again.size / item.size, _numbers(again)))
    if (rater == rater[0]).all():
        doubts.append(Doubt("one_rater", 1.0, (int(rater[0]),)))
    return tuple(doubts)


def repeated_rows(items: npt.ArrayLike, raters: npt.ArrayLike) -> IntArray:
    """The rows in which a person labels an item that she has labelled in an earlier row.

    Assumes running numbers from 0, one row a label.

    >>> repeated_rows([0, 0, 1, 0], [5, 6, 5, 5]).tolist()
    [3]

    Reference: none; counting.
    """
    item, rater = codes(items, name="items"), codes(raters, name="raters")
    same_length(items=item, raters=rater)
    pair = item * (int(rater.max(initial=0)) + 1) + rater
    first = np.unique(pair, return_index=True)[1]
    is_again = np.ones(item.size, dtype=bool)
    is_again[first] = False
    return np.flatnonzero(is_again)


def _against_gold(item: IntArray, rater: IntArray, label: IntArray, counts: IntArray, gold: IntArray) -> list[Doubt]:
    if not (gold >= 0).any():
        return []
    doubts = []
    winner = majority_vote(counts[: len(gold)], ties="first").winner
    judged = (gold >= 0) & (winner >= 0)
    width = counts.shape[1]
    kappa = cohen_kappa(confusion(gold[judged], winner[judged], n_classes=width))
    if kappa.is_known and kappa.high < 0:
        doubts.append(Doubt("polarity", kappa.value))
    rows = item < len(gold)
    rows[rows] = gold[item[rows]] >= 0
    against, worst = [], 0.0
    n = np.bincount(rater[rows], minlength=int(rater.max()) + 1)
    for person in np.flatnonzero(n >= FEWEST_LABELS):
        hers = rows & (rater == person)
        kappa = cohen_kappa(confusion(gold[item[hers]], label[hers], n_classes=width))
        if kappa.is_known and kappa.high < 0:
            against.append(int(person))
            worst = min(worst, kappa.value)
    if against:
        doubts.append(Doubt("person_against", worst, tuple(against)))
    return doubts


def _switched(counts: IntArray, truth: Truth | None) -> list[Doubt]:
    """Classes whose items the fit mostly calls by one other class."""
    if truth is None:
        return []
    winner = majority_vote(counts).winner
    both = (winner >= 0) & (truth.labels[: len(winner)] >= 0)
    table = confusion(winner[both], truth.labels[: len(winner)][both], n_classes=counts.shape[1])
    share = divide(table, table.sum(axis=1, keepdims=True), empty=0.0)
    off = share - np.diag(np.diag(share))
    moved = np.flatnonzero((off.max(axis=1, initial=0.0) > 0.5) & (table.sum(axis=1) >= FEWEST_LABELS))
    return [Doubt("label_switching", float(off[moved].max()), _numbers(moved))] if moved.size else []


def _of_agreement(found: Agreement, counts: IntArray) -> list[Doubt]:
    if not found.percent.is_known:
        return [Doubt("no_pair", 0.0)]
    doubts, alpha = [], found.alpha
    if alpha.is_known and alpha.value >= TOO_PERFECT:
        doubts.append(Doubt("alpha_is_one", alpha.value))
    elif alpha.value <= NEAR_ZERO and not alpha.low > 0:
        doubts.append(Doubt("alpha_near_zero", alpha.value))
    why = why_they_differ(found.class_shares, observed=found.percent.value, alpha=alpha.value, ac1=found.ac1.value)
    if why.reason in ("prevalence", "skewed_shares"):
        doubts.append(Doubt("prevalence", why.gap, (why.dominant_class,)))
    shares: FloatArray = counts.sum(axis=0) / counts.sum()
    if shares.max() > DOMINANT:
        doubts.append(Doubt("one_class", float(shares.max()), (int(shares.argmax()),)))
    return doubts


def _constant(rater: IntArray, label: IntArray, width: int) -> list[Doubt]:
    told = count_labels(rater, label, n_classes=width)
    each = told.sum(axis=1)
    same = np.flatnonzero((each >= FEWEST_LABELS) & (told.max(axis=1) == each))
    return [Doubt("constant_answers", float(same.size), _numbers(same))] if same.size and width > 1 else []


def _numbers(array: IntArray) -> tuple[int, ...]:
    return tuple(array.tolist())
