"""Switching an event mode on, and off before its time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import EventMode, Programme, Queue
from ..rules.queues import language_faults
from ..rules.texts import checked_name, checked_text

LONGEST = timedelta(days=31)


def begin_event_mode(
    actor: Actor,
    *,
    programme: Programme,
    name: str,
    begins_at: datetime,
    until: datetime,
    languages: Collection[str] = (),
    regions: Collection[str] = (),
    queues: Collection[Queue] = (),
    guidance: str = "",
    is_drill: bool = False,
    moves_order: bool | None = None,
    now: datetime,
) -> EventMode:
    """Switch an event mode on, now or at a moment to come; it is over at `until` by itself, 31 days later at most.

    `languages`, `regions`: these items come first (both empty: everything in its queues). `queues`: only in these.
    `moves_order` left out: a drill changes nothing, anything else does.
    """
    with act(scopes.EVENT_EDIT, actor, on=programme, now=now) as deed:
        name = checked_name(name)
        guidance = checked_text(guidance, field="guidance", is_obligatory=False)
        _check_period(begins_at, until, now)
        if wrong := language_faults(languages):
            raise Invalid(_("A language cannot be used."), fields=wrong)
        if any(not 1 <= len(region) <= 40 or "\x00" in region for region in regions) or len(regions) > 50:
            raise Invalid(
                _("A region cannot be used."), fields={"regions": [_("Up to 50, of 1 to 40 characters each.")]}
            )
        if any(queue.programme_id != programme.pk for queue in queues):
            raise Invalid(_("A queue belongs to another programme."), fields={"queues": [_("Choose from its own.")]})
        made = EventMode.objects.create(
            programme=programme,
            name=name,
            languages=sorted(set(languages)),
            regions=sorted(set(regions)),
            guidance=guidance,
            is_drill=is_drill,
            moves_order=not is_drill if moves_order is None else moves_order,
            begins_at=begins_at,
            until=until,
            created_at=now,
        )
        made.queues.set(queues)
        after = {"name": name, "begins_at": begins_at, "until": until, "is_drill": is_drill}
        deed.record("switched on", on=made, after=after)
        deed.tell("event_mode.planned", event_mode_id=made.id)
        return made


def end_event_mode(actor: Actor, *, event_mode: EventMode, now: datetime) -> EventMode:
    """End it before its time; one that is over stays as it was."""
    with act(scopes.EVENT_EDIT, actor, on=event_mode, now=now) as deed:
        found = EventMode.objects.select_for_update(of=("self",)).get(pk=event_mode.pk)
        deed.require(found.ended_at is None and now < found.until, _("It is over already."), code="over")
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        deed.record("switched off", on=found)
        return found


def _check_period(begins_at: datetime, until: datetime, now: datetime) -> None:
    if begins_at.tzinfo is None or until.tzinfo is None:
        raise Invalid(_("A moment needs its zone."), fields={"until": [_("Add one, such as Z.")]})
    if not begins_at < until or until <= now:
        raise Invalid(
            _("The period cannot be."), fields={"until": [_("It ends after it begins, and in the time to come.")]}
        )
    if until - begins_at > LONGEST:
        raise Invalid(_("The period is too long."), fields={"until": [_("%(n)d days at most.") % {"n": LONGEST.days}]})
