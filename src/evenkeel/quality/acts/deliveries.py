"""Agreements on deliveries, handing one in, judging it, going on after a stop."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.kernel import AQLS
from evenkeel.work import Decision, Engagement, Queue

from .. import scopes
from ..facts import DELIVERIES, delivery_row
from ..models import (
    AcceptanceScheme,
    AuditTask,
    Batch,
    BatchDraw,
    BatchVerdict,
    Draw,
    Inspection,
    SamplingPlan,
)
from ..models.deliveries import LEVELS, PLAN_TYPES
from ..queries.deliveries import inspection_of, lot_of, stages_of, switching_of, terms_of
from ..rules.deliveries import LARGEST_AQL, acceptance_plan, digest_of, plan_for, sample_of, state_after
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.people import Organisation
    from evenkeel.work import Programme

MOST_DECISIONS = 1_000_000


def start_scheme(
    actor: Actor,
    *,
    programme: Programme,
    organisation: Organisation,
    name: str,
    aql: float,
    level: str = "II",
    plan_type: str = "single",
    allows_reduced: bool = True,
    now: datetime,
) -> AcceptanceScheme:
    """Agree how a vendor's deliveries are judged from now on: AQL in percent, one of the standard's up to 10."""
    insist_on_ours(actor)
    with act(scopes.SCHEME_EDIT, actor, on=programme, now=now) as deed:
        name = name.strip()
        allowed = [each for each in AQLS if each <= LARGEST_AQL]
        _insist(0 < len(name) <= 120, "name", _("Give it a name of at most 120 characters."))
        taken = SamplingPlan.objects.filter(programme=programme, name=name).exists()
        _insist(not taken, "name", _("There is one of this name in the programme; choose another."))
        _insist(
            aql in allowed, "aql", _("Choose one of %(all)s.") % {"all": ", ".join(f"{each:g}" for each in allowed)}
        )
        _insist(level in dict(LEVELS), "level", _("Choose one of those offered."))
        _insist(plan_type in dict(PLAN_TYPES), "plan_type", _("Choose one of those offered."))
        takes_part = Engagement.objects.filter(programme=programme, organisation=organisation).exists()
        _insist(takes_part or organisation.is_house, "organisation", _("It does not take part in the programme."))
        plan = SamplingPlan.objects.create(
            programme=programme,
            name=name,
            design=SamplingPlan.DELIVERIES,
            rate=1.0,
            salt=secrets.randbelow(2**32),
            started_at=now,
            created_by_id=actor.person_id,
        )
        made = AcceptanceScheme.objects.create(
            programme=programme,
            organisation=organisation,
            name=name,
            aql=aql,
            level=level,
            plan_type=plan_type,
            allows_reduced=allows_reduced,
            plan=plan,
            started_at=now,
            created_by_id=actor.person_id,
        )
        said = {"name": name, "vendor": organisation.name, "aql": aql, "level": level, "plan_type": plan_type}
        deed.record("agreed", on=made, after=said)
        return made


def end_scheme(actor: Actor, *, scheme: AcceptanceScheme, now: datetime) -> AcceptanceScheme:
    """Take no more deliveries by this agreement; those that wait are still judged."""
    insist_on_ours(actor)
    with act(scopes.SCHEME_EDIT, actor, on=scheme, now=now) as deed:
        ended = AcceptanceScheme.objects.filter(pk=scheme.pk, ended_at=None).update(ended_at=now)
        deed.require(ended, _("This agreement has ended already."))
        SamplingPlan.objects.filter(pk=scheme.plan_id).update(ended_at=now)
        scheme.refresh_from_db()
        deed.record("ended")
        return scheme


def hand_in(
    actor: Actor,
    *,
    scheme: AcceptanceScheme,
    name: str,
    from_at: datetime,
    until_at: datetime,
    queue: Queue | None = None,
    resubmits: Batch | None = None,
    now: datetime,
) -> Batch:
    """Hand in a delivery: the vendor's standing decisions with from_at <= decided_at < until_at, final ones only.

    Its first sample is drawn at once. `resubmits` is a rejected delivery that was put right: the same stretch, judged
    anew, not counted by the switching rules. `Invalid` names the field; `NotNow` while inspection is discontinued.
    """
    with act(scopes.DELIVERY_ADD, actor, on=scheme, now=now) as deed:
        scheme = AcceptanceScheme.objects.select_for_update().get(pk=scheme.pk)
        state = inspection_of(scheme)
        deed.require(scheme.ended_at is None, _("This agreement has ended."))
        deed.require(
            state.stage != "stopped",
            _("Inspection is discontinued until the vendor has put things right and somebody resumes it."),
            code="discontinued",
        )
        _insist(bool(name.strip()), "name", _("Give it a name."))
        _insist(from_at < until_at, "until_at", _("The end lies after the beginning."))
        _insist(until_at <= now - _undo(scheme), "until_at", _("Its last decisions may still be taken back; wait."))
        _insist(
            queue is None or queue.programme_id == scheme.programme_id, "queue", _("Choose a queue of the programme.")
        )
        if resubmits is not None:
            _insist_on_rejected(scheme, resubmits)
            from_at, until_at, queue = resubmits.from_at, resubmits.until_at, resubmits.queue
        else:
            _insist_on_new(scheme, from_at, until_at, queue)
        number = (Batch.objects.filter(scheme=scheme).aggregate(n=Max("number"))["n"] or 0) + 1
        batch = Batch(
            scheme=scheme,
            number=number,
            name=name.strip()[:160],
            queue=queue,
            from_at=from_at,
            until_at=until_at,
            salt=secrets.randbelow(2**32),
            inspection=state.stage,
            resubmits=resubmits,
            handed_in_at=now,
            handed_in_by_id=actor.person_id,
        )
        ids = list(lot_of(batch).order_by("id").values_list("id", flat=True)[: MOST_DECISIONS + 1])
        _insist(
            2 <= len(ids) <= MOST_DECISIONS,
            "from_at",
            _("A delivery holds 2 to 1,000,000 decisions; this one holds %(n)s.") % {"n": len(ids)},
        )
        batch.lot, batch.digest = len(ids), digest_of(ids)
        batch.plan = plan_for(terms_of(scheme), lot=batch.lot, inspection=batch.inspection)
        batch.save(force_insert=True)
        _draw_stage(batch, stage=1, now=now)
        said = {"number": number, "lot": batch.lot, "inspection": batch.inspection, **batch.plan}
        deed.record("handed in", on=batch, after=said)
        deed.tell("delivery.handed_in", batch_id=batch.id)
        return batch


def judge_due(now: datetime) -> int:
    """Judge every delivery whose sample is audited, or draw its next sample; returns how many verdicts were given."""
    given = 0
    for batch in Batch.objects.filter(verdict=None).select_related("scheme").order_by("id"):
        stages = stages_of([batch]).get(batch.pk, [])
        if stages and all(stage.is_done for stage in stages):
            given += _judge(batch, now)
    return given


def _judge(batch: Batch, now: datetime) -> bool:
    system = Actor.system("acceptance")
    with act(scopes.DELIVERY_ADD, system, on=batch, now=now) as deed:
        scheme = AcceptanceScheme.objects.select_for_update().get(pk=batch.scheme_id)
        errors = [stage.wrong for stage in stages_of([batch])[batch.pk]]
        if BatchVerdict.objects.filter(batch=batch).exists():
            deed.record("was judged already")
            return False
        plan = acceptance_plan(batch.plan)
        found = plan.verdict(errors)
        if found == "continue":
            _draw_stage(batch, stage=len(errors) + 1, now=now)
            deed.record("next sample drawn", after={"stage": len(errors) + 1})
            return False
        batch.scheme = scheme
        made = BatchVerdict.objects.create(
            batch=batch,
            is_accepted=found == "accept",
            errors=errors,
            seen=sum(batch.sizes[: len(errors)]),
            in_gap=plan.ends_reduced(errors),
            given_at=now,
        )
        log.append(DELIVERIES, [delivery_row(made)])
        deed.record("accepted" if made.is_accepted else "rejected", after={"errors": errors, "seen": made.seen})
        _switch(deed, scheme, batch, made)
        deed.tell("delivery.judged", batch_id=batch.id, is_accepted=made.is_accepted)
        return True


def _switch(deed: Deed, scheme: AcceptanceScheme, batch: Batch, verdict: BatchVerdict) -> None:
    """Move inspection as the rules say. A delivery that was sent in again moves nothing, nor one handed in before a stop."""
    before = inspection_of(scheme)
    if batch.resubmits_id is not None or before.stage == "stopped" or before.stage != batch.inspection:
        return
    after = state_after(
        switching_of(before),
        terms_of(scheme),
        batch.plan,
        lot=batch.lot,
        errors=verdict.errors,
        is_steady=scheme.allows_reduced,
    )
    Inspection.objects.create(
        scheme=scheme,
        stage=after.stage,
        since_rejection=after.since_rejection,
        streak=after.streak,
        rejected=after.rejected,
        score=after.score,
        verdict=verdict,
        at=deed.now,
    )
    if after.stage != before.stage:
        deed.record("inspection switched", on=scheme, before={"stage": before.stage}, after={"stage": after.stage})
        deed.tell("inspection.switched", scheme_id=scheme.id, stage=after.stage)


def resume_inspection(actor: Actor, *, scheme: AcceptanceScheme, why: str, now: datetime) -> Inspection:
    """Take deliveries again after a stop, tightened, because the vendor has put things right: `why` says how that is known."""
    insist_on_ours(actor)
    with act(scopes.SCHEME_EDIT, actor, on=scheme, now=now) as deed:
        AcceptanceScheme.objects.select_for_update().get(pk=scheme.pk)
        deed.require(inspection_of(scheme).stage == "stopped", _("Inspection is not discontinued."))
        _insist(bool(why.strip()), "why", _("Say how you know that things were put right."))
        made = Inspection.objects.create(
            scheme=scheme, stage="tightened", why=why.strip()[:300], at=now, by_id=actor.person_id
        )
        deed.record("inspection resumed", after={"stage": "tightened", "why": made.why})
        return made


def _draw_stage(batch: Batch, *, stage: int, now: datetime) -> None:
    """Draw a sample of the delivery. Decisions that an earlier delivery's sample held are not looked at again."""
    known = Draw.objects.filter(plan=batch.scheme.plan_id).exclude(batch_draw__batch=batch).values("decision_id")
    ids = list(lot_of(batch).exclude(pk__in=known).order_by("id").values_list("id", flat=True))
    parts = sample_of(ids, salt=batch.salt, sizes=batch.sizes)
    drawn = parts[stage - 1] if stage <= len(parts) else []
    rows = Decision.objects.in_bulk([id_ for id_, _u in drawn])
    pi = min(sum(batch.sizes[:stage]) / batch.lot, 1.0)
    draws = [
        Draw(
            plan_id=batch.scheme.plan_id,
            decision_id=id_,
            stratum=f"delivery {batch.number}",
            pi=pi,
            u=u,
            plans=0,
            drawn_at=now,
        )
        for id_, u in drawn
    ]
    Draw.objects.bulk_create(draws, batch_size=500)
    BatchDraw.objects.bulk_create([BatchDraw(batch=batch, stage=stage, draw=each) for each in draws], batch_size=500)
    AuditTask.objects.bulk_create(
        [
            AuditTask(
                draw=each,
                programme_id=batch.scheme.programme_id,
                queue_id=rows[each.decision_id].queue_id,
                worker_id=rows[each.decision_id].worker_id,
                organisation_id=rows[each.decision_id].organisation_id,
            )
            for each in draws
        ],
        batch_size=500,
    )


def _insist_on_rejected(scheme: AcceptanceScheme, batch: Batch) -> None:
    rejected = BatchVerdict.objects.filter(batch=batch, batch__scheme=scheme, is_accepted=False).exists()
    again = Batch.objects.filter(resubmits=batch).exists()
    _insist(rejected and not again, "resubmits", _("Choose a rejected delivery that was not sent in again yet."))


def _insist_on_new(scheme: AcceptanceScheme, from_at: datetime, until_at: datetime, queue: Queue | None) -> None:
    others = Batch.objects.filter(scheme=scheme, from_at__lt=until_at, until_at__gt=from_at)
    if queue is not None:
        others = others.filter(queue__in=[queue]) | others.filter(queue=None)
    other = others.order_by("number").first()
    _insist(other is None, "from_at", _("It overlaps with %(name)s.") % {"name": other})


def _undo(scheme: AcceptanceScheme) -> timedelta:
    longest = Queue.objects.filter(programme_id=scheme.programme_id).aggregate(s=Max("undo_s"))["s"]
    return timedelta(seconds=longest or 0)


def _insist(condition: bool, field: str, sentence: str) -> None:
    if not condition:
        raise Invalid(_("The delivery cannot be taken like this."), fields={field: [sentence]})
