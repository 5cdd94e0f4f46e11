"""Messages about signals leave: by mail, webhook, Slack or Teams; tried until they arrive or are given up.

Nothing is called that nobody configured. Addresses are judged at every call, as all webhooks of the product are
(`work.post`): https, public, the address that was judged and no redirect.
"""

from __future__ import annotations

import smtplib
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.access import visible
from evenkeel.ground.sealed import Unreadable, unseal
from evenkeel.people import actor_for
from evenkeel.work import Answer, next_try, post, signature

from . import scopes
from .acts.channels import PURPOSE
from .models import Signal, SignalChannel, SignalMessage
from .queries.signals import change_text, title_of
from .rules.messages import Told, payload

Call = Callable[[str, str, dict[str, str]], Answer]

# A process that dies while it calls leaves its messages claimed for so long.
_CLAIMED_FOR = timedelta(minutes=2)
_AT_ONCE = 200


def deliver_due(now: datetime, *, call: Call | None = None) -> int:
    """Try every message that is due, at most 200; returns how many were tried. No transaction is open while it calls.

    On a daily channel what is due at one moment leaves as one digest.
    """
    due = SignalMessage.objects.filter(next_try_at__lte=now).order_by("next_try_at", "created_at")
    parcels: defaultdict[tuple[object, ...], list[SignalMessage]] = defaultdict(list)
    for message in due.select_related("channel")[:_AT_ONCE]:
        is_digest = message.channel.rhythm == "daily"
        parcels[message.channel_id, message.next_try_at, None if is_digest else message.pk].append(message)
    tried = 0
    for some in parcels.values():
        # Whoever moves the moment has the message: of two workers one finds nothing to move.
        mine = [
            message
            for message in some
            if SignalMessage.objects.filter(pk=message.pk, next_try_at=message.next_try_at).update(
                next_try_at=now + _CLAIMED_FOR
            )
        ]
        if mine:
            _send(mine, now, call or post)
            tried += len(mine)
    return tried


def _send(messages: Sequence[SignalMessage], now: datetime, call: Call) -> None:
    channel = SignalChannel.objects.select_related("person__organisation", "person__worker", "organisation").get(
        pk=messages[0].channel_id
    )
    seen = {signal.pk: signal for signal in _still_told(channel, [row.signal_id for row in messages], now)}
    gone = [row.pk for row in messages if row.signal_id not in seen]
    SignalMessage.objects.filter(pk__in=gone).update(
        next_try_at=None, dead_at=now, last_error="closed, or no longer hers to see, before it was sent"
    )
    left = [row for row in messages if row.signal_id in seen]
    if left:
        _note(left, _answer(channel, [seen[row.signal_id] for row in left], left, now, call), now)


def _still_told(channel: SignalChannel, ids: Sequence[UUID], now: datetime) -> list[Signal]:
    """The signals that are open still and, for a person, hers to see at this moment."""
    rows = Signal.objects.filter(pk__in=ids, closed_at=None).select_related("programme", "owner", "series")
    if channel.person is not None:
        if not channel.person.is_active:
            return []
        rows = visible(actor_for(channel.person, now=now), scopes.SIGNAL_VIEW, rows)
    return list(rows.prefetch_related("members").order_by("raised_at"))


def _answer(
    channel: SignalChannel, signals: Sequence[Signal], messages: Sequence[SignalMessage], now: datetime, call: Call
) -> Answer:
    with translation.override(channel.person.language if channel.person is not None else settings.LANGUAGE_CODE):
        told = [told_of(signal, is_house=_is_house(channel)) for signal in signals]
        heading = heading_of(told)
        if channel.kind == "mail":
            return _mail(channel, told, heading)
        body = payload(channel.kind, told, heading=heading)
    try:
        url = unseal(channel.url_sealed, purpose=PURPOSE)
        secret = unseal(channel.secret_sealed, purpose=PURPOSE) if channel.secret_sealed else ""
    except Unreadable:
        return Answer(None, "the address cannot be read: the install's key has changed; add the channel anew")
    headers = {"Content-Type": "application/json", "User-Agent": "evenkeel"}
    if channel.kind == "webhook":
        headers |= {
            "Evenkeel-Event": "signal.raised" if len(told) == 1 else "signal.digest",
            # The same at every try, so that the receiver may know a message that it has had.
            "Evenkeel-Delivery": str(uuid5(channel.pk, " ".join(sorted(str(row.pk) for row in messages)))),
            "Evenkeel-Signature": signature(secret, at=now, body=body),
        }
    return call(url, body, headers)


def _mail(channel: SignalChannel, told: Sequence[Told], heading: str) -> Answer:
    assert channel.person is not None
    text = render_to_string("measure/mail/signals.txt", {"told": told, "person": channel.person, "site": _site()})
    try:
        EmailMessage(heading, text, None, [channel.person.email]).send()
    except (OSError, smtplib.SMTPException) as error:
        return Answer(None, type(error).__name__)
    return Answer(200)


def _note(messages: Sequence[SignalMessage], answer: Answer, now: datetime) -> None:
    with transaction.atomic():
        for row in messages:
            tries = row.tries + 1
            again = None if answer.is_good else next_try(tries, now)
            SignalMessage.objects.filter(pk=row.pk).update(
                tries=tries,
                last_try_at=now,
                last_error=answer.error[:300],
                next_try_at=again,
                sent_at=now if answer.is_good else None,
                dead_at=None if answer.is_good or again is not None else now,
            )


def heading_of(told: Sequence[Told]) -> str:
    """What a message is about in one line."""
    if len(told) == 1:
        return told[0].title
    return ngettext("%(n)d signal", "%(n)d signals", len(told)) % {"n": len(told)}


def told_of(signal: Signal, *, is_house: bool) -> Told:
    """A signal in words. A partner's message names members of its own organisation only."""
    members = [
        row.where_name
        for row in signal.members.select_related("series")
        if is_house or row.series.organisation_id == signal.organisation_id
    ]
    return Told(
        signal_id=str(signal.pk),
        title=title_of(signal),
        metric=signal.metric,
        where=signal.where_name,
        programme=signal.programme.name,
        side=signal.side,
        first_on=signal.first_on,
        change=change_text(signal),
        also_in=sorted(set(members)),
        owner=signal.owner.name if signal.owner is not None else _("nobody yet"),
        raised_at=signal.raised_at,
        url=f"{_site()}{reverse('measure:signal', args=[signal.pk])}",
    )


def _is_house(channel: SignalChannel) -> bool:
    own = channel.organisation or (channel.person.organisation if channel.person is not None else None)
    return own is not None and own.is_house


def _site() -> str:
    config = settings.EVENKEEL
    return str(config.url or f"http://{config.bind_host}:{config.bind_port}")
