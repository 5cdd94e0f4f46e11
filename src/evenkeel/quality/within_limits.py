"""Auditors, adjudicators and arbitrators see what moderators saw: the same limits of exposure hold for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from evenkeel.ground.errors import NotNow
from evenkeel.work import may_see, note_seen

if TYPE_CHECKING:
    from evenkeel.work import Decision

Waiting = TypeVar("Waiting", bound=Model)
# Nobody looks longer at one thing in one go: what is beyond was a break.
_LONGEST = timedelta(minutes=10)


def first_within_limits(
    waiting: QuerySet[Waiting],
    pick: Callable[[QuerySet[Waiting]], Waiting | None],
    *,
    worker_id: UUID,
    at: str,
    decision_of: Callable[[Waiting], Decision],
    now: datetime,
) -> Waiting | None:
    """The first of what waits that the worker's limits allow; None when nothing waits, `NotNow` when only her limit stands
    in the way. `at` is the path to the decision.

    A limit from one severity on holds for all graver ones, so that a refusal leaves the milder ones to be asked about.
    """
    reason = ""
    rows = waiting.select_related(at)
    while (found := pick(rows)) is not None:
        severity = decision_of(found).severity or 0
        ruling = may_see(worker_id, severity=severity, now=now)
        if ruling:
            return found
        reason = ruling.reason
        rows = rows.filter(Q(**{f"{at}__severity": None}) | Q(**{f"{at}__severity__lt": severity}))
    if reason:
        raise NotNow(reason, code="exposure-limit")
    return None


def note_judged(
    worker_id: UUID, decision: Decision, *, active_ms: int | None, since: datetime | None, now: datetime
) -> None:
    """Count the look at a decision's item: the active time where it is known, else from when it was taken, ten minutes at
    most.
    """
    took = timedelta(milliseconds=active_ms) if active_ms is not None else now - since if since else timedelta(0)
    seconds = min(max(took, timedelta(0)), _LONGEST).total_seconds()
    note_seen(worker_id, seconds=seconds, severity=decision.severity or 0, now=now)
