"""What auditors and those concerned do in a run by acts: draws are judged at night, findings are disputed and settled."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Problem
from evenkeel.people import actor_for
from evenkeel.quality import (
    AuditCheck,
    Verdict,
    answer_check,
    arbitrate,
    give_verdict,
    raise_dispute,
    take_audit,
    take_check,
    take_dispute,
)
from evenkeel.work import Decision

from .acting_day import Acted, reached_limit, row_of
from .wide.day import wrong_answers
from .wide.differing import sensitivities
from .wide.mixing import expert

_AUDITS, _DISPUTES = 21, 22
_AUDIT_S = 45


def judge(run: Acted, count: int, night: datetime) -> None:
    """Auditors take what was drawn, in turn, and judge it as the plan says that they do; `count` decisions were made that day.

    Whoever has reached her limit of exposure leaves hers to the next one, or to the next night.
    """
    auditors = run.known.audits_as
    for place, person in enumerate(auditors):
        actor, moment = actor_for(person, now=night), night
        share = count if place == len(auditors) - 1 else -(-count // len(auditors))
        for _turn in range(share):
            try:
                taken = take_audit(actor, programme=run.known.programme, now=moment)
            except Problem as refused:
                if not reached_limit(refused):
                    raise
                break
            if taken is None:
                break
            moment += timedelta(seconds=_AUDIT_S)
            give_verdict(
                actor, task_id=taken.id, answer={"label": _said(run, taken.draw.decision, place)},
                client_key=f"twin-{taken.id}", active_ms=_AUDIT_S * 1000, now=moment,
            )  # fmt: skip


def check(run: Acted, night: datetime) -> None:
    """Other auditors judge a second time what was drawn for it; where that has to be settled, the expert does, who is right."""
    if not run.plan.audits.checked:
        return
    looks = [*enumerate(run.known.audits_as), (None, expert())]
    for hours, (place, person) in enumerate(looks, start=1):
        moment = night + timedelta(hours=hours)
        actor = actor_for(person, now=moment)
        while (taken := _to_check(actor, run, moment)) is not None:
            moment += timedelta(seconds=_AUDIT_S)
            decision = taken.draw.decision
            truth = run.plan.labels[run.truth[decision.item.key]]
            answer_check(
                actor, check_id=taken.pk, answer={"label": truth if place is None else _said(run, decision, place, step=1)},
                client_key=f"check-{taken.pk}-{taken.stage}"[:64], active_ms=_AUDIT_S * 1000, now=moment,
            )  # fmt: skip


def _to_check(actor: Actor, run: Acted, now: datetime) -> AuditCheck | None:
    try:
        return take_check(actor, programme=run.known.programme, now=now)
    except Problem as refused:
        if not reached_limit(refused):
            raise
        return None


def _said(run: Acted, decision: Decision, auditor: int, *, step: int = 0) -> str:
    """What an auditor finds: the truth, by her sensitivity where it was missed, by the plan's specificity where it was not."""
    plan, truth = run.plan, run.truth[decision.item.key]
    at = int(decision.decided_at.timestamp())
    rng = np.random.default_rng([plan.seed, _AUDITS, at, row_of(decision.item.key), *([step] if step else [])])
    given = plan.labels.index(decision.label)
    label = truth
    if given != truth and rng.random() >= sensitivities(plan)[auditor]:
        label = given
    elif given == truth and rng.random() >= plan.audits.specificity:
        label = int(wrong_answers(plan, np.array([truth]), rng)[0])
    return plan.labels[label]


def dispute(run: Acted, day: int, night: datetime) -> None:
    """People object to findings of the night, and the programme's owner settles it at once, blind."""
    plan, said = run.plan, run.plan.disputes
    if not (said.rate_if_wrong or said.rate_if_right):
        return
    by_worker = dict(zip(run.known.worker, run.known.people, strict=True))
    now = night + timedelta(hours=6)
    found = Verdict.objects.filter(
        draw__decision__programme=run.known.programme, audited_at__gte=night, is_right=False
    ).select_related("draw__decision__item")
    for verdict in found.order_by("draw__decision__item__key"):
        decision = verdict.draw.decision
        is_wrong = plan.labels[run.truth[decision.item.key]] != verdict.label
        rng = np.random.default_rng([plan.seed, _DISPUTES, day, row_of(decision.item.key)])
        # A ruling on an appeal is the owner's own, and she settles disputes herself.
        person = by_worker.get(decision.worker_id) if decision.worker_id else None
        if person is None or rng.random() >= (said.rate_if_wrong if is_wrong else said.rate_if_right):
            continue
        reason = "answer_right" if is_wrong else "policy_two_ways"
        raise_dispute(actor_for(person, now=now), verdict=verdict, reason=reason, text="I see it otherwise.", now=now)
    _settle(run, now)


def _settle(run: Acted, now: datetime) -> None:
    owner = actor_for(run.known.owner, now=now)
    while True:
        try:
            taken = take_dispute(owner, now=now, programme=run.known.programme)
        except Problem as refused:
            if not reached_limit(refused):
                raise
            return
        if taken is None:
            return
        truth = run.plan.labels[run.truth[taken.verdict.draw.decision.item.key]]
        reason = "rule_misread" if truth == taken.verdict.label else "clear_case"
        text = "The finding stands." if truth == taken.verdict.label else ""
        arbitrate(owner, dispute=taken, answer={"label": truth}, reason=reason, text=text, now=now)
