"""Restricted lanes: moving an item in, looking at it, settling it, letting it go. Every look is written in the trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.people import Person
from evenkeel.wellness import may_take, record_exposure

from .. import leases, scopes
from ..lanes import move_into_lane
from ..models import Decision, FormVersion, Item, Programme, Queue, RestrictedItem, RestrictedLane
from ..rules.escalations import check_minutes
from ..rules.texts import checked_name, checked_text
from ..rulings import make_ruling
from ..workers import insist_on_worker

# What lies here counts as the worst there is, whatever queue it came from.
SEVERITY = 4


def set_lane(
    actor: Actor,
    *,
    programme: Programme,
    kind: str,
    name: str,
    minutes: int,
    people: Collection[Person] = (),
    now: datetime,
) -> RestrictedLane:
    """Add the lane of this kind, or change it. Where people are named, only they see it, and only with the scope."""
    with act(scopes.TIER_EDIT, actor, on=programme, now=now) as deed:
        if kind not in dict(RestrictedLane.KINDS):
            known = ", ".join(slug for slug, _title in RestrictedLane.KINDS)
            raise Invalid(_("There is no such kind."), fields={"kind": [_("One of %(all)s.") % {"all": known}]})
        name = checked_name(name)
        check_minutes(minutes)
        made, is_new = RestrictedLane.objects.update_or_create(
            programme=programme,
            kind=kind,
            defaults={"name": name, "minutes": minutes},
            create_defaults={"name": name, "minutes": minutes, "created_at": now},
        )
        made.people.set(people)
        after = {"kind": kind, "name": name, "minutes": minutes, "people": sorted(each.name for each in people)}
        deed.record("lane added" if is_new else "lane changed", on=made, after=after)
        return made


def restrict_item(actor: Actor, *, item: Item, lane: RestrictedLane, reason: str, now: datetime) -> RestrictedItem:
    """Move an item into a lane: from now on it is found nowhere else, and nobody has it in hand."""
    with act(scopes.RESTRICTED_ADD, actor, on=item, now=now) as deed:
        reason = checked_text(reason, field="reason")
        if lane.programme_id != item.programme_id:
            raise Invalid(_("The lane belongs to another programme."), fields={"lane": [_("Choose one of its own.")]})
        made = move_into_lane(item, lane=lane, reason=reason, by_name=actor.name, now=now)
        deed.record("restricted", on=made)
        deed.tell("item.restricted", restricted_id=made.id)
        return made


def open_restricted(actor: Actor, *, restricted: RestrictedItem, now: datetime) -> Item:
    """Look at a restricted item. That somebody looked is written in the trail; how often is counted as exposure."""
    with act(scopes.RESTRICTED_VIEW, actor, on=restricted, now=now) as deed:
        insist_on_named(actor, restricted.lane)
        if actor.worker_id is not None:
            ruling = may_take(actor.worker_id, severity=SEVERITY, now=now)
            deed.require(ruling, ruling.reason, code="exposure-limit")
            # A look without a ruling is counted as half a minute; a ruling counts its own time besides.
            record_exposure(actor.worker_id, seconds=30, severity=SEVERITY, now=now)
        deed.record("looked at", on=restricted)
        return restricted.item


def settle_restricted(
    actor: Actor,
    *,
    restricted: RestrictedItem,
    answer: Mapping[str, Any],
    form_version: FormVersion,
    queue: Queue | None,
    since: datetime | None = None,
    now: datetime,
) -> Decision:
    """Decide about a restricted item. It stays in the lane, hidden from everybody else. `since`: when she opened it."""
    insist_on_worker(actor)
    with act(scopes.RESTRICTED_VIEW, actor, on=restricted, now=now) as deed:
        insist_on_named(actor, restricted.lane)
        worker = leases.lock_worker(insist_on_worker(actor))
        found = RestrictedItem.objects.select_for_update(of=("self",)).select_related("item").get(pk=restricted.pk)
        deed.require(found.settled_at is None, _("It is settled already."), code="settled")
        made = make_ruling(
            worker,
            item=found.item,
            queue=queue,
            task_id=None,
            form_version=form_version,
            answer=answer,
            origin="tier",
            severity=SEVERITY,
            since=since,
            now=now,
        )
        found.settled_at, found.decision = now, made
        found.save(update_fields=["settled_at", "decision"])
        # No label: the trail is read by people who may not know of the item.
        deed.record("settled", on=found)
        deed.tell("decision.made", decision_id=made.id)
        return made


def release_item(actor: Actor, *, restricted: RestrictedItem, reason: str, now: datetime) -> Item:
    """Let an item out of its lane: it is found again, and its queues hand it out again where it wants decisions."""
    with act(scopes.RESTRICTED_VIEW, actor, on=restricted, now=now) as deed:
        insist_on_named(actor, restricted.lane)
        reason = checked_text(reason, field="reason")
        found = RestrictedItem.objects.select_for_update(of=("self",)).select_related("item").get(pk=restricted.pk)
        item = found.item
        deed.record("released", on=found, lane=restricted.lane.name)
        is_settled = found.settled_at is not None
        found.delete()
        if not is_settled:
            leases.restore_item(item.pk)
        return item


def insist_on_named(actor: Actor, lane: RestrictedLane) -> None:
    """`NotFound` for those who have the scope but are not among the people whom the lane names."""
    named = set(lane.people.values_list("pk", flat=True))
    if named and not actor.is_system and actor.person_id not in named:
        raise NotFound(_("There is no such page, or it is not yours to see."))
