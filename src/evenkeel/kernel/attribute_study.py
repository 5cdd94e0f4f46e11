"""Attribute agreement analysis: are people ready to judge? Within themselves, between each other, against a standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, IntArray, codes, same_length
from .coefficients import agreement
from .counts import confusion, count_labels
from .estimate import Estimate
from .proportions import clopper_pearson, proportion
from .rows import refuse_rows
from .two_people import cohen_kappa

# AIAG's marks for a person who may judge alone: effectiveness at least, miss and false-alarm rates at most.
EFFECTIVE, MISS, FALSE_ALARM = 0.90, 0.02, 0.05


@dataclass(frozen=True, slots=True)
class Appraiser:
    """One person. `within`: items on which all her trials agree; `effectiveness`: on which all are the standard.

    `miss` is the share of trials on faulty items not called faulty, `false_alarm` of trials on good items called faulty;
    unknown without a standard. `kappa_within` is Fleiss' over her trials, `kappa_standard` Cohen's of all trials.
    """

    within: Estimate
    effectiveness: Estimate
    miss: Estimate
    false_alarm: Estimate
    kappa_within: Estimate
    kappa_standard: Estimate

    @property
    def is_ready(self) -> bool:
        """Whether the three marks are reached by the values themselves; look at the intervals before relying on it."""
        rates = self.effectiveness.value >= EFFECTIVE and self.miss.value <= MISS
        return bool(rates and self.false_alarm.value <= FALSE_ALARM)


@dataclass(frozen=True, slots=True)
class AttributeStudy:
    """`people` by number; `between`: items on which all trials of all people agree; `all_standard`: and are the standard."""

    people: tuple[Appraiser, ...]
    between: Estimate
    all_standard: Estimate
    kappa_between: Estimate
    kappa_standard: Estimate


def attribute_study(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    standard: npt.ArrayLike | None = None,
    faulty: Sequence[int] = (1,),
    n_classes: int | None = None,
    level: float = 0.95,
) -> AttributeStudy:
    """The whole study in one call, from one row a trial.

    Assumes that trials of one person on one item are blind to each other. Running numbers from 0; `standard` is the true
    class by item, `faulty` the classes that must not be missed. Shares of items have Clopper-Pearson intervals, as AIAG
    asks; without repeats `within` is unknown. Raises BadRows for a row whose item has no standard.

    >>> study = attribute_study([0, 0, 1, 1, 0, 0, 1, 1], [0] * 4 + [1] * 4, [1, 1, 0, 0, 1, 0, 0, 0], standard=[1, 0])
    >>> [round(one.effectiveness.value, 2) for one in study.people], study.between.value, study.people[1].miss.value
    ([1.0, 0.5], 0.5, 0.5)

    Reference: AIAG (2010) Measurement Systems Analysis, 4th ed., ch. III C.
    """
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    true = np.full(0, -1) if standard is None else np.asarray(standard, dtype=np.int64)
    if standard is not None:
        refuse_rows((item >= len(true)) | (true[np.minimum(item, len(true) - 1)] < 0), "items without a standard")
    width = max(int(label.max(initial=-1)), int(true.max(initial=-1))) + 1 if n_classes is None else n_classes
    study = _Study(item, rater, label, true, width, np.isin(np.arange(max(width, 1)), list(faulty)), level)
    everybody = np.ones(item.size, dtype=bool)
    return AttributeStudy(
        people=tuple(study.person(rater == person) for person in range(int(rater.max(initial=-1)) + 1)),
        between=study.alike(everybody),
        all_standard=study.right(everybody),
        kappa_between=study.kappa(everybody),
        kappa_standard=study.kappa_standard(everybody),
    )


@dataclass(frozen=True, slots=True)
class _Study:
    item: IntArray
    rater: IntArray
    label: IntArray
    true: IntArray
    width: int
    is_faulty: BoolArray
    level: float

    def person(self, rows: BoolArray) -> Appraiser:
        return Appraiser(
            within=self.alike(rows),
            effectiveness=self.right(rows),
            miss=self.wrong_way(rows, faulty=True),
            false_alarm=self.wrong_way(rows, faulty=False),
            kappa_within=self.kappa(rows),
            kappa_standard=self.kappa_standard(rows),
        )

    def alike(self, rows: BoolArray) -> Estimate:
        """Items whose trials (two or more) are all the same."""
        counts = self.counts(rows)
        several = counts.sum(axis=1) >= 2
        same = several & (counts.max(axis=1, initial=0) == counts.sum(axis=1))
        return clopper_pearson(float(same.sum()), float(several.sum()), level=self.level)

    def right(self, rows: BoolArray) -> Estimate:
        """Items whose trials are all the standard."""
        if not self.true.size:
            return Estimate.unknown(method="clopper_pearson", level=self.level)
        counts = self.counts(rows)
        seen = counts.sum(axis=1) > 0
        hits = counts[np.arange(len(counts)), self.true[: len(counts)]] == counts.sum(axis=1)
        return clopper_pearson(float((hits & seen).sum()), float(seen.sum()), level=self.level)

    def wrong_way(self, rows: BoolArray, *, faulty: bool) -> Estimate:
        """Trials on faulty items not called so, or trials on good items called so."""
        if not self.true.size:
            return Estimate.unknown(method="wilson", level=self.level)
        here = rows & (self.is_faulty[self.true[self.item]] == faulty)
        wrong = here & (self.is_faulty[self.label] != faulty)
        return proportion(float(wrong.sum()), float(here.sum()), level=self.level)

    def kappa(self, rows: BoolArray) -> Estimate:
        return agreement(self.counts(rows), level=self.level).fleiss

    def kappa_standard(self, rows: BoolArray) -> Estimate:
        if not self.true.size:
            return Estimate.unknown(method="cohen_linearised", level=self.level)
        table = confusion(self.true[self.item[rows]], self.label[rows], n_classes=self.width)
        return cohen_kappa(table, level=self.level)

    def counts(self, rows: BoolArray) -> IntArray:
        height = int(self.item.max(initial=-1)) + 1
        return count_labels(self.item[rows], self.label[rows], n_items=height, n_classes=self.width)
