"""How often SOP checks are right to speak up: their findings beside the audits, and a dry run over past decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor, visible
from evenkeel.policy import SopRules
from evenkeel.work import DECISION_VIEW, Decision, SopFinding, sop_facts

from .. import scopes
from ..models import Verdict
from ..rules.sops import Fired, RuleRecord, rule_records

_FINDINGS, _LOOKED_AT = 20_000, 5_000


def sop_records(actor: Actor, sop_id: UUID) -> list[RuleRecord]:
    """The record of each rule of a published table, of those answers that the actor may see.

    What went ahead is a false alarm when an audit found it right. What was stopped is one when the audit of the decision
    that followed gave the very answer that had been stopped.
    """
    findings = visible(actor, scopes.AUDIT_VIEW, SopFinding.objects.filter(sop_id=sop_id)).order_by("id")
    named = findings.values_list("rule", "effect", "item_id", "worker_id", "label", "decision_id")
    rows: list[tuple[Any, ...]] = list(named[:_FINDINGS])
    # A warning that was told once and then passed over is one case, told of by the row that went ahead.
    ahead = {row[:5] for row in rows if row[5] is not None}
    cases = {row[:5]: row[5] for row in rows if row[5] is not None or row[:5] not in ahead}
    verdicts = _verdicts([item for _rule, _effect, item, _worker, _label in cases])
    fired = []
    for (rule, effect, item, worker, label), decision in cases.items():
        said, weight = verdicts.get((item, worker), (None, 1.0))
        fired.append(
            Fired(
                rule=rule,
                effect=effect,
                went_ahead=decision is not None,
                is_false=None if said is None else said == label,
                weight=weight,
            )
        )
    return rule_records(fired)


def _verdicts(items: Iterable[UUID]) -> dict[tuple[UUID, UUID], tuple[str, float]]:
    """By item and decider: what the present verdict says is right, and what it stands for."""
    found: dict[tuple[UUID, UUID], tuple[str, float]] = {}
    ids = list(dict.fromkeys(items))
    for start in range(0, len(ids), 500):
        rows = Verdict.objects.filter(draw__decision__item__in=ids[start : start + 500], corrected_by=None)
        named = rows.exclude(error_class="technical_error").values_list(
            "draw__decision__item_id", "draw__decision__worker_id", "label", "draw__pi", "draw__plans"
        )
        for item, worker, label, pi, plans in named:
            shared = 1 if plans is None else plans
            if shared:  # a delivery's sample stands for nothing but its delivery
                found[item, worker] = (label, 1 / (pi * shared))
    return found


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What a table would have said of past decisions: how many were looked at, each rule's record, and some cases."""

    looked_at: int
    records: list[RuleRecord]
    cases: dict[int, list[Decision]]


def dry_run(actor: Actor, policy_id: UUID, rules: SopRules) -> DryRun:
    """Ask a table about the latest 5,000 decisions made by a policy that the actor may see; nothing is kept."""
    decisions = visible(actor, DECISION_VIEW, Decision.objects.filter(queue__policy=policy_id, taken_back=None))
    rows = list(decisions.select_related("item").defer("item__content").order_by("-decided_at", "-id")[:_LOOKED_AT])
    met: list[tuple[Decision, int, str]] = []
    for row in rows:
        about = sop_facts(row.item, row.answer, label=row.label, active_ms=row.active_ms)
        met += [(row, rule.number, rule.effect) for rule in rules.met_by(about)]
    verdicts = _verdicts([row.item_id for row, _rule, _effect in met])
    fired = []
    cases: dict[int, list[Decision]] = {}
    for row, rule, effect in met:
        said, weight = verdicts.get((row.item_id, row.worker_id), (None, 1.0))
        is_false = None if said is None else said == row.label
        fired.append(Fired(rule=rule, effect=effect, went_ahead=True, is_false=is_false, weight=weight))
        if len(cases.setdefault(rule, [])) < 5:
            cases[rule].append(row)
    return DryRun(looked_at=len(rows), records=rule_records(fired), cases=cases)
