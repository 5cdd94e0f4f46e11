"""What is asked of auditors now, and what an auditor brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from evenkeel.people import Worker, people_with
from evenkeel.policy import Holding, holders, holdings, in_force

from .. import scopes
from ..models import AuditorRule, AuditTask


def auditor_rules() -> QuerySet[AuditorRule]:
    """The rules in force that ask for something, of queues first."""
    rows = AuditorRule.objects.filter(replaced_by=None).exclude(skills=[], certifications=[])
    return rows.select_related("queue__programme", "policy").order_by("policy__name", "queue__name")


def auditor_rule_of(target: dict[str, object]) -> AuditorRule | None:
    """The last word about one queue or guideline (`{"queue": ...}` or `{"policy": ...}`), also one that asks for nothing."""
    return AuditorRule.objects.filter(replaced_by=None, **target).first()


@dataclass(frozen=True, kw_only=True)
class Qualified:
    """Which of the names asked for somebody has in force, and the certificates of hers that are not."""

    names: frozenset[str] = frozenset()
    lapsed: dict[str, Holding] = field(default_factory=dict)


def qualified(worker_id: UUID, rules: Iterable[AuditorRule], *, now: datetime) -> Qualified:
    """What an auditor has of what the rules ask, at this very moment: nothing is kept, so that a lapse holds at once.

    A certification that policy keeps is held by certificate alone; any other by a skill with a day on which it lapses.
    """
    skills, certifications = set[str](), set[str]()
    for rule in rules:
        skills |= set(rule.skills)
        certifications |= set(rule.certifications)
    if not skills | certifications:
        return Qualified()
    today = now.date()
    worker = Worker.objects.get(pk=worker_id)
    on_record = worker.skills.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    rows = list(on_record.values_list("skill__name", "until"))
    found = {name for name, _until in rows if name in skills}
    if certifications:
        held, known = holdings(worker_id, sorted(certifications), now=now)
        dated = {name for name, until in rows if until is not None and name in certifications - known}
        found |= dated | in_force(held)
        return Qualified(names=frozenset(found), lapsed={each.name: each for each in held if each.lapse})
    return Qualified(names=frozenset(found))


@dataclass(frozen=True, kw_only=True)
class RuleStanding:
    """A rule with how many of those who audit there fulfil it, and how many audits wait for them."""

    rule: AuditorRule
    auditors: int
    able: int
    waiting: int

    @property
    def is_for_nobody(self) -> bool:
        """Whether audits wait that nobody may take: a draw that is never judged would bias the figure."""
        return bool(self.waiting and not self.able)


def standings(rules: Iterable[AuditorRule], *, now: datetime) -> list[RuleStanding]:
    """How each rule stands now; of auditors those count whose role reaches the queue's programme, or everywhere."""
    rules = list(rules)
    has = _holders_now(rules, now)
    auditors: dict[UUID | None, set[UUID]] = {}
    for programme in {rule.queue.programme_id if rule.queue else None for rule in rules}:
        found = people_with(scopes.AUDIT_DO, now=now, kind="programme" if programme else None, target_id=programme)
        auditors[programme] = set(Worker.objects.filter(person__in=found).values_list("pk", flat=True))
    waiting = AuditTask.objects.filter(closed_at=None)
    return [
        RuleStanding(
            rule=rule,
            auditors=len(there := auditors[rule.queue.programme_id if rule.queue else None]),
            able=len(there.intersection(*(has.get(name, set()) for name in asked_by_rule(rule)))),
            waiting=waiting.filter(
                Q(queue=rule.queue) if rule.queue else Q(draw__decision__policy_version__policy=rule.policy)
            ).count(),
        )
        for rule in rules
    ]


def _holders_now(rules: Iterable[AuditorRule], now: datetime) -> dict[str, set[UUID]]:
    """Who has each skill or certification in force now: the same as `qualified` says of one auditor."""
    skills = {name for rule in rules for name in rule.skills}
    certifications = {name for rule in rules for name in rule.certifications}
    kept = holders(sorted(certifications), now=now)
    on_record = Q(skills__until=None) | Q(skills__until__gte=now.date())
    names = sorted((skills | certifications) - set(kept))
    rows = Worker.objects.filter(on_record, skills__since__lte=now.date(), skills__skill__name__in=names)
    found: dict[str, set[UUID]] = {name: set() for name in names} | kept
    for worker, name, until in rows.values_list("pk", "skills__skill__name", "skills__until"):
        if name in skills or until is not None:
            found[name].add(worker)
    return found


def asked_by_rule(rule: AuditorRule) -> set[str]:
    """Everything that a rule asks for."""
    return {*rule.skills, *rule.certifications}
