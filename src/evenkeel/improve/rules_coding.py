"""Do two people say the same of a case? Which cases a second person codes, and which causes nobody may use for now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar
from uuid import UUID

import numpy as np

from evenkeel.kernel import Estimate, agreement_by_class, agreement_of_labels, key64, keyed_u, keys64

# A fifth of the cases are coded twice, and never fewer than five of them.
SECOND_SHARE, LEAST_SECOND = 0.2, 5
# Below this alpha a cause is not understood alike (Krippendorff asks for .667 for tentative conclusions, studies of cause
# taxonomies in the field reach .5 to .7); with fewer cases behind it, alpha is luck.
LEAST_ALPHA, LEAST_CASES = 0.6, 10

Slug = TypeVar("Slug", bound=str)


def drawn_share(case_ids: Sequence[UUID], *, salt: UUID, share: float = SECOND_SHARE) -> list[UUID]:
    """The cases that are coded twice: those with the smallest lots, a share of all and at least five.

    Keyed by `salt` (the investigation, or the validation), so that anybody draws the same and nobody can choose.
    """
    if not case_ids:
        return []
    lots = keyed_u(keys64(each.bytes for each in case_ids), key64(salt.bytes) & 0xFFFFFFFF)
    wanted = max(ceil(share * len(case_ids)), LEAST_SECOND)
    return [case_ids[place] for place in np.argsort(lots, kind="stable")[:wanted]]


@dataclass(frozen=True, kw_only=True)
class Together:
    """How far two codings of the same cases agree: share of like answers, and Cohen's kappa, each with its interval."""

    cases: int
    percent: Estimate
    kappa: Estimate


def together(pairs: Sequence[tuple[str, str]]) -> Together:
    """Agreement of (first, second) answers, one pair a case.

    >>> found = together([("tool", "tool"), ("tool", "model"), ("model", "model"), ("tool", "tool")])
    >>> f"{found.percent.value:.2f} {found.kappa.value:.2f} of {found.cases}"
    '0.75 0.50 of 4'

    Reference: Cohen (1960) Educational and Psychological Measurement 20.
    """
    if not pairs:
        unknown = Estimate.unknown(method="cohen_kappa")
        return Together(cases=0, percent=unknown, kappa=unknown)
    names = sorted({answer for pair in pairs for answer in pair})
    place = {name: number for number, name in enumerate(names)}
    said = agreement_of_labels(
        np.repeat(np.arange(len(pairs)), 2),
        np.tile([0, 1], len(pairs)),
        [place[answer] for pair in pairs for answer in pair],
        n_classes=max(len(names), 2),
    )
    return Together(cases=len(pairs), percent=said.percent, kappa=said.cohen or said.alpha)


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """How alike two people use one cause: alpha of it against all others, over the cases where either of them named it."""

    slug: str
    cases: int
    alpha: Estimate

    @property
    def is_locked(self) -> bool:
        """Whether enough cases say that it is not understood alike."""
        return self.cases >= LEAST_CASES and self.alpha.is_known and self.alpha.value < LEAST_ALPHA


def understandings(pairs: Iterable[tuple[str, str]]) -> dict[str, Understanding]:
    """Each cause that was named, with its agreement over all double-coded cases."""
    listed = list(pairs)
    names = sorted({answer for pair in listed for answer in pair})
    if not names:
        return {}
    counts = np.zeros((len(listed), max(len(names), 2)))
    for row, pair in enumerate(listed):
        for answer in pair:
            counts[row, names.index(answer)] += 1
    by_class = agreement_by_class(counts)
    return {
        name: Understanding(slug=name, cases=int((counts[:, place] > 0).sum()), alpha=by_class[place].alpha)
        for place, name in enumerate(names)
    }


def locked(found: Mapping[str, Understanding]) -> set[str]:
    """The causes that nobody may use until they are worded anew."""
    return {slug for slug, each in found.items() if each.is_locked}
