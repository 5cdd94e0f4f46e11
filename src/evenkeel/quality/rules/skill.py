"""How well somebody answers golden items: by class, with intervals, and made comparable where the mix differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evenkeel.kernel import Estimate, standardise_directly, wilson

K = TypeVar("K")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer to a golden item: whose group, which kind of item (its right answer, its difficulty), whether it is right."""

    group: str
    label: str
    difficulty: int
    is_right: bool


def skill_by_class(answers: Iterable[Answered]) -> dict[str, Estimate]:
    """Share of right answers by the right answer of the item, Wilson's interval. Assumes answers independent.

    >>> found = skill_by_class([Answered(group="", label="Spam", difficulty=1, is_right=True)] * 4)
    >>> round(found["Spam"].low, 2)
    0.51
    """
    hits, n = _counts((each.label, each.is_right) for each in answers)
    return {label: wilson(hits[label], n[label]) for label in sorted(n)}


def skill(answers: Iterable[Answered]) -> Estimate:
    """Share of right answers, Wilson's interval: of the golden items that were met, not of the work."""
    found = [each.is_right for each in answers]
    return wilson(sum(found), len(found))


def adjusted_skill(answers: Sequence[Answered]) -> dict[str, Estimate | None]:
    """By group: the share of right answers it would have with everybody's mix of right answers and difficulties.

    Direct standardisation over (right answer, difficulty), the standard all answers together. None for a group that never met
    a kind of which more than one answer in fifty is; rarer kinds that some group lacks are left out for all.

    Reference: Breslow, Day (1987) Statistical Methods in Cancer Research II, chapter 2.
    """
    kinds: dict[tuple[str, int], int] = defaultdict(int)
    groups: dict[str, list[Answered]] = defaultdict(list)
    for each in answers:
        kinds[each.label, each.difficulty] += 1
        groups[each.group].append(each)
    met = {group: {(each.label, each.difficulty) for each in rows} for group, rows in groups.items()}
    rare = {kind for kind, n in kinds.items() if n * 50 <= len(answers)}
    standard = {
        kind: n for kind, n in kinds.items() if kind not in rare or all(kind in kinds_met for kinds_met in met.values())
    }
    return {group: _adjusted(rows, standard) for group, rows in groups.items()}


def _adjusted(rows: Iterable[Answered], standard: Mapping[tuple[str, int], int]) -> Estimate | None:
    hits, n = _counts(((each.label, each.difficulty), each.is_right) for each in rows)
    if any(not n[kind] for kind in standard):
        return None
    kinds = list(standard)
    return standardise_directly(
        [hits[kind] for kind in kinds], [n[kind] for kind in kinds], standard=[standard[kind] for kind in kinds]
    )


def _counts(rows: Iterable[tuple[K, bool]]) -> tuple[dict[K, int], dict[K, int]]:
    hits: dict[K, int] = defaultdict(int)
    n: dict[K, int] = defaultdict(int)
    for key, is_right in rows:
        n[key] += 1
        hits[key] += is_right
    return hits, n
