"""Which audits count for the policy and not against people: those about clauses on which experts do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from evenkeel.work import cited_clause

from .models import UnclearClause

if TYPE_CHECKING:
    from evenkeel.work import Decision


def flags_of(decisions: Iterable[Decision]) -> list[UnclearClause]:
    """Every flag that a clause of these decisions' guidelines ever had; one query, none without a guideline."""
    versions = {each.policy_version_id for each in decisions} - {None}
    return list(UnclearClause.objects.filter(version__in=versions)) if versions else []


def counts_for_policy(
    decision: Decision, *, label: str, answer: Mapping[str, Any], flags: Iterable[UnclearClause] | None = None
) -> bool:
    """Whether the clause of a decision, or of the auditor's own answer to it, was unclear when it was decided.

    Of either: who could have known which of the two was meant? The clause of an answer is what it cites, else its label.
    Asked once, when a verdict is given, and kept with it: a later flag changes no finding. `flags` where many are asked.
    """
    named = {cited_clause(decision.answer) or decision.label, cited_clause(answer) or label}
    at = decision.decided_at
    return any(
        flag.version_id == decision.policy_version_id
        and flag.clause in named
        and flag.from_at <= at
        and (flag.until_at is None or at < flag.until_at)
        for flag in (flags_of([decision]) if flags is None else flags)
    )
