"""What an answer about an item in hand makes: a decision, not yet stored, or why it makes none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.errors import Invalid, NotNow, Problem, Refused
from evenkeel.ground.shapes import fresh, link
from evenkeel.people import Worker
from evenkeel.policy import SopRules, sop_of, version_to_decide_by
from evenkeel.wellness import own_minutes_today

from . import scopes, sops
from .models import Decision, Lease, Queue, SopFinding, Task
from .queries.asked import asked_spec, lease_parts
from .queries.desk import form_version
from .queries.prelabels import has_seen_prelabel, prelabel_for
from .rules.circumstances import days_since, said_by_item, violates
from .rules.context import NOTHING_TOLD, Told, plausible
from .rules.forms import clean_answer
from .rules.prelabels import was_followed


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer about an item in hand, as a client sends it."""

    lease_id: UUID
    answer: Mapping[str, Any]
    # Made by the client before it sends: sent twice, stored once.
    client_key: str
    told: Told = NOTHING_TOLD


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is the same for all decisions of one request in one queue."""

    worker: Worker
    queue: Queue
    refusal: Refused | None
    sop: tuple[UUID, SopRules] | None
    # By column, what all decisions keep alike.
    same: Mapping[str, Any]
    now: datetime
    # By decision: what SOP checks found in answers that went ahead.
    findings: dict[UUID, list[SopFinding]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, actor: Actor, worker: Worker, queue: Queue, *, hours: float | None, origin: str, now: datetime
    ) -> Context:
        ruling = may(actor, scopes.TASK_DECIDE, queue)
        minutes = own_minutes_today(actor, now=now) if queue.severity else None
        policy_version = version_to_decide_by(queue.policy_id, now) if queue.policy_id else None
        return cls(
            worker=worker,
            queue=queue,
            refusal=None if ruling else Refused(ruling.reason, code="refused"),
            sop=sop_of(policy_version),
            same={
                **_of_worker(worker, now),
                "programme_id": queue.programme_id,
                "queue_id": queue.pk,
                "severity": queue.severity,
                "policy_version_id": policy_version.pk if policy_version else None,
                "exposure_s": None if minutes is None else round(minutes * 60),
                "shift_s": None if hours is None else round(hours * 3600),
                "origin": origin,
                "decided_at": now,
            },
            now=now,
        )


def answered(lease: Lease, said: Said, context: Context) -> Decision | Problem:
    """The decision that an answer makes, not yet stored; or why it makes none."""
    task = lease.task
    if lease.ending == Lease.DECIDED:
        return decided_already()
    if lease.ending == Lease.SKIPPED:
        return NotNow(_("You have skipped this item."), code="skipped")
    version = form_version(lease.form_version_id)
    try:
        link(lease, form_version=version)
        spec = asked_spec(version, context.queue, context.now, lease.taken_at)
        cleaned, label = clean_answer(spec, said.answer, parts=lease_parts(lease))
    except Invalid as invalid:
        return invalid
    told = plausible(said.told, taken_at=lease.taken_at, now=context.now)
    queue, worker = context.queue, context.worker
    findings: list[SopFinding] = []
    if context.sop is not None:
        given = sops.Answer(
            item=task.item, queue=queue, worker_id=worker.pk, organisation_id=worker.organisation_id, label=label,
            answer=cleaned, active_ms=told.active_ms, client_key=said.client_key,
        )  # fmt: skip
        stopped, findings = sops.asked(context.sop, given, main=spec["main"], now=context.now)
        if stopped is not None:
            return stopped
    prelabel = seen = None
    if queue.prelabel != "off" or told.prelabel_seen:
        prelabel = prelabel_for(task.item, version, spec)
        if prelabel:
            seen = told.prelabel_seen or has_seen_prelabel(queue, worker_id=worker.pk, item_id=task.item_id)
    made = fresh(
        Decision,
        task_id=lease.task_id,
        item_id=task.item_id,
        form_version_id=version.id,
        label=label,
        answer=cleaned,
        client_key=said.client_key,
        active_ms=told.active_ms,
        shown_at=told.shown_at,
        first_act_ms=told.first_act_ms,
        submit_ms=told.submit_ms,
        media_acts=dict(told.media_acts) if told.media_acts is not None else None,
        client_build=told.client_build or None,
        prelabel_seen=seen,
        prelabel_followed=was_followed(prelabel, cleaned) if prelabel else None,
        **context.same,
        **_of_item(lease, task, spec, label),
    )
    # What is known of it spares whoever asks a look; so new that nobody has taken it back.
    link(made, queue=queue, worker=worker, form_version=version, taken_back=None)
    if findings:
        context.findings[made.pk] = findings
    return made


def decided_already() -> NotNow:
    """What a second answer about the same item in hand is told."""
    return NotNow(_("You have decided this item already."), code="decided")


def _of_worker(worker: Worker, now: datetime) -> dict[str, Any]:
    """What a decision keeps of whoever made it."""
    return {
        "worker_id": worker.pk,
        "organisation_id": worker.organisation_id,
        "site_id": worker.site_id,
        "team_id": worker.team_id,
        "tenure_days": days_since(worker.started_on, now),
    }


def _of_item(lease: Lease, task: Task, spec: Mapping[str, Any], label: str) -> dict[str, Any]:
    """What a decision keeps of its item. One about a planted item tells of the person alone: no wait, no harm, no source."""
    item = task.item
    if lease.planted_id is not None:
        return {"planted": True, "language": item.language, "item_kind": item.kind}
    return {
        "violates": violates(spec, label),
        "enqueued_at": task.created_at,
        "due_at": task.due_at,
        **said_by_item(language=item.language, kind=item.kind, attributes=item.attributes),
    }
