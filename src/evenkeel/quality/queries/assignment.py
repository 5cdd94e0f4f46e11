"""The audits that an auditor may take, as a question to the database: `rules.assignment` says the same in values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from evenkeel.ground.access import Actor
from evenkeel.ground.shapes import Shape
from evenkeel.people import Worker, on_duty

from ..models import AuditCheck, AuditorRule, AuditTask, SamplingPlan, Verdict
from ..rules.assignment import PATIENCE, WITHIN, Auditor, is_left_to_others
from .auditor_rules import Qualified, asked_by_rule, auditor_rules, qualified

T = TypeVar("T", AuditTask, AuditCheck)
# Asked for every audit that somebody takes: made ready once.
_RULES = Shape(lambda: auditor_rules())
_LANGUAGES = Shape(lambda *, worker: Worker.objects.filter(pk=worker).only("languages"))
_HAS_RULE = Q(keeps_teams_apart=True) | Q(most_a_person__isnull=False) | Q(most_a_day__isnull=False)
_PLANS = Shape(
    lambda: SamplingPlan.objects.filter(_HAS_RULE | Q(spreads_evenly=True)).order_by().only("spreads_evenly")
)
_CLOCK = Actor.system("assignment of audits")


def auditor_of(worker_id: UUID, *, now: datetime, has: Qualified | None = None) -> Auditor:
    """The auditor with her team, languages, what she is qualified for (`has`, where it is known), and her audits so far."""
    has = has or qualified(worker_id, auditor_rules(), now=now)
    team_id, languages = Worker.objects.values_list("team_id", "languages").get(pk=worker_id)
    audits = Verdict.objects.filter(auditor=worker_id, corrects=None, audited_at__lte=now)
    lately = audits.filter(audited_at__gt=now - WITHIN).values_list("draw__decision__worker_id")
    return Auditor(
        worker_id=worker_id,
        team_id=team_id,
        languages=tuple(languages or ()),
        has=tuple(sorted(has.names)),
        today=audits.filter(audited_at__gte=_day_begin(now)).count(),
        lately=dict(lately.annotate(n=Count("pk")).order_by()),
    )


def assignable(tasks: QuerySet[T], worker_id: UUID | None, *, now: datetime) -> QuerySet[T]:
    """Of these audits (or second audits) those that the rules leave to this auditor."""
    found = tasks
    for _reason, found in sieves(tasks, worker_id, now=now):  # noqa: B007 - the last is what is asked for
        pass
    return found


def sieves(tasks: QuerySet[T], worker_id: UUID | None, *, now: datetime) -> Iterator[tuple[str, QuerySet[T]]]:
    """Rule by rule in the order of `rules.assignment.REASONS`: what is left of the audits once it was asked.

    Rules that nobody set cost one question each, and are left out.
    """
    found = tasks.exclude(worker=worker_id)
    yield "own", found
    if worker_id is None:
        return
    rules, plan_rules = _RULES.fetch(), _plans_with_rules()
    has = qualified(worker_id, rules, now=now) if rules else Qualified()
    auditor = auditor_of(worker_id, now=now, has=has) if plan_rules else None
    if auditor is not None and auditor.team_id is not None:
        found = found.exclude(draw__plan__keeps_teams_apart=True, draw__decision__team=auditor.team_id)
        yield "team", found
    worker = _LANGUAGES.first(worker=worker_id)
    languages = worker.languages if worker is not None else None
    if languages:
        found = found.filter(
            Q(draw__decision__item__language="") | Q(draw__decision__item__language__in=list(languages))
        )
        yield "language", found
    if rules:
        found = _of_qualified(found, rules, has)
        yield "unqualified", found
    if auditor is None:
        return
    fresh = Q(draw__drawn_at__gt=now - PATIENCE)
    for count in sorted(set((auditor.lately or {}).values())):
        often = [worker for worker, n in (auditor.lately or {}).items() if n == count]
        found = found.exclude(fresh, draw__plan__most_a_person__lte=count, worker__in=often)
    yield "too_often", found
    found = found.exclude(fresh, draw__plan__most_a_day__lte=auditor.today)
    yield "enough", found
    even = [plan for plan, spreads in plan_rules.items() if spreads]
    if even and (left := _plans_left_to_others(even, auditor, now)):
        # What she has in hand already stays hers.
        mine = Q(**{_holder(tasks): worker_id, "expires_at__gt": now})
        found = found.filter(mine | ~(fresh & Q(draw__plan__in=left)))
        yield "ahead", found


def _day_begin(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date(), time(0), UTC)


def _plans_with_rules() -> dict[UUID, bool]:
    """The plans with a rule of assignment, and whether they spread evenly."""
    return {plan.pk: plan.spreads_evenly for plan in _PLANS.fetch()}


def _of_qualified(found: QuerySet[T], rules: list[AuditorRule], has: Qualified) -> QuerySet[T]:
    short = [rule for rule in rules if not asked_by_rule(rule) <= has.names]
    if queues := [rule.queue_id for rule in short if rule.queue_id is not None]:
        found = found.filter(Q(queue=None) | ~Q(queue__in=queues))
    if policies := [rule.policy_id for rule in short if rule.policy_id is not None]:
        path = "draw__decision__policy_version"
        found = found.filter(Q(**{path: None}) | ~Q(**{f"{path}__policy__in": policies}))
    return found


def _plans_left_to_others(plans: list[UUID], auditor: Auditor, now: datetime) -> list[UUID]:
    """Of these plans those whose waiting audits are left to whoever is auditing now and did less today."""
    others = {each.worker_id for each in on_duty(_CLOCK, state="audit")} - {auditor.worker_id}
    if not others or not auditor.today:
        return []
    audits = Verdict.objects.filter(auditor__in=others, corrects=None, audited_at__gte=_day_begin(now))
    counted = audits.filter(audited_at__lte=now).values_list("auditor").annotate(n=Count("pk")).order_by()
    done = dict.fromkeys(others, 0) | dict(counted)
    behind = {each: n for each, n in done.items() if n < auditor.today}
    free = Q(auditor=None) | Q(expires_at__lte=now)
    waiting = AuditTask.objects.filter(free, closed_at=None, draw__drawn_at__gt=now - PATIENCE)
    return [
        plan
        for plan in plans
        if behind
        and is_left_to_others(
            today=auditor.today, left=waiting.filter(draw__plan=plan).count(), others=_able(plan, behind, waiting, now)
        )
    ]


def _able(plan: UUID, behind: dict[UUID, int], waiting: QuerySet[AuditTask], now: datetime) -> list[int]:
    """What those have done who could have one of the plan's audits: what nobody else may take is left to nobody."""
    rules = list(auditor_rules())
    able = []
    for worker, n in sorted(behind.items()):
        hers = waiting.filter(draw__plan=plan).exclude(worker=worker)
        languages = Worker.objects.filter(pk=worker).values_list("languages", flat=True).first()
        if languages:
            at = "draw__decision__item__language"
            hers = hers.filter(Q(**{at: ""}) | Q(**{f"{at}__in": list(languages)}))
        if rules:
            hers = _of_qualified(hers, rules, qualified(worker, rules, now=now))
        if hers.exists():
            able.append(n)
    return able


def _holder(tasks: QuerySet[T]) -> str:
    return "auditor" if tasks.model is AuditTask else "holder"
