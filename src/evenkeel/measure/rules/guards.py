"""What should make a reader doubt a set of labels: codes with their figures, which a page puts into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evenkeel.kernel import cohen_kappa

from ..labels import LabelSet

# With fewer answers a person is neither ranked nor doubted.
RANK_FROM = 20
ONE_CLASS = 0.95
ALL_ALIKE = 0.999
RARE = 1e-3
NAMED = 12


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One doubt: `code` says which, `figures` what to fill in, `workers` whom it is about (a few of them)."""

    code: str
    figures: dict[str, Any] = field(default_factory=dict)
    workers: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"code": self.code, "figures": self.figures, "workers": list(self.workers)}


def guards(labels: LabelSet) -> list[Guard]:
    """Every doubt about these labels, the gravest first."""
    found = [*_polarity(labels), *_agreement(labels), *_one_class(labels), *_people(labels), *_gaps(labels)]
    return [guard for guard in found if guard is not None]


def _agreement(labels: LabelSet) -> Sequence[Guard]:
    alpha = labels.agreement.alpha
    if alpha.is_known and alpha.value >= ALL_ALIKE:
        # Independent people never agree on everything: these are likely the aggregate of other labels.
        return [Guard(code="all_alike", figures={"alpha": alpha.value, "n": alpha.n})]
    if alpha.is_known and alpha.has_interval and alpha.low <= 0:
        return [Guard(code="no_better_than_chance", figures={"alpha": alpha.value, "low": alpha.low, "n": alpha.n})]
    return []


def _one_class(labels: LabelSet) -> Sequence[Guard]:
    totals = labels.counts.sum(axis=0)
    if not totals.sum() or totals.max() / totals.sum() <= ONE_CLASS:
        return []
    top = int(totals.argmax())
    share = float(totals[top] / totals.sum())
    return [Guard(code="one_class", figures={"label": labels.classes[top], "share": share})]


def _polarity(labels: LabelSet) -> Sequence[Guard]:
    """Are labels and experts the wrong way round? Everybody together, then single people."""
    kappa = cohen_kappa(labels.confusion)
    if kappa.has_interval and kappa.high < 0:
        return [Guard(code="swapped", figures={"kappa": kappa.value, "high": kappa.high, "n": kappa.n})]
    against = [
        worker
        for worker, table in zip(labels.workers, labels.tally, strict=True)
        if table[:-1].sum() >= RANK_FROM and (own := cohen_kappa(table[:-1])).has_interval and own.high < 0
    ]
    return (
        [Guard(code="swapped_by_person", figures={"people": len(against)}, workers=tuple(against[:NAMED]))]
        if against
        else []
    )


def _people(labels: LabelSet) -> Sequence[Guard]:
    """People who always give one answer, where that would be a rare run of luck for the others."""
    given = labels.tally.sum(axis=1)
    sizes = given.sum(axis=1)
    shares = given.sum(axis=0) / max(given.sum(), 1)
    usual = shares[given.argmax(axis=1)] if labels.classes else np.zeros(0)
    constant = (sizes >= RANK_FROM) & (given.max(axis=1, initial=0) == sizes) & (usual**sizes < RARE)
    found = [labels.workers[number] for number in np.flatnonzero(constant)]
    return (
        [Guard(code="constant_person", figures={"people": len(found), "n": RANK_FROM}, workers=tuple(found[:NAMED]))]
        if found
        else []
    )


def _gaps(labels: LabelSet) -> Sequence[Guard]:
    found = []
    missing = int(((labels.truth >= 0) & (labels.sizes == 0)).sum())
    if missing:
        found.append(Guard(code="experts_without_labels", figures={"items": missing}))
    if labels.repeats:
        found.append(Guard(code="repeats", figures={"labels": labels.repeats}))
    return found
