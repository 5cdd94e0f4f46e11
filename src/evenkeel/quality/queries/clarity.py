"""Which clauses count as unclear, for pages and for rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ..models import CalibrationSession, UnclearClause


def unclear_clauses(
    *, policies: Iterable[UUID] | None = None, from_: datetime | None = None, until: datetime | None = None
) -> QuerySet[UnclearClause]:
    """Clauses that count for the policy and not against people, with their periods from_at <= t < until_at.

    Those whose period meets from_ <= t < until; of all policies unless some are named. The clause of a decision is
    `violation/clause` of a policy tree, else its label.
    """
    found = UnclearClause.objects.all() if policies is None else UnclearClause.objects.filter(policy__in=list(policies))
    if from_ is not None:
        found = found.filter(Q(until_at=None) | Q(until_at__gt=from_))
    if until is not None:
        found = found.filter(from_at__lt=until)
    return found


def unclear_in(session: CalibrationSession) -> frozenset[str]:
    """Clauses of a session's guideline that counted as unclear when it was opened or since, by its own answers among others.

    What people answered about them in it is held against nobody.
    """
    if session.policy_version_id is None:
        return frozenset()
    flags = UnclearClause.objects.filter(version=session.policy_version_id)
    found = flags.filter(Q(until_at=None) | Q(until_at__gt=session.opened_at))
    return frozenset(found.values_list("clause", flat=True))
