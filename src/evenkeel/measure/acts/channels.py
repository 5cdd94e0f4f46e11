"""How signals leave: a channel is added, closed, and what was given up is sent again."""

from __future__ import annotations

import secrets
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.ground.sealed import seal
from evenkeel.people import Organisation, Person
from evenkeel.work import check_url

from .. import scopes
from ..models import SignalChannel, SignalMessage

PURPOSE = "signal-channel"


def add_signal_channel(
    actor: Actor,
    *,
    of: Organisation | Person,
    kind: str,
    name: str,
    url: str = "",
    rhythm: str = "at_once",
    quiet_from: int = 0,
    quiet_until: int = 0,
    digest_hour: int = 8,
    zone: str = "UTC",
    now: datetime,
) -> tuple[SignalChannel, str]:
    """Send signals on from now on: an organisation's own (the house's: all), or those that a person owns.

    Returns the channel and, for a webhook, the secret that its messages are signed with, shown this once. Mail goes to the
    person's own address and to nobody else's. `Invalid` names the field; an address must be https and public, or its host
    allowed by the operator.
    """
    is_own = isinstance(of, Person)
    scope = scopes.CHANNEL_OWN if is_own else scopes.CHANNEL_EDIT
    if is_own and actor.person_id != of.pk and not actor.is_system:
        raise Refused(_("Everybody chooses for herself how signals reach her."))
    with act(scope, actor, on=None if is_own else of, now=now) as deed:
        faults = _faults(kind, name, is_own, rhythm, (quiet_from, quiet_until, digest_hour), zone)
        if faults:
            raise Invalid(_("Signals cannot be sent like this."), fields=faults)
        url = "" if kind == "mail" else check_url(url, inside=settings.EVENKEEL.webhook_hosts)
        secret = secrets.token_urlsafe(32) if kind == "webhook" else ""
        made = SignalChannel.objects.create(
            organisation=of if isinstance(of, Organisation) else None,
            person=of if isinstance(of, Person) else None,
            kind=kind,
            name=name.strip(),
            url_sealed=seal(url, purpose=PURPOSE) if url else "",
            host=(urlsplit(url).hostname or "") if url else "",
            secret_sealed=seal(secret, purpose=PURPOSE) if secret else "",
            rhythm=rhythm,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            digest_hour=digest_hour,
            zone=zone,
            made_at=now,
        )
        # The address itself stays out of the trail: whoever knows that of a Slack hook may write there.
        said = {"kind": kind, "name": made.name, "host": made.host, "rhythm": rhythm}
        deed.record("channel added", on=made, organisation_id=made.organisation_id, after=said)
        return made, secret


def close_signal_channel(actor: Actor, *, channel: SignalChannel, now: datetime) -> SignalChannel:
    """Send nothing on it any more; what waits is given up. Closing twice changes nothing."""
    scope = scopes.CHANNEL_EDIT if channel.person_id is None else scopes.CHANNEL_OWN
    with act(scope, actor, on=channel, now=now) as deed:
        if channel.closed_at is None:
            channel.closed_at = now
            channel.save(update_fields=["closed_at"])
            waiting = SignalMessage.objects.filter(channel=channel, next_try_at__isnull=False)
            waiting.update(next_try_at=None, dead_at=now)
        deed.record("channel closed")
        return channel


def _faults(
    kind: str, name: str, is_own: bool, rhythm: str, hours: tuple[int, int, int], zone: str
) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if kind not in dict(SignalChannel.KINDS):
        faults["kind"] = [_("Choose one of the list.")]
    elif kind == "mail" and not is_own:
        faults["kind"] = [_("Mail goes to people: each chooses it for herself.")]
    if not 1 <= len(name.strip()) <= 160:
        faults["name"] = [_("Give it a name of at most 160 characters.")]
    if rhythm not in dict(SignalChannel.RHYTHMS):
        faults["rhythm"] = [_("Choose one of the list.")]
    if not all(0 <= hour <= 23 for hour in hours):
        faults["quiet_from"] = [_("Hours are 0 to 23.")]
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        faults["zone"] = [_("There is no such time zone; use one such as Europe/Lisbon.")]
    return faults
