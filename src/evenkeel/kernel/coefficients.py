"""Agreement between people: percent agreement and the coefficients that correct it for chance.

All coefficients have one shape, (p_a - p_e) / (1 - p_e): p_a is the share of agreeing pairs, p_e what chance is thought
to give. They differ in p_e alone (alpha also in a small-sample term), which is why they can tell such different stories
on the same labels; `why_they_differ` names the reason, and `Agreement.why` is its answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt

from .arrays import codes, floats, same_length
from .counts import count_labels
from .estimate import Estimate
from .likeness import Likeness, Scale, likeness, likeness_in
from .linearised import (
    Items,
    ac1_chance,
    alpha,
    alpha_chance,
    coefficient,
    fleiss_chance,
    percent,
    uniform_chance,
)
from .paradox import WhyTheyDiffer, why_they_differ
from .people_pairs import conger_kappa
from .rows import refuse_rows
from .two_people import cohen_of_rows


@dataclass(frozen=True, slots=True)
class Agreement:
    """Every coefficient for one set of labels, with what explains their differences.

    `n` of each estimate counts items with two or more labels. `cohen` is there only for exactly two people and `conger`
    for two or more, because they need to know who said what. `class_shares` are the shares of classes with each item
    weighing the same; `chance` holds each coefficient's chance agreement p_e. A coefficient is unknown where it is not
    defined: no item with two labels, or one class used throughout (then chance agreement is 1 for the coefficients that
    learn it from the shares).
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
    conger: Estimate | None = None

    @property
    def why(self) -> WhyTheyDiffer:
        """Why alpha and AC1 tell different stories here, or that they do not: the prevalence warning as a result."""
        return why_they_differ(
            self.class_shares, observed=self.percent.value, alpha=self.alpha.value, ac1=self.ac1.value
        )


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
    return _agreement(Items.of(counts), level)


def weighted_agreement(
    counts: npt.ArrayLike,
    weights: npt.ArrayLike | Likeness,
    *,
    values: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Agreement:
    """As `agreement`, where unlike labels may agree in part: AC1 becomes AC2, the kappas weighted kappas.

    Assumes that `weights` (classes, classes) say how far each pair of classes counts as agreement: symmetric, 1 on the
    diagonal, between 0 and 1; or the name of a scheme that `likeness` knows, with `values` the numbers that the classes
    stand for. All coefficients use the same weights, alpha too; for Krippendorff's own ordinal metric see
    `krippendorff_alpha`. Raises ValueError for weights that do not fit.

    >>> graded = weighted_agreement([[2, 0, 0], [1, 1, 0], [0, 0, 2], [0, 1, 1]], "quadratic")
    >>> f"{graded.percent.value:.3f} {graded.ac1.value:.3f} {graded.ac1.method}"
    '0.875 0.636 gwet_ac2_linearised'

    Reference: Gwet (2014) chapters 3 and 5; Cohen (1968) Psychological Bulletin 70.
    """
    table = floats(counts)
    width = table.shape[1] if table.ndim == 2 else 0
    return _agreement(Items.of(table, weights_between(weights, width, values)), level)


def weights_between(
    weights: npt.ArrayLike | Likeness, classes: int, values: npt.ArrayLike | None = None
) -> npt.NDArray[np.float64]:
    """The weights (classes, classes) that were given or named. Raises ValueError for weights that do not fit.

    >>> weights_between("linear", 2).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    scheme = cast(Likeness, weights) if isinstance(weights, str) else None
    named = likeness(scheme, classes if values is None else values) if scheme else floats(weights)
    is_share = (named >= 0).all() and (named <= 1).all()
    if not (is_share and np.array_equal(named, named.T) and (np.diag(named) == 1).all()):
        raise ValueError("weights must be symmetric, between 0 and 1, and 1 on the diagonal")
    return named


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
    people = np.flatnonzero(np.bincount(rater)) if rater.size else rater
    return replace(
        agreement(counts, level=level),
        cohen=cohen_of_rows(item, rater, label, people, counts.shape, level) if people.size == 2 else None,
        conger=conger_kappa(item, rater, label, n_classes=counts.shape[1], level=level) if people.size > 1 else None,
    )


def agreement_by_class(counts: npt.ArrayLike, *, level: float = 0.95) -> tuple[Agreement, ...]:
    """One `Agreement` a class: that class against all others, so that a weak class shows behind a good average.

    Assumes what `agreement` does. `counts` is (items, classes).

    >>> [round(one.alpha.value, 3) for one in agreement_by_class([[2, 0, 0], [0, 2, 0], [0, 1, 1], [2, 0, 0]])]
    [1.0, 0.533, 0.0]

    Reference: Fleiss (1971) Psychological Bulletin 76 (kappa by category).
    """
    table = floats(counts)
    if table.ndim != 2:
        raise ValueError("counts must have a row an item and a column a class")
    sizes = table.sum(axis=1)
    return tuple(agreement(np.column_stack([one, sizes - one]), level=level) for one in table.T)


def agreement_by_slice(
    counts: npt.ArrayLike, slices: npt.ArrayLike, *, n_slices: int | None = None, level: float = 0.95
) -> tuple[Agreement, ...]:
    """One `Agreement` a slice of the items (queue, vendor, week ...), from one ordering of the rows.

    Assumes what `agreement` does, in every slice. `slices` holds each item's slice as a running number from 0; the same
    item may be cut many ways by calling again, for nothing is refitted. An empty slice is unknown throughout.

    >>> here, there = agreement_by_slice([[2, 0], [0, 2], [1, 1], [2, 0]], [0, 0, 1, 1])
    >>> here.percent.value, there.percent.value
    (1.0, 0.5)

    Reference: as `agreement`.
    """
    table, part = floats(counts), codes(slices, name="slices")
    same_length(counts=table, slices=part)
    n = (int(part.max()) + 1 if part.size else 0) if n_slices is None else n_slices
    if part.size:
        refuse_rows(part >= n, f"slices must be below {n}")
    order = np.argsort(part, kind="stable")
    ends = np.cumsum(np.bincount(part, minlength=n))
    return tuple(agreement(rows, level=level) for rows in np.split(table[order], ends[:-1])) if n else ()


def krippendorff_alpha(
    counts: npt.ArrayLike, *, scale: Scale = "nominal", values: npt.ArrayLike | None = None, level: float = 0.95
) -> Estimate:
    """Krippendorff's alpha: 1 - D_o / D_e over items with two or more labels.

    Without order D_o = sum_i (m_i^2 - sum_k c_ik^2) / (m_i - 1) / M and D_e = (M^2 - sum_k C_k^2) / (M (M - 1)), for c_ik
    labels of class k among the m_i of item i, C_k of class k and M in all. Otherwise each pair of classes k, l counts
    with its squared distance: ordinal (sum of C_g from k to l, less (C_k + C_l) / 2), interval (v_k - v_l), ratio
    (v_k - v_l) / (v_k + v_l). Columns must stand in their order; `values` are the numbers they stand for (0, 1, 2 ...
    unless given). The standard error is Gwet's linearisation, the distances taken as known.

    >>> f"{krippendorff_alpha([[2, 0], [2, 0], [1, 1], [0, 2]]).value:.4f}"
    '0.5333'
    >>> f"{krippendorff_alpha([[2, 0, 0], [0, 1, 1], [0, 0, 2]], scale='interval').value:.4f}"
    '0.8276'

    Reference: Krippendorff (2011); Gwet (2011) On the Krippendorff's alpha coefficient.
    """
    items = Items.of(counts)
    if scale == "nominal":
        return alpha(items, level)
    weights = likeness_in(scale, items.counts[items.has_pair].sum(axis=0), values)
    return alpha(Items.of(items.counts, weights), level, f"krippendorff_alpha_{scale}_linearised")


def _agreement(items: Items, level: float) -> Agreement:
    ac = "gwet_ac1_linearised" if items.weights is None else "gwet_ac2_linearised"
    return Agreement(
        percent=percent(items, level),
        alpha=alpha(items, level),
        fleiss=coefficient(items, "fleiss_linearised", fleiss_chance, level),
        ac1=coefficient(items, ac, ac1_chance, level),
        brennan_prediger=coefficient(items, "brennan_prediger_linearised", uniform_chance, level),
        cohen=None,
        class_shares=tuple(items.shares.tolist()),
        chance={
            "alpha": alpha_chance(items),
            "fleiss": fleiss_chance(items)[0],
            "ac1": ac1_chance(items)[0],
            "brennan_prediger": uniform_chance(items)[0],
        },
        n_items=items.n,
        n_labels=int(items.sizes.sum()),
    )
