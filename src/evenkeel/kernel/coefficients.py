"""Agreement between people: percent agreement and the coefficients that correct it for chance.

All coefficients have one shape, (p_a - p_e) / (1 - p_e): p_a is the share of agreeing pairs, p_e what chance is thought
to give. They differ in p_e alone (alpha also in a small-sample term), which is why they can tell such different stories
on the same labels; `why_they_differ` names the reason.

Standard errors linearise the coefficient item by item (Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 5),
items being a random sample; intervals use Student's t with n - 1 degrees of freedom, cut to [-1, 1].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, codes, divide, floats, same_length
from .counts import confusion, count_labels
from .estimate import Estimate
from .proportions import wilson
from .quantiles import t_quantile, two_sided


@dataclass(frozen=True, slots=True)
class Agreement:
    """Every coefficient for one set of labels, with what explains their differences.

    `n` of each estimate counts items with two or more labels. `cohen` is there only for exactly two people, because it
    needs to know who said what. `class_shares` are the shares of classes with each item weighing the same; `chance` holds
    each coefficient's chance agreement p_e. A coefficient is unknown where it is not defined: no item with two labels,
    or one class used throughout (then chance agreement is 1 for the coefficients that learn it from the shares).
    """

    percent: Estimate
    alpha: Estimate
    fleiss: Estimate
    ac1: Estimate
    brennan_prediger: Estimate
    cohen: Estimate | None
    class_shares: tuple[float, ...]
    chance: dict[str, float]
    n_items: int
    n_labels: int


def agreement(counts: npt.ArrayLike, *, level: float = 0.95) -> Agreement:
    """All coefficients that need only the counts of labels by item (row) and class (column).

    Assumes exchangeable people and items drawn at random; numbers of labels may differ by item. Give a column to every
    class that could be chosen: AC1 and Brennan-Prediger depend on how many there are. Raises ValueError for a negative
    count or an array without two dimensions.

    >>> both = agreement([[2, 0], [2, 0], [1, 1], [0, 2]])
    >>> f"{both.percent.value:.3f} {both.alpha.value:.3f} {both.ac1.value:.3f} n {both.alpha.n}"
    '0.750 0.533 0.529 n 4'

    Reference: Gwet (2014); Krippendorff (2011) Computing Krippendorff's alpha-reliability.
    """
    items = _Items.of(counts)
    return Agreement(
        percent=_percent(items, level),
        alpha=_alpha(items, level),
        fleiss=_coefficient(items, "fleiss_linearised", _fleiss_chance, level),
        ac1=_coefficient(items, "gwet_ac1_linearised", _ac1_chance, level),
        brennan_prediger=_coefficient(items, "brennan_prediger_linearised", _uniform_chance, level),
        cohen=None,
        class_shares=tuple(items.shares.tolist()),
        chance={
            "alpha": _alpha_chance(items),
            "fleiss": _fleiss_chance(items)[0],
            "ac1": _ac1_chance(items)[0],
            "brennan_prediger": _uniform_chance(items)[0],
        },
        n_items=items.n,
        n_labels=int(items.sizes.sum()),
    )


def agreement_of_labels(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    n_classes: int | None = None,
    level: float = 0.95,
) -> Agreement:
    """As `agreement`, from one row a label (running numbers from 0); adds Cohen's kappa when two people labelled.

    Repeats by one person on one item stay in the counts, as they are; for Cohen's kappa the last one counts.

    >>> both = agreement_of_labels([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 1])
    >>> f"{both.cohen.value:.3f} {both.fleiss.value:.3f}"
    '0.400 0.333'
    """
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    counts = count_labels(item, label, n_classes=n_classes)
    result = agreement(counts, level=level)
    people = np.unique(rater)
    if people.size != 2:
        return result
    answers = np.full((2, counts.shape[0]), -1)
    answers[(rater == people[1]).astype(int), item] = label
    both = (answers >= 0).all(axis=0)
    table = confusion(answers[0, both], answers[1, both], n_classes=counts.shape[1])
    fields = {name: getattr(result, name) for name in Agreement.__slots__}
    return Agreement(**{**fields, "cohen": cohen_kappa(table, level=level)})


def krippendorff_alpha(counts: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """Krippendorff's alpha for classes without order: 1 - D_o / D_e over items with two or more labels.

    D_o = sum_i (m_i^2 - sum_k c_ik^2) / (m_i - 1) / M and D_e = (M^2 - sum_k C_k^2) / (M (M - 1)), for c_ik labels of
    class k among the m_i of item i, C_k of class k and M in all. The standard error is Gwet's linearisation.

    >>> f"{krippendorff_alpha([[2, 0], [2, 0], [1, 1], [0, 2]]).value:.4f}"
    '0.5333'

    Reference: Krippendorff (2011); Gwet (2011) On the Krippendorff's alpha coefficient.
    """
    return _alpha(_Items.of(counts), level)


def cohen_kappa(table: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """Cohen's kappa of two people from their (classes, classes) table: p_e = sum_k p_k. p_.k.

    Works for people against a standard too. Assumes items drawn at random. Large-sample standard error of Fleiss, Cohen,
    Everitt (1969); Student's t with n - 1 degrees of freedom, as for the other coefficients.

    >>> f"{cohen_kappa([[13, 0, 0], [0, 20, 7], [0, 4, 56]]).value:.7f}"
    '0.7964094'

    Reference: Cohen (1960) Educational and Psychological Measurement 20.
    """
    cells = floats(table)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or (cells < 0).any():
        raise ValueError("table must be square and hold no negative count")
    n, method = cells.sum(), "cohen_linearised"
    if n == 0:
        return Estimate.unknown(method=method, level=level)
    p = cells / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = float(np.trace(p)), float(rows @ columns)
    if chance >= 1:
        return Estimate.unknown(method=method, level=level, n=round(n))
    value = (observed - chance) / (1 - chance)
    # One influence a cell (k, l): agreement there, less the chance that its two classes add.
    either = (columns[:, None] + rows[None, :]) / 2
    influence = (np.eye(len(p)) - chance) / (1 - chance) - 2 * (1 - value) * (either - chance) / (1 - chance) - value
    error = sqrt(float((p * influence**2).sum()) / n) if n > 1 else nan
    return _interval(value, error, round(n), observed, chance, method, level, df=n - 1)


@dataclass(frozen=True, slots=True)
class _Items:
    """Items with at least one label, and what every coefficient asks of them.

    Sums over the few classes are written as products with a vector: at a million labels that is ten times as fast.
    """

    counts: FloatArray
    sizes: FloatArray
    pairs: FloatArray  # agreeing ordered pairs by item
    shares: FloatArray

    @classmethod
    def of(cls, counts: npt.ArrayLike) -> _Items:
        table = floats(counts)
        if table.ndim != 2:
            raise ValueError("counts must have a row an item and a column a class")
        if table.size and table.min() < 0:
            raise ValueError("counts must not be negative")
        sizes = table @ np.ones(table.shape[1])
        if (sizes == 0).any():
            table, sizes = table[sizes > 0], sizes[sizes > 0]
        pairs = np.einsum("ik,ik->i", table, table) - sizes
        shares = (1 / sizes) @ table / len(sizes) if len(sizes) else np.full(table.shape[1], nan)
        return cls(table, sizes, pairs, shares)

    @property
    def has_pair(self) -> BoolArray:
        return self.sizes >= 2

    @property
    def n(self) -> int:
        return int(self.has_pair.sum())

    @property
    def classes(self) -> int:
        return int(self.counts.shape[1])

    @property
    def agreeing(self) -> FloatArray:
        """Share of agreeing pairs by item, 0 where there is no pair."""
        return self.pairs / np.where(self.has_pair, self.sizes * (self.sizes - 1), 1.0)

    def observed(self) -> float:
        return float(self.agreeing.sum()) / self.n if self.n else nan


Chance = tuple[float, FloatArray]  # p_e, and each item's own contribution to it


def _fleiss_chance(items: _Items) -> Chance:
    chance = float(items.shares @ items.shares)
    return chance, items.counts @ items.shares / items.sizes


def _ac1_chance(items: _Items) -> Chance:
    if items.classes < 2:
        return nan, np.full(len(items.sizes), nan)
    spread = 1 - items.shares
    scale = 1 / (items.classes - 1)
    return float(scale * (items.shares @ spread)), scale * (items.counts @ spread) / items.sizes


def _uniform_chance(items: _Items) -> Chance:
    chance = 1 / items.classes if items.classes else nan
    return chance, np.full(len(items.sizes), chance)


def _alpha_chance(items: _Items) -> float:
    totals = items.has_pair.astype(float) @ items.counts
    shares = divide(totals, totals.sum())
    return float(shares @ shares)


def _alpha(items: _Items, level: float) -> Estimate:
    method, some = "krippendorff_alpha_linearised", items.has_pair
    chance = _alpha_chance(items)
    if items.n == 0 or chance >= 1:
        return Estimate.unknown(method=method, level=level, n=items.n)
    sizes = items.sizes[some]
    n, total, mean_size = items.n, float(sizes.sum()), float(sizes.mean())
    pairs = items.pairs[some] / (mean_size * (sizes - 1))
    observed = float(pairs.mean())
    small_sample = (1 - 1 / total) * observed + 1 / total
    value, plain = (small_sample - chance) / (1 - chance), (observed - chance) / (1 - chance)
    # Items weigh by their number of labels, so the linearisation carries the term (m_i - mean) / mean throughout.
    lean = (sizes - mean_size) / mean_size
    shares = some.astype(float) @ items.counts / total
    by_chance = (items.counts @ shares)[some] / mean_size - chance * lean
    influence = (pairs - observed * lean - chance - 2 * (1 - plain) * (by_chance - chance)) / (1 - chance) - plain
    return _interval(value, _error(influence), n, observed, chance, method, level, df=n - 1)


def _coefficient(items: _Items, method: str, chance_of: Callable[[_Items], Chance], level: float) -> Estimate:
    chance, by_item = chance_of(items)
    if items.n == 0 or not isfinite(chance) or chance >= 1:
        return Estimate.unknown(method=method, level=level, n=items.n)
    observed, n = items.observed(), len(items.sizes)
    value = (observed - chance) / (1 - chance)
    # Items with one label tell of chance only; n / n2 spreads the agreement of the others over all of them.
    agreeing = (n / items.n) * (items.agreeing - chance * items.has_pair) / (1 - chance)
    influence = agreeing - 2 * (1 - value) * (by_item - chance) / (1 - chance) - value
    return _interval(value, _error(influence), items.n, observed, chance, method, level, df=n - 1)


def _percent(items: _Items, level: float) -> Estimate:
    method = "percent_agreement_wilson"
    if items.n == 0:
        return Estimate.unknown(method=method, level=level)
    observed = items.observed()
    influence = (len(items.sizes) / items.n) * (items.agreeing - observed * items.has_pair)
    variance = _error(influence) ** 2
    spread = observed * (1 - observed)
    # Wilson on the sample size at which a plain share would be as uncertain; the items themselves where all are alike.
    effective = spread / variance if variance > 0 and spread > 0 else float(items.n)
    share = wilson(observed * effective, effective, level=level)
    return Estimate(observed, share.low, share.high, items.n, effective, method, level)


def _error(influence: FloatArray) -> float:
    n = influence.size
    return sqrt(float(influence @ influence) / (n * (n - 1))) if n > 1 else nan


def _interval(
    value: float, error: float, n: int, observed: float, chance: float, method: str, level: float, *, df: float
) -> Estimate:
    if not isfinite(error):
        return Estimate(value, nan, nan, n, float(n), method, level)
    if error < 1e-12:
        # All items alike: no spread to learn from, so the share of agreeing pairs gets Wilson's interval on n items.
        share = wilson(observed * n, n, level=level)
        low, high = ((end - chance) / (1 - chance) for end in (share.low, share.high))
    else:
        half = t_quantile(two_sided(level), df=df) * error
        low, high = value - half, value + half
    return Estimate(value, max(low, -1.0), min(high, 1.0), n, float(n), method, level)
