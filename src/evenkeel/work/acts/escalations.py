"""Handing an item up, and what its tier does with it: take it on, decide, hand on, hand back with advice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person, notify
from evenkeel.wellness import may_take

from .. import leases, scopes
from ..lanes import lane_for, move_into_lane
from ..models import Decision, Escalation, EscalationStep, Lease, Programme, Tier
from ..rules.escalations import check_minutes, due_at, next_level, reason_of
from ..rules.texts import checked_name, checked_text
from ..rulings import make_ruling
from ..telling import people_of, without
from ..workers import insist_on_worker, own_lease


def set_tier(
    actor: Actor,
    *,
    programme: Programme,
    level: int,
    name: str,
    minutes: int,
    people: Collection[Person] = (),
    now: datetime,
) -> Tier:
    """Add the tier of this level, or change it. While nobody is named in it, everybody works it who has the scope here."""
    with act(scopes.TIER_EDIT, actor, on=programme, now=now) as deed:
        if not 1 <= level <= 9:
            raise Invalid(_("There is no such level."), fields={"level": [_("Choose 1 to 9; 1 comes first.")]})
        name = checked_name(name)
        check_minutes(minutes)
        made, is_new = Tier.objects.update_or_create(
            programme=programme,
            level=level,
            defaults={"name": name, "minutes": minutes},
            create_defaults={"name": name, "minutes": minutes, "created_at": now},
        )
        made.people.set(people)
        after = {"level": level, "name": name, "minutes": minutes, "people": sorted(each.name for each in people)}
        deed.record("tier added" if is_new else "tier changed", on=made, after=after)
        return made


def escalate(actor: Actor, *, lease_id: UUID, reason: str, note: str = "", now: datetime) -> Escalation | None:
    """Hand an item in hand up instead of deciding. It leaves her hands; her place at the task stays taken.

    A reason that belongs to a restricted lane moves the item there, when the programme has that lane; then None is
    returned, because nobody outside the lane knows of it any more. `NotNow` when there is no tier to hand it to.
    """
    worker_id = insist_on_worker(actor)
    why = reason_of(reason)
    lease = own_lease(worker_id, lease_id)
    queue = lease.task.queue
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
        worker = leases.lock_worker(worker_id)
        note = checked_text(note, field="note", is_obligatory=why.slug == "other")
        running = Lease.objects.filter(pk=lease.pk, ended_at=None).exists()
        deed.require(running, _("This item is no longer in your hands."), code="lapsed")
        lane = lane_for(queue.programme_id, why.lane)
        if lane is not None:
            moved = move_into_lane(
                lease.task.item, lane=lane, reason=f"{why.title}: {note}".strip(": "), by_name=actor.name, now=now
            )
            deed.record("restricted", on=moved)
            return None
        # What belongs into a restricted lane may always be moved there; the rest as the queue says.
        deed.require(queue.may_escalate, _("In this queue items are decided, not handed up."), code="no-escalating")
        tier = Tier.objects.filter(programme=queue.programme_id).order_by("level").first()
        if tier is None:
            raise NotNow(_("This programme has no tier to hand an item to. Tell your team lead."), code="no-tier")
        leases.keep_place(lease, ending=Lease.RAISED, now=now)
        made = Escalation.objects.create(
            programme_id=queue.programme_id,
            queue=queue,
            task_id=lease.task_id,
            item_id=lease.task.item_id,
            form_version_id=lease.form_version_id,
            worker=worker,
            organisation_id=worker.organisation_id,
            site_id=worker.site_id,
            team_id=worker.team_id,
            reason=why.slug,
            raised_at=now,
            tier=tier,
            due_at=due_at(now, tier.minutes),
        )
        _step(made, "raised", actor, note, now)
        _tell_tier(made, actor, now)
        deed.record("raised", on=made, reason=why.slug, tier=tier.name)
        deed.tell("escalation.raised", escalation_id=made.id)
        return made


def take_escalation(actor: Actor, *, escalation: Escalation, now: datetime) -> Escalation:
    """Take it on: the others of the tier see whose it is. Taking over from somebody else is allowed and shows."""
    worker_id = insist_on_worker(actor)
    with act(scopes.ESCALATION_WORK, actor, on=escalation, now=now) as deed:
        found = _open(escalation, actor, worker_id)
        ruling = may_take(worker_id, severity=found.queue.severity, now=now)
        deed.require(ruling, ruling.reason, code="exposure-limit")
        if found.holder_id != worker_id:
            found.holder_id, found.held_at = worker_id, now
            found.save(update_fields=["holder", "held_at"])
            _step(found, "taken", actor, "", now)
        deed.record("taken on", on=found)
        return found


def decide_escalation(
    actor: Actor, *, escalation: Escalation, answer: Mapping[str, Any], note: str = "", now: datetime
) -> Decision:
    """Decide in the moderator's place; the task counts it. It cannot be taken back."""
    worker_id = insist_on_worker(actor)
    with act(scopes.ESCALATION_WORK, actor, on=escalation, now=now) as deed:
        worker = leases.lock_worker(worker_id)
        found = _open(escalation, actor, worker_id)
        note = checked_text(note, field="note", is_obligatory=False)
        is_planted = leases.was_planted(found.task_id, worker_id=found.worker_id)
        made = make_ruling(
            worker,
            item=found.item,
            queue=found.queue,
            task_id=found.task_id,
            form_version=found.form_version,
            answer=answer,
            origin="tier",
            severity=found.queue.severity,
            since=found.held_at if found.holder_id == worker_id else None,
            is_planted=is_planted,
            now=now,
        )
        leases.settle_place(found.task_id, worker_id=found.worker_id, now=now)
        found.decision = made
        _close(found, Escalation.DECIDED, now)
        _step(found, "decided", actor, note, now)
        _tell_raiser(found, _("An item you handed up in %(queue)s was decided"), now)
        deed.record("decided", on=found, label=made.label)
        deed.tell("planted.answered" if is_planted else "decision.made", decision_id=made.id)
        return made


def hand_up(actor: Actor, *, escalation: Escalation, note: str, now: datetime) -> Escalation:
    """Hand it to the tier above, whose clock starts anew. `NotNow` at the top."""
    worker_id = insist_on_worker(actor)
    with act(scopes.ESCALATION_WORK, actor, on=escalation, now=now) as deed:
        found = _open(escalation, actor, worker_id)
        note = checked_text(note, field="note")
        tiers = {tier.level: tier for tier in Tier.objects.filter(programme=found.programme_id)}
        above = next_level(found.tier.level, list(tiers))
        if above is None:
            raise NotNow(_("%(tier)s is the highest tier.") % {"tier": found.tier.name}, code="top-tier")
        before = found.tier.name
        found.tier, found.due_at = tiers[above], due_at(now, tiers[above].minutes)
        found.holder_id = found.held_at = found.overdue_at = None
        found.save(update_fields=["tier", "due_at", "holder", "held_at", "overdue_at"])
        _step(found, "handed_up", actor, note, now)
        _tell_tier(found, actor, now)
        deed.record("handed up", on=found, before={"tier": before}, after={"tier": found.tier.name})
        return found


def hand_back(actor: Actor, *, escalation: Escalation, advice: str, now: datetime) -> Lease:
    """Hand it back with advice: the item is in the same moderator's hands again; if she is away it lapses to others."""
    worker_id = insist_on_worker(actor)
    with act(scopes.ESCALATION_WORK, actor, on=escalation, now=now) as deed:
        found = _open(escalation, actor, worker_id)
        advice = checked_text(advice, field="note")
        lease = leases.hand_again(
            found.task_id,
            worker_id=found.worker_id,
            form_version_id=found.form_version_id,
            queue=found.queue,
            now=now,
        )
        _close(found, Escalation.HANDED_BACK, now)
        _step(found, "handed_back", actor, advice, now)
        _tell_raiser(found, _("An item you handed up in %(queue)s came back with advice"), now)
        deed.record("handed back", on=found)
        return lease


def _open(escalation: Escalation, actor: Actor, worker_id: UUID) -> Escalation:
    """The escalation, locked, open, and this worker's to judge."""
    rows = Escalation.objects.select_for_update(of=("self",))
    found = rows.select_related("tier", "queue", "item", "form_version", "worker__person").get(pk=escalation.pk)
    if not found.is_open:
        raise NotNow(_("It is closed: %(state)s.") % {"state": found.get_state_display()}, code="closed")
    if found.worker_id == worker_id:
        raise NotNow(_("You handed it up yourself, so somebody else decides."), code="own")
    named = set(found.tier.people.values_list("pk", flat=True))
    if named and actor.person_id not in named:
        raise Refused(_("%(tier)s is worked by others.") % {"tier": found.tier.name}, code="other-tier")
    return found


def _close(found: Escalation, state: str, now: datetime) -> None:
    found.state, found.closed_at = state, now
    found.save(update_fields=["state", "closed_at", "decision"])


def _step(found: Escalation, kind: str, actor: Actor, note: str, now: datetime) -> None:
    EscalationStep.objects.create(escalation=found, kind=kind, tier=found.tier, by_name=actor.name, note=note, at=now)


def _tell_tier(found: Escalation, actor: Actor, now: datetime) -> None:
    named = list(found.tier.people.filter(is_active=True))
    people = named or people_of(scopes.ESCALATION_WORK, programme=found.programme, now=now)
    title = _("An item waits for %(tier)s in %(queue)s") % {"tier": found.tier.name, "queue": found.queue.name}
    notify(without(people, actor.person_id), title=title, url=found.get_absolute_url(), now=now)


def _tell_raiser(found: Escalation, title: str, now: datetime) -> None:
    person = found.worker.person
    if person is not None:
        notify(
            [person],
            title=title % {"queue": found.queue.name},
            url=reverse("work:desk", args=[found.queue_id]),
            now=now,
        )
