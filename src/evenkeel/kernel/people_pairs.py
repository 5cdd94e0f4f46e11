"""Coefficients that know who said what: Conger's kappa, and the agreement of every pair of people."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, codes, divide, floats, same_length
from .counts import count_labels
from .estimate import Estimate
from .linearised import ALL, Items, error_of, interval


def conger_kappa(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    n_classes: int | None = None,
    level: float = 0.95,
) -> Estimate:
    """Conger's kappa: Cohen's for any number of people; chance is the mean over pairs of people of sum_k p_gk p_hk.

    Assumes that people choose classes with shares of their own, items being a random sample. One row a label, running
    numbers from 0; people may have seen different items, repeats count again. p_g are person g's shares of classes.
    The standard error linearises item by item, Student's t with n - 1 degrees of freedom. With two people who both saw
    every item it is Cohen's kappa.

    >>> same = conger_kappa([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 1])
    >>> f"{same.value:.3f}"
    '0.400'

    Reference: Conger (1980) Psychological Bulletin 88; Gwet (2014) chapter 5.
    """
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    counts = count_labels(item, label, n_classes=n_classes)
    table, method = Items.of(counts), "conger_linearised"
    told = count_labels(rater, label, n_classes=counts.shape[1]).astype(np.float64)
    each = told.sum(axis=1)
    people = int((each > 0).sum())
    if people < 2 or table.n == 0:
        return Estimate.unknown(method=method, level=level, n=table.n)
    shares = divide(told, each[:, None], empty=0.0)
    # Of all others, what each person would meet by chance, class by class.
    others = (shares.sum(axis=0) - shares) / (people * (people - 1))
    meets = np.einsum("gk,gk->g", shares, others)
    chance = float(meets.sum())
    if not isfinite(chance) or chance > ALL:
        return Estimate.unknown(method=method, level=level, n=table.n)
    n = len(table.sizes)
    gain = divide(n, each, empty=0.0)[rater] * (others[rater, label] - meets[rater])
    by_item = np.bincount(item, weights=gain, minlength=len(counts))[counts.sum(axis=1) > 0]
    observed = table.observed()
    value = (observed - chance) / (1 - chance)
    agreeing = (n / table.n) * (table.agreeing - chance * table.has_pair) / (1 - chance)
    influence = agreeing - 2 * (1 - value) * by_item / (1 - chance) - value
    return interval(value, error_of(influence), table.n, observed, chance, method, level, df=n - 1)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair of people, as (people, people): items both labelled, share of equal answers, Cohen's kappa.

    nan where two people share no item (`percent`), or where chance agreement is 1 (`kappa`). The diagonal compares a
    person's own repeats only through `n`, the items she labelled.
    """

    n: IntArray
    percent: FloatArray
    kappa: FloatArray


def pairwise_agreement(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    n_raters: int | None = None,
    n_classes: int | None = None,
) -> Pairs:
    """Who agrees with whom: percent and Cohen's kappa of all pairs of people on the items they share.

    Assumes what `cohen_kappa` does. One row a label, running numbers from 0; of a person's repeats on an item the first
    counts in the order of their classes. Three matrices of people x people: for thousands of people take a few.

    >>> pairs = pairwise_agreement([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 1])
    >>> int(pairs.n[0, 1]), round(float(pairs.percent[0, 1]), 3), round(float(pairs.kappa[0, 1]), 3)
    (3, 0.667, 0.4)

    Reference: Cohen (1960); Light (1971) Psychological Bulletin 76 (means over pairs).
    """
    from scipy.sparse import csr_array

    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    people = (int(rater.max(initial=-1)) + 1) if n_raters is None else n_raters
    width = (int(label.max(initial=-1)) + 1) if n_classes is None else n_classes
    height = int(item.max(initial=-1)) + 1
    order = np.lexsort((label, item, rater))
    item, rater, label = item[order], rater[order], label[order]
    is_first = np.ones(item.size, dtype=bool)
    is_first[1:] = (item[1:] != item[:-1]) | (rater[1:] != rater[:-1])
    item, rater, label = item[is_first], rater[is_first], label[is_first]
    ones = np.ones(item.size)
    seen = csr_array((ones, (rater, item)), shape=(people, height))
    shared = floats((seen @ seen.T).toarray())
    equal, by_chance = np.zeros((people, people)), np.zeros((people, people))
    for k in range(width):
        here = label == k
        gave = csr_array((ones[here], (rater[here], item[here])), shape=(people, height))
        equal += (gave @ gave.T).toarray()
        met = floats((gave @ seen.T).toarray())  # how often the row's person gave k where the column's person answered
        by_chance += met * met.T
    percent, chance = divide(equal, shared), divide(by_chance, shared**2)
    kappa = divide(percent - chance, np.where(chance > ALL, 0.0, 1 - chance))
    return Pairs(shared.astype(np.int64), percent, kappa)
