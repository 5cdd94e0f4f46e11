"""Each person's accuracy against the experts: plain, leaning on her colleagues', and ranked where there is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from evenkeel.kernel import cohen_kappa, proportion_bounds, shrink

from ..labels import LabelSet
from .guards import RANK_FROM


@dataclass(frozen=True, kw_only=True)
class Rater:
    """One person's figures; unknown numbers are None."""

    worker: str
    labels: int
    n: int
    hits: int
    value: float | None
    low: float | None
    high: float | None
    shrunk: float | None
    shrunk_low: float | None
    shrunk_high: float | None
    kappa: float | None
    top_label: str
    top_share: float | None
    is_thin: bool
    rank: int | None


def raters(labels: LabelSet, *, groups: Sequence[Any] | None = None, rank_from: int = RANK_FROM) -> list[Rater]:
    """Every person's figures, in the order of `labels.workers`.

    `groups` (one a person, such as her organisation) share a prior where they are large enough. People with fewer than
    `rank_from` judged answers get no rank: a run of luck is not skill. Ranks go by the shrunk accuracy, best first.
    """
    if not labels.workers:
        return []
    judged = labels.tally[:, :-1, :]
    hits = np.trace(judged, axis1=1, axis2=2)
    n, given = judged.sum(axis=(1, 2)), labels.tally.sum(axis=1)
    sizes, top = given.sum(axis=1), given.argmax(axis=1)
    low, high = proportion_bounds(hits, n)
    codes = None if groups is None else np.unique(np.asarray([str(group) for group in groups]), return_inverse=True)[1]
    lean = shrink(hits, n, groups=codes)
    thin = n < rank_from
    order = np.lexsort((np.asarray(labels.workers), -np.where(thin, -np.inf, lean.mean)))
    rank = {int(place): position for position, place in enumerate(order[: int((~thin).sum())], start=1)}
    return [
        Rater(
            worker=worker,
            labels=int(sizes[i]),
            n=int(n[i]),
            hits=int(hits[i]),
            value=float(hits[i] / n[i]) if n[i] else None,
            low=_known(low[i]),
            high=_known(high[i]),
            shrunk=_known(lean.mean[i]) if n[i] else None,
            shrunk_low=_known(lean.low[i]) if n[i] else None,
            shrunk_high=_known(lean.high[i]) if n[i] else None,
            kappa=_known(cohen_kappa(judged[i]).value) if n[i] else None,
            top_label=labels.classes[top[i]] if sizes[i] else "",
            top_share=float(given[i, top[i]] / sizes[i]) if sizes[i] else None,
            is_thin=bool(thin[i]),
            rank=rank.get(i),
        )
        for i, worker in enumerate(labels.workers)
    ]


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None
