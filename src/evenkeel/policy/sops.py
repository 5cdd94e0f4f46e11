"""Which SOP checks an answer has to pass: found along with the policy's version, so that it costs no question of its own."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef, Subquery

from .models import PolicyVersion, SopVersion
from .sop_rules import SopRules, compile_rows


def version_to_decide_by(policy_id: UUID, now: datetime) -> PolicyVersion | None:
    """The version in force, which also knows the table of SOP checks in force (`sop_of`); one query."""
    tables = SopVersion.objects.filter(policy=OuterRef("policy"), published_at__lte=now).order_by("-number")
    found = PolicyVersion.objects.filter(policy_id=policy_id, published_at__lte=now)
    return found.annotate(sop_id=Subquery(tables.values("pk")[:1])).order_by("-number").first()


def sop_of(version: PolicyVersion | None) -> tuple[UUID, SopRules] | None:
    """The table of a version that `version_to_decide_by` found, compiled, with its id; None where there are no checks."""
    sop_id: UUID | None = getattr(version, "sop_id", None)
    if sop_id is None:
        return None
    rules = _compiled(sop_id)
    return (sop_id, rules) if rules.rules else None


def table_in_force(policy_id: UUID, now: datetime) -> SopVersion | None:
    """The table of SOP checks in force; None before the first."""
    return SopVersion.objects.filter(policy_id=policy_id, published_at__lte=now).order_by("-number").first()


@lru_cache(maxsize=512)
def _compiled(sop_id: UUID) -> SopRules:
    """A published table never changes, so a process compiles it once."""
    return compile_rows(SopVersion.objects.get(pk=sop_id).rows)
