"""Calibration sessions on plain values: when people are reminded, which cases are taken, what a case's clause is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from evenkeel.kernel import Agreement, Estimate, agreement, keyed_u, keys64, wilson

BLIND, DISCUSSED = 1, 2
MOST_CASES, MOST_PEOPLE = 200, 200
# A reminder goes out so long before the deadline, or at half time in a shorter session.
REMIND_BEFORE = timedelta(days=1)


def remind_from(*, opened_at: datetime, deadline_at: datetime) -> datetime:
    """From when on those who have not answered are reminded."""
    return max(deadline_at - REMIND_BEFORE, opened_at + (deadline_at - opened_at) / 2)


def drawn_cases(ids: Sequence[UUID], *, salt: int, n: int) -> list[UUID]:
    """`n` of these items by a keyed hash: the same for the same salt, whatever the order.

    >>> ids = [UUID(int=k) for k in range(9)]
    >>> drawn_cases(ids, salt=7, n=3) == drawn_cases(ids[::-1], salt=7, n=3)
    True
    """
    u = keyed_u(keys64(each.bytes for each in ids), salt)
    return [ids[at] for at in sorted(range(len(ids)), key=lambda at: (float(u[at]), ids[at]))[:n]]


def clause_of(answer: Mapping[str, Any], *, main: str, label: str) -> str:
    """The clause that an answer names: `violation/clause` of a policy tree, else its label.

    >>> clause_of({"ruling": {"violation": "violence", "clause": "threat"}}, main="ruling", label="violence")
    'violence/threat'
    >>> clause_of({"label": "Spam"}, main="label", label="Spam")
    'Spam'
    """
    said = answer.get(main)
    if isinstance(said, Mapping) and said.get("clause"):
        return f"{said.get('violation', label)}/{said['clause']}"
    return label


def session_agreement(cases: Iterable[Sequence[str]], *, level: float = 0.95) -> Agreement | None:
    """The agreement of a session's answers, one list of labels a case; None where no case has two answers.

    Assumes what the kernel's `agreement` does. Classes are those that anybody gave.
    """
    told = [list(case) for case in cases if len(case) >= 2]
    if not told:
        return None
    classes = sorted({label for case in told for label in case})
    place = {label: at for at, label in enumerate(classes)}
    counts = np.zeros((len(told), len(classes)), dtype=np.int64)
    for row, case in enumerate(told):
        for label in case:
            counts[row, place[label]] += 1
    return agreement(counts, level=level)


def alignment(pairs: Iterable[tuple[str, bool]], *, level: float = 0.95) -> dict[str, Estimate]:
    """By group (person, site, language): the share of blind answers that are the settled one, with Wilson's interval.

    Assumes independent answers; people of one site on the same cases are not quite that, so a site's interval is a guide.

    >>> found = alignment([("North", True), ("North", False), ("South", True)])
    >>> found["North"].value, found["South"].n
    (0.5, 1)
    """
    seen: dict[str, list[bool]] = {}
    for group, is_aligned in pairs:
        seen.setdefault(group, []).append(is_aligned)
    return {group: wilson(float(sum(each)), float(len(each)), level=level) for group, each in sorted(seen.items())}
