"""Explorations by mail. One subscribes oneself, and nobody else."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Exploration, Mailing
from ..queries.saved import load_saved, zone_for
from ..rules.rhythm import next_moment
from .checks import insist_on_person


def subscribe(actor: Actor, *, exploration: Exploration, rhythm: str, hour: int, now: datetime) -> Mailing:
    """Have an exploration mailed to oneself, by the clock of one's site. Again: another rhythm or hour."""
    with act(scopes.EXPLORATION_OWN, actor, now=now) as deed:
        load_saved(actor, exploration.pk)
        person_id = insist_on_person(actor)
        if rhythm not in dict(Mailing.RHYTHMS) or not 0 <= hour <= 23:
            known = ", ".join(dict(Mailing.RHYTHMS))
            fix = _("One of %(known)s, at an hour from 0 to 23.") % {"known": known}
            raise Invalid(_("This rhythm does not fit."), fields={"rhythm": [fix]})
        zone = zone_for(person_id)
        made, _is_new = Mailing.objects.update_or_create(
            exploration=exploration,
            person_id=person_id,
            defaults={
                "rhythm": rhythm, "hour": hour, "zone": zone,
                "next_at": next_moment(now, rhythm=rhythm, hour=hour, zone=zone),
            },
            create_defaults={
                "rhythm": rhythm, "hour": hour, "zone": zone, "created_at": now,
                "next_at": next_moment(now, rhythm=rhythm, hour=hour, zone=zone),
            },
        )  # fmt: skip
        deed.record("subscribed", on=made, exploration=exploration.pk, rhythm=rhythm, hour=hour, zone=zone)
        return made


def end_mailing(actor: Actor, *, mailing: Mailing, now: datetime) -> None:
    """No more of these mails."""
    with act(scopes.EXPLORATION_OWN, actor, on=mailing, now=now) as deed:
        deed.record("unsubscribed", exploration=mailing.exploration_id)
        mailing.delete()
