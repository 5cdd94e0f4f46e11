"""Working out how clear a policy's clauses are, and keeping since when one counts as unclear."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from .models import CalibrationAnswer, ClauseClarity, UnclearClause
from .rules.calibration import BLIND
from .rules.clarity import BOUND, CLEAR, UNCLEAR, clause_agreement, standing_of

if TYPE_CHECKING:
    from evenkeel.policy import PolicyVersion


def judge_clauses(version: PolicyVersion, *, now: datetime) -> list[ClauseClarity]:
    """Work out experts' agreement on every clause of a policy's version from all blind answers that may be seen.

    A clause whose whole interval lies below the bound counts as unclear from now on. It ends when its whole interval lies
    above the bound, and when the policy's next version is published. Between the two nothing changes: no flag flickers.
    """
    answers = CalibrationAnswer.objects.filter(
        round=BLIND, seat__is_expert=True, case__repeats=None, case__session__policy_version=version
    ).select_related("case__session")
    cases: defaultdict[UUID, list[str]] = defaultdict(list)
    people: defaultdict[str, set[UUID]] = defaultdict(set)
    for each in answers.select_related("seat"):
        if each.case.session.is_open_to_all(now):
            cases[each.case_id].append(each.clause)
            people[each.clause].add(each.seat.worker_id)
    found = clause_agreement(list(cases.values()))
    with transaction.atomic():
        ClauseClarity.objects.filter(version=version).delete()
        made = ClauseClarity.objects.bulk_create(
            ClauseClarity(
                version=version,
                clause=clause,
                estimate=estimate.to_dict(),
                experts=len(people[clause]),
                standing=standing_of(estimate),
                as_of=now,
            )
            for clause, estimate in found.items()
        )
        _flag(version, made, now)
    return made


def _flag(version: PolicyVersion, found: list[ClauseClarity], now: datetime) -> None:
    end_outdated()
    if version.policy.versions.filter(number__gt=version.number).exists():
        return  # What is decided now is decided by a later text.
    present = UnclearClause.objects.filter(version=version, until_at=None)
    known = set(present.values_list("clause", flat=True))
    for each in found:
        if each.standing == UNCLEAR and each.clause not in known:
            UnclearClause.objects.create(
                policy_id=version.policy_id,
                version=version,
                clause=each.clause,
                bound=BOUND,
                estimate=each.estimate,
                from_at=now,
            )
        elif each.standing == CLEAR and each.clause in known:
            present.filter(clause=each.clause).update(until_at=now)


def end_outdated() -> int:
    """End the flags of texts that a later version replaced, at the moment it was published; returns how many."""
    ended = 0
    for flag in UnclearClause.objects.filter(until_at=None).select_related("version__policy"):
        later = flag.version.policy.versions.filter(number__gt=flag.version.number).order_by("number").first()
        if later is not None:
            until = max(later.published_at, flag.from_at)
            ended += UnclearClause.objects.filter(pk=flag.pk, until_at=None).update(until_at=until)
    return ended
