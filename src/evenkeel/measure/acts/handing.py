"""A signal sleeps for a while, or goes to somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person, actor_for, notify

from .. import scopes
from ..models import HandOver, Signal, Snooze
from ..outbox import write_messages
from ..queries.signals import headline

LONGEST = timedelta(days=30)


def snooze(actor: Actor, *, signal: Signal, until: datetime, reason: str, now: datetime) -> Snooze:
    """Put a signal to sleep until a moment, 30 days at most; it stays open, and its owner is not reminded meanwhile.

    `until` now or earlier wakes it. `Invalid` without a reason; `NotNow` once it is closed.
    """
    with act(scopes.SIGNAL_ACT, actor, on=signal, now=now) as deed:
        locked = Signal.objects.select_for_update().get(pk=signal.pk)
        deed.require(locked.is_open, _("The signal is closed already."))
        faults = {}
        if until > now + LONGEST:
            faults["until"] = [_("30 days at the longest: what may wait longer is closed with what it was.")]
        if not reason.strip():
            faults["reason"] = [_("Write what you are waiting for.")]
        if faults:
            raise Invalid(_("It cannot sleep like this."), fields=faults)
        made = Snooze.objects.create(signal=locked, until=until, reason=reason.strip(), by_id=actor.person_id, at=now)
        deed.record("snoozed", after={"until": until, "reason": made.reason})
        return made


def hand_over(actor: Actor, *, signal: Signal, to: Person, reason: str, now: datetime) -> HandOver:
    """Give a signal to another person, who may act on it and hears of it. `Invalid` for anybody who may not."""
    with act(scopes.SIGNAL_ACT, actor, on=signal, now=now) as deed:
        locked = Signal.objects.select_for_update().get(pk=signal.pk)
        deed.require(locked.is_open, _("The signal is closed already."))
        faults = {}
        if not to.is_active or not may(actor_for(to, now=now), scopes.SIGNAL_ACT, locked):
            faults["to"] = [_("Choose somebody who may act on signals here.")]
        elif to.pk == locked.owner_id:
            faults["to"] = [_("It is hers already.")]
        if not reason.strip():
            faults["reason"] = [_("Write why, for whoever gets it.")]
        if faults:
            raise Invalid(_("It cannot be handed over like this."), fields=faults)
        made = HandOver.objects.create(
            signal=locked, from_person_id=locked.owner_id, to_person=to, reason=reason.strip(), by_id=actor.person_id,
            at=now,
        )  # fmt: skip
        before, locked.owner_id = locked.owner_id, to.pk
        locked.save(update_fields=["owner"])
        locked.owner = to
        write_messages(locked, now=now)
        notify(
            [to],
            title=_("Handed over to you: %(what)s") % {"what": headline(locked)},
            url=reverse("measure:signal", args=[locked.pk]),
            now=now,
        )
        deed.record("handed over", before={"owner": before}, after={"owner": to.pk, "reason": made.reason})
        deed.tell("signal.handed_over", signal_id=locked.pk)
        return made
