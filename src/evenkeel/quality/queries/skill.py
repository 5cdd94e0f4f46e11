"""How well single people answer: golden items and audits, by right answer, guideline and language. Figures of people, for
whoever leads them and for themselves; published figures are `measure`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate
from evenkeel.people import Worker

from .. import scopes
from ..models import ExamSitting, Gate, GateVerdict, GoldAnswer, SkillFigure, Verdict
from .skill_worked_out import PERIOD as PERIOD
from .skill_worked_out import SIDES as SIDES


def left_to_policy(worker_id: UUID, *, now: datetime) -> int:
    """How many audits of her decisions, and answers of hers to golden items, of the last 91 days count for the policy,
    because the clause was unclear.
    """
    rows = Verdict.objects.filter(corrected_by=None, counts_for_policy=True, draw__decision__worker=worker_id)
    rows = rows.filter(draw__decision__decided_at__gt=now - PERIOD, draw__decision__decided_at__lte=now)
    golds = GoldAnswer.objects.filter(counts_for_policy=True, worker=worker_id)
    return rows.count() + golds.filter(answered_at__gt=now - PERIOD, answered_at__lte=now).count()


@dataclass(frozen=True, kw_only=True)
class PersonSkill:
    """Somebody with her share of right answers to golden items and in audits, and the gates that keep her away now."""

    worker: Worker
    golds: Estimate
    audits: Estimate
    away: tuple[GateVerdict, ...]


_UNKNOWN = Estimate.unknown(method="beta_binomial_posterior")


def people_skill(actor: Actor) -> list[PersonSkill]:
    """Everybody whom the actor leads and of whom something is known, by name: an order by figures would rank luck."""
    away = gates_shut()
    seen = visible(actor, scopes.SKILL_VIEW, Worker.objects.select_related("organisation", "team"))
    kept: dict[UUID, dict[str, Estimate]] = defaultdict(dict)
    for row in SkillFigure.objects.filter(side="", worker__in=seen.values("pk")):
        kept[row.worker_id][row.source] = Estimate.from_dict(row.said)
    known = set(kept) | set(away)
    return [
        PersonSkill(
            worker=worker,
            golds=kept[worker.pk].get(SkillFigure.GOLDS, _UNKNOWN),
            audits=kept[worker.pk].get(SkillFigure.AUDITS, _UNKNOWN),
            away=away.get(worker.pk, ()),
        )
        for worker in seen.order_by("name", "pk")
        if worker.pk in known
    ]


def gates_shut(workers: Iterable[UUID] | None = None) -> dict[UUID, tuple[GateVerdict, ...]]:
    """By person: the failed verdicts that no way back has ended, where failing keeps people away."""
    rows = GateVerdict.objects.filter(is_passed=False, way_back=None, gate__ended_at=None)
    rows = rows.exclude(gate__consequence=Gate.WARN).select_related("gate__queue")
    if workers is not None:
        rows = rows.filter(worker__in=list(workers))
    found: dict[UUID, tuple[GateVerdict, ...]] = {}
    for each in rows.order_by("at"):
        found[each.worker_id] = (*found.get(each.worker_id, ()), each)
    return found


@dataclass(frozen=True, kw_only=True)
class SkillOf:
    """One kind of content (a right answer, a guideline, a language) and how well somebody answers it."""

    name: str
    golds: Estimate
    audits: Estimate


def skill_of(worker_id: UUID, *, by: str) -> list[SkillOf]:
    """Somebody's share of right answers by one side, in the order of names; "" stands for content that says nothing."""
    kept: dict[str, dict[str, Estimate]] = defaultdict(dict)
    for row in SkillFigure.objects.filter(worker=worker_id, side=by):
        kept[row.name][row.source] = Estimate.from_dict(row.said)
    return [
        SkillOf(
            name=name,
            golds=kept[name].get(SkillFigure.GOLDS, _UNKNOWN),
            audits=kept[name].get(SkillFigure.AUDITS, _UNKNOWN),
        )
        for name in sorted(kept)
    ]


@dataclass(frozen=True, kw_only=True)
class GatesOf:
    """What gates and exams found about somebody, newest first."""

    verdicts: tuple[GateVerdict, ...]
    sittings: tuple[ExamSitting, ...]


def gates_of(worker_id: UUID, *, most: int = 20) -> GatesOf:
    """Her verdicts at gates with the ways back, and her sittings of exams."""
    verdicts = GateVerdict.objects.filter(worker=worker_id).select_related("gate__queue", "gate__exam", "way_back")
    sittings = ExamSitting.objects.filter(worker=worker_id).select_related("exam__queue", "exam__certification")
    return GatesOf(verdicts=tuple(verdicts[:most]), sittings=tuple(sittings[:most]))
