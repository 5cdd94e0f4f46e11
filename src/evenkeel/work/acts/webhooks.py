"""Endpoints of other systems, and sending again by hand what was given up."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Delivery, Endpoint, Programme
from ..rules.texts import checked_name
from ..rules.webhooks import check_url
from ..webhooks import sealed_secret


def add_endpoint(
    actor: Actor, *, programme: Programme, name: str, url: str, secret: str = "", now: datetime
) -> tuple[Endpoint, str]:
    """Tell another system of rulings from now on; returns the endpoint and its secret, which is shown this once.

    `secret`: 16 to 200 characters; a new one is made when none is given.
    """
    with act(scopes.WEBHOOK_EDIT, actor, on=programme, now=now) as deed:
        name = checked_name(name)
        url = check_url(url, inside=settings.EVENKEEL.webhook_hosts)
        secret = _checked(secret)
        made = Endpoint.objects.create(
            programme=programme, name=name, url=url, secret_sealed=sealed_secret(secret), created_at=now
        )
        deed.record("endpoint added", on=made, after={"name": name, "url": url})
        return made, secret


def renew_secret(actor: Actor, *, endpoint: Endpoint, now: datetime) -> str:
    """Give an endpoint a new secret, shown this once; messages are signed by it from the next try on."""
    with act(scopes.WEBHOOK_EDIT, actor, on=endpoint, now=now) as deed:
        deed.require(endpoint.closed_at is None, _("The endpoint is closed."))
        secret = _checked("")
        endpoint.secret_sealed = sealed_secret(secret)
        endpoint.save(update_fields=["secret_sealed"])
        deed.record("secret renewed")
        return secret


def close_endpoint(actor: Actor, *, endpoint: Endpoint, now: datetime) -> Endpoint:
    """Tell it nothing any more. What waits is given up; closing twice changes nothing."""
    with act(scopes.WEBHOOK_EDIT, actor, on=endpoint, now=now) as deed:
        if endpoint.closed_at is None:
            endpoint.closed_at = now
            endpoint.save(update_fields=["closed_at"])
            waiting = Delivery.objects.filter(endpoint=endpoint, next_try_at__isnull=False)
            waiting.update(next_try_at=None, dead_at=now)
        deed.record("endpoint closed")
        return endpoint


def send_again(actor: Actor, *, delivery: Delivery, now: datetime) -> Delivery:
    """Try a message again from the beginning, as it was written; also one that has arrived."""
    with act(scopes.WEBHOOK_EDIT, actor, on=delivery, now=now) as deed:
        deed.require(delivery.endpoint.closed_at is None, _("The endpoint is closed."))
        delivery.tries, delivery.next_try_at, delivery.dead_at, delivery.delivered_at = 0, now, None, None
        delivery.save(update_fields=["tries", "next_try_at", "dead_at", "delivered_at"])
        deed.record("sent again", on=delivery)
        return delivery


def _checked(secret: str) -> str:
    if not secret:
        return secrets.token_urlsafe(32)
    if not 16 <= len(secret) <= 200 or not secret.isascii() or not secret.isprintable():
        raise Invalid(
            _("The secret cannot be used."),
            fields={"secret": [_("16 to 200 printable ASCII characters; leave it empty for a new one.")]},
        )
    return secret
