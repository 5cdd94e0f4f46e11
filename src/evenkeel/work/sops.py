"""SOP checks at submit: a policy's table is asked about each answer before it becomes a decision.

A block refuses the answer. A warning refuses it once: the same answer by the same person about the same item, sent anew
(under another key), goes ahead, and that it did is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Problem
from evenkeel.policy import BLOCK, SopRule, SopRules

from . import scopes
from .models import Decision, Item, Queue, SopFinding


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer about to become a decision."""

    item: Item
    queue: Queue
    worker_id: UUID
    organisation_id: UUID
    label: str
    answer: Mapping[str, Any]
    active_ms: int | None
    client_key: str

    def about(self) -> dict[str, Any]:
        """What conditions are about."""
        return sop_facts(self.item, self.answer, label=self.label, active_ms=self.active_ms)


def sop_facts(item: Item, answer: Mapping[str, Any], *, label: str, active_ms: int | None) -> dict[str, Any]:
    """An answer and its item as the conditions of SOP checks see them."""
    own = {"key": item.key, "kind": item.kind, "language": item.language}
    active_s = None if active_ms is None else active_ms / 1000
    return {"label": label, "active_s": active_s, "item": {**item.attributes, **own}, "answer": answer}


class Stopped(Invalid):
    """SOP checks stopped an answer; `findings` are kept although nothing else is."""

    def __init__(self, rules: Sequence[SopRule], findings: Sequence[SopFinding], *, main: str):
        blocks = [rule for rule in rules if rule.effect == BLOCK]
        sentence = (
            _("The rules do not allow this answer.") if blocks else _("Look once more; the same answer again stands.")
        )
        code = "sop-blocked" if blocks else "sop-warned"
        super().__init__(sentence, code=code, fields={main: [rule.message for rule in blocks or rules]})
        self.findings = findings


def asked(
    sop: tuple[UUID, SopRules], given: Answer, *, main: str, now: datetime
) -> tuple[Stopped | None, list[SopFinding]]:
    """What stops the answer, if anything; else what is to be kept beside its decision. Asks nothing where no rule is met."""
    sop_id, rules = sop
    met = rules.met_by(given.about())
    if not met:
        return None, []
    findings = [_finding(sop_id, rule, given, now) for rule in met]
    blocks = [rule for rule in met if rule.effect == BLOCK]
    told = set() if blocks else _told_before(sop_id, given)
    if blocks or not {rule.number for rule in met} <= told:
        return Stopped(met, findings, main=main), []
    return None, findings


def _told_before(sop_id: UUID, given: Answer) -> set[int]:
    before = SopFinding.objects.filter(
        item=given.item, worker_id=given.worker_id, sop_id=sop_id, label=given.label, decision=None
    )
    return set(before.exclude(client_key=given.client_key).values_list("rule", flat=True))


def _finding(sop_id: UUID, rule: SopRule, given: Answer, now: datetime) -> SopFinding:
    return SopFinding(
        sop_id=sop_id,
        rule=rule.number,
        effect=rule.effect,
        queue=given.queue,
        item=given.item,
        worker_id=given.worker_id,
        organisation_id=given.organisation_id,
        label=given.label,
        client_key=given.client_key,
        found_at=now,
    )


def keep_stopped(actor: Actor, outcomes: Iterable[Decision | Problem], *, now: datetime) -> None:
    """Keep what stopped answers, after the decisions of the same request; sent again it is kept once."""
    findings = [finding for each in outcomes if isinstance(each, Stopped) for finding in each.findings]
    if not findings:
        return
    with act(scopes.TASK_DECIDE, actor, now=now) as deed:
        SopFinding.objects.bulk_create(findings, ignore_conflicts=True)
        deed.record("stopped by SOP checks", after={"findings": len(findings)})
