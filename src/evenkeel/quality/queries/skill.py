"""How well single people answer: golden items and audits, by right answer, guideline and language. Figures of people, for
whoever leads them and for themselves; published figures are `measure`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, FloatField, Q, Sum, Value
from django.db.models.functions import Coalesce, Concat

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate
from evenkeel.people import Worker

from .. import scopes
from ..models import ExamSitting, Gate, GateVerdict, Gold, GoldAnswer, Verdict
from ..rules.shrunk_skill import Tally, shrunk_skill, weighted_tally

PERIOD = timedelta(days=91)
SIDES = ("class", "policy", "language")
_GOLD_KEYS = {
    "class": Concat("queue__programme__name", Value(": "), "truth"),
    "policy": F("policy_version__policy__name"),
    "language": F("decision__language"),
}
_AUDIT_KEYS = {
    "class": Concat("draw__decision__programme__name", Value(": "), "label"),
    "policy": F("draw__decision__policy_version__policy__name"),
    "language": F("draw__decision__language"),
}

Skills = dict[tuple[UUID, str], Estimate]


def gold_skill(*, by: str, now: datetime) -> Skills:
    """Everybody's share of right answers to golden items of the last 91 days; those retired since count no more."""
    rows = GoldAnswer.objects.filter(answered_at__gt=now - PERIOD, answered_at__lte=now)
    key = _GOLD_KEYS[by] if by else Value("")
    found = rows.exclude(gold__state=Gold.RETIRED).annotate(key=key).order_by().values_list("worker_id", "key")
    counted = found.annotate(n=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    return shrunk_skill(
        [
            Tally(worker_id=worker, key=key or "", answers=n, right=float(right), effective=float(n))
            for worker, key, n, right in counted
        ]
    )


def audit_skill(*, by: str, now: datetime) -> Skills:
    """Everybody's share of decisions of the last 91 days that audits found right, each audit by 1 / odds.

    By class: of the decisions whose right answer it is. Deliveries' samples and what counts for the policy are left out.
    """
    rows = Verdict.objects.filter(
        corrected_by=None,
        draw__decision__taken_back=None,
        draw__decision__decided_at__gt=now - PERIOD,
        draw__decision__decided_at__lte=now,
    ).exclude(draw__plans=0)
    weight = 1.0 / (F("draw__pi") * Coalesce("draw__plans", 1))
    key = _AUDIT_KEYS[by] if by else Value("")
    found = rows.exclude(counts_for_policy=True).annotate(key=key, w=weight).order_by()
    summed = found.values_list("draw__decision__worker_id", "key").annotate(
        n=Count("pk"),
        all_w=Sum("w", output_field=FloatField()),
        right_w=Coalesce(Sum("w", filter=Q(is_right=True), output_field=FloatField()), 0.0),
        square_w=Sum(F("w") * F("w"), output_field=FloatField()),
    )
    return shrunk_skill(
        [weighted_tally(worker, key or "", answers=n, w=w, wy=wy, ww=ww) for worker, key, n, w, wy, ww in summed]
    )


def left_to_policy(worker_id: UUID, *, now: datetime) -> int:
    """How many audits of her decisions of the last 91 days count for the policy, because the clause was unclear."""
    rows = Verdict.objects.filter(corrected_by=None, counts_for_policy=True, draw__decision__worker=worker_id)
    return rows.filter(draw__decision__decided_at__gt=now - PERIOD, draw__decision__decided_at__lte=now).count()


@dataclass(frozen=True, kw_only=True)
class PersonSkill:
    """Somebody with her share of right answers to golden items and in audits, and the gates that keep her away now."""

    worker: Worker
    golds: Estimate
    audits: Estimate
    away: tuple[GateVerdict, ...]


_UNKNOWN = Estimate.unknown(method="beta_binomial_posterior")


def people_skill(actor: Actor, *, now: datetime) -> list[PersonSkill]:
    """Everybody whom the actor leads and of whom something is known, by name: an order by figures would rank luck."""
    golds, audits = gold_skill(by="", now=now), audit_skill(by="", now=now)
    away = gates_shut()
    known = {worker for worker, _key in (*golds, *audits)} | set(away)
    seen = visible(actor, scopes.SKILL_VIEW, Worker.objects.select_related("organisation", "team"))
    return [
        PersonSkill(
            worker=worker,
            golds=golds.get((worker.pk, ""), _UNKNOWN),
            audits=audits.get((worker.pk, ""), _UNKNOWN),
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


def skill_of(worker_id: UUID, *, by: str, now: datetime) -> list[SkillOf]:
    """Somebody's share of right answers by one side, in the order of names; "" stands for content that says nothing."""
    golds, audits = gold_skill(by=by, now=now), audit_skill(by=by, now=now)
    names = sorted({key for worker, key in (*golds, *audits) if worker == worker_id})
    return [
        SkillOf(
            name=name,
            golds=golds.get((worker_id, name), _UNKNOWN),
            audits=audits.get((worker_id, name), _UNKNOWN),
        )
        for name in names
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
