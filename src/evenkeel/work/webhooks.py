"""The way out to other systems: a message is written with the change it tells of, and a job carries it.

The call goes to the address that was judged, not to what the name resolves to a moment later, follows no redirect, uses
no proxy of the environment, and reads no more of the answer than its status.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from evenkeel.ground.sealed import Unreadable, seal, unseal

from .models import Delivery, Endpoint
from .rules.webhooks import is_allowed, next_try, signature

_PURPOSE = "webhook"
_TIMEOUT_S = 10
# A process that dies while it calls leaves a message claimed for so long.
_CLAIMED_FOR = timedelta(minutes=2)
_AT_ONCE = 50


def post_to_endpoints(programme_id: UUID, *, event: str, object_id: UUID, said: dict[str, Any], now: datetime) -> int:
    """Write a message for each endpoint of the programme, in the surrounding transaction; returns how many.

    The same event about the same thing is written once an endpoint.
    """
    body = json.dumps({"event": event, "at": now, **said}, cls=DjangoJSONEncoder, sort_keys=True)
    made = [
        Delivery(endpoint=endpoint, event=event, object_id=object_id, body=body, created_at=now, next_try_at=now)
        for endpoint in Endpoint.objects.filter(programme=programme_id, closed_at=None)
    ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def sealed_secret(secret: str) -> str:
    """A secret as it is kept."""
    return seal(secret, purpose=_PURPOSE)


@dataclass(frozen=True)
class Answer:
    """What came of a call: the status, or why there was none."""

    status: int | None
    error: str = ""

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


Call = Callable[[str, str, dict[str, str]], Answer]


def send_due(now: datetime, *, call: Call | None = None) -> int:
    """Try every message that is due, at most fifty; returns how many were tried. No transaction is open while it calls."""
    due = Delivery.objects.filter(next_try_at__lte=now).order_by("next_try_at").values_list("pk", flat=True)
    tried = 0
    for pk in list(due[:_AT_ONCE]):
        # Whoever moves the moment has the message: of two workers one finds nothing to move.
        if Delivery.objects.filter(pk=pk, next_try_at__lte=now).update(next_try_at=now + _CLAIMED_FOR):
            _send(Delivery.objects.select_related("endpoint").get(pk=pk), now, call or post)
            tried += 1
    return tried


def _send(delivery: Delivery, now: datetime, call: Call) -> None:
    try:
        secret = unseal(delivery.endpoint.secret_sealed, purpose=_PURPOSE)
    except Unreadable:
        answer = Answer(None, "the secret cannot be read: the install's key has changed; set it anew")
    else:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "evenkeel",
            "Evenkeel-Event": delivery.event,
            # The same at every try, so that the receiver may know a message that it has had.
            "Evenkeel-Delivery": str(delivery.pk),
            "Evenkeel-Signature": signature(secret, at=now, body=delivery.body),
        }
        answer = call(delivery.endpoint.url, delivery.body, headers)
    tries = delivery.tries + 1
    again = None if answer.is_good else next_try(tries, now)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            tries=tries,
            last_try_at=now,
            last_status=answer.status,
            last_error=answer.error[:300],
            next_try_at=again,
            delivered_at=now if answer.is_good else None,
            dead_at=None if answer.is_good or again is not None else now,
        )


def post(url: str, body: str, headers: dict[str, str]) -> Answer:
    """Send one message to an address that may be called."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    inside = settings.EVENKEEL.webhook_hosts
    if parts.scheme != "https" and host not in inside:
        return Answer(None, "the address is not https, and EVENKEEL_WEBHOOK_HOSTS does not name it")
    try:
        address = _resolve(host, parts.port or (443 if parts.scheme == "https" else 80))
    except (OSError, UnicodeError):  # a name that no resolver takes is refused before it is asked
        return Answer(None, "the host is unknown")
    if not is_allowed(host, address, inside=inside):
        return Answer(None, "the host leads inside the network, and EVENKEEL_WEBHOOK_HOSTS does not name it")
    try:
        pinned = httpx.URL(url).copy_with(host=address)
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=_TIMEOUT_S) as client,
            client.stream(
                "POST",
                pinned,
                content=body.encode(),
                headers={**headers, "Host": parts.netloc},
                # The certificate is checked against the name, though the call goes to the address.
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            return Answer(answer.status_code, "" if answer.is_success else f"answered {answer.status_code}")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Answer(None, type(error).__name__)


def _resolve(host: str, port: int) -> str:
    """The first address of a host. All that are tried later are this one."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return str(found[0][4][0])
