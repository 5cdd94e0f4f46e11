"""Disputes of some days as rows to count, and the findings that they could have been raised against."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import Dispute, Verdict

# What disputes are counted by: the path to the group, and the same for findings where those are known by it.
CUTS: dict[str, tuple[str, str | None]] = {
    "programme": ("programme__name", "draw__plan__programme__name"),
    "site": ("site__name", "draw__decision__site__name"),
    "organisation": ("organisation__name", "draw__decision__organisation__name"),
    "reason": ("reason__title", None),
    "settled_reason": ("settlement__reason__title", None),
    "clause": ("clause", None),
    "auditor": ("auditor_id", "auditor_id"),
}


def disputes_between(actor: Actor, *, since: datetime, until: datetime, by: str) -> list[dict[str, Any]]:
    """The disputes raised in since <= t < until that the actor may see, as `rules.dispute_counts.grouped` wants them."""
    rows = visible(actor, scopes.DISPUTE_VIEW, Dispute.objects.filter(raised_at__gte=since, raised_at__lt=until))
    path, _of_findings = CUTS[by]
    named = rows.values_list(
        path, "worker_id", "settlement__outcome", "settlement__arbitrator", "raised_at", "closed_at"
    )
    return [
        {
            by: group,
            "worker_id": worker_id,
            "outcome": outcome,
            "by_time": outcome is not None and arbitrator is None,
            "hours": None if closed_at is None else (closed_at - raised_at).total_seconds() / 3600,
        }
        for group, worker_id, outcome, arbitrator, raised_at, closed_at in named
    ]


def findings_between(actor: Actor, *, since: datetime, until: datetime, by: str) -> dict[str, int]:
    """By group, the findings of those days that the actor may see and that found something wrong. {} where no group has any.

    A finding that an arbitrator overturned was one: first verdicts are counted, not those that stand.
    """
    path = CUTS[by][1]
    if path is None:
        return {}
    rows = Verdict.objects.filter(is_right=False, corrects=None, audited_at__gte=since, audited_at__lt=until)
    found = visible(actor, scopes.DISPUTE_VIEW, rows).annotate(of=F(path)).values_list("of").order_by()
    return {str(group or ""): n for group, n in found.annotate(n=Count("pk"))}
