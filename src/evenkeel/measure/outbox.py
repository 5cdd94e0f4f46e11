"""Messages about signals are written with the signal, one a channel; the job in `delivering` carries them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from evenkeel.people import Organisation

from .models import Signal, SignalChannel, SignalMessage
from .rules.quiet import leaves_at


def write_messages(signal: Signal, *, now: datetime) -> int:
    """Write what is to be told of a signal, in the surrounding transaction; returns on how many channels.

    An organisation's channel tells of signals about it, the house's of all; a person's of those that she owns. The same
    signal is written once a channel, so a change of owner tells the new one and nobody twice.
    """
    house = Organisation.objects.filter(is_house=True).values("pk")
    wanted = Q(organisation__in=house)
    if signal.organisation_id is not None:
        wanted |= Q(organisation=signal.organisation_id)
    if signal.owner_id is not None:
        wanted |= Q(person=signal.owner_id, person__is_active=True)
    made = [
        SignalMessage(channel=channel, signal=signal, created_at=now, next_try_at=first_try(channel, now))
        for channel in SignalChannel.objects.filter(wanted, closed_at=None)
    ]
    SignalMessage.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def first_try(channel: SignalChannel, now: datetime) -> datetime:
    """When what is written now leaves on a channel."""
    return leaves_at(
        now,
        rhythm=channel.rhythm,
        digest_hour=channel.digest_hour,
        quiet_from=channel.quiet_from,
        quiet_until=channel.quiet_until,
        zone=channel.zone,
    )
