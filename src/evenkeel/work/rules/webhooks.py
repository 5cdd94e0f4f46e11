"""Which addresses may be called, how a message is signed, and when it is tried again. Plain values."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from evenkeel.ground.addresses import is_public
from evenkeel.ground.errors import Invalid

# After the first try: 1, 2, 4 ... minutes, at most six hours apart; given up after about two days.
TRIES = 15
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)
URL_LENGTH = 500


def check_url(url: str, *, inside: Collection[str]) -> str:
    """An address that may be called; `Invalid` otherwise. `inside`: hosts that the operator lets us call within the network.

    What the host resolves to is judged again at every call (`is_allowed`): a name may be pointed elsewhere later.
    """
    url = url.strip()
    fault = _fault(url, inside)
    if fault:
        raise Invalid(_("This address cannot be called."), fields={"url": [fault]})
    return url


def is_allowed(host: str, address: str, *, inside: Collection[str]) -> bool:
    """Whether a host that resolved to this address may be called: it is public, or the operator named the host.

    >>> is_allowed("example.org", "93.184.216.34", inside=())
    True
    >>> is_allowed("example.org", "169.254.169.254", inside=())
    False
    >>> is_allowed("hooks.internal", "10.0.0.7", inside=("hooks.internal",))
    True
    """
    return host.lower() in inside or is_public(ip_address(address))


def signature(secret: str, *, at: datetime, body: str) -> str:
    """The header by which the receiver knows us: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>", hex>`.

    The moment is signed as well, so that a copied message is of no use later. Formula: RFC 2104 with SHA-256.
    """
    seconds = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={seconds},v1={mac}"


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it is given up."""
    if tries >= TRIES:
        return None
    return now + min(_LONGEST, _FIRST * (1 << (tries - 1)))


def _fault(url: str, inside: Collection[str]) -> str | None:
    if len(url) > URL_LENGTH or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        return _("An address has at most %(n)d characters, and no blanks.") % {"n": URL_LENGTH}
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return _("This is no address.")
    if not host or parts.scheme not in ("https", "http") or port == 0:
        return _("Use an address such as https://example.org/hook.")
    if parts.username or parts.password or parts.fragment:
        return _("No user, password or fragment: whoever receives it knows us by the signature.")
    if host in inside:
        return None
    if parts.scheme != "https":
        return _("It must be https.")
    return _host_fault(host)


def _host_fault(host: str) -> str | None:
    try:
        address = ip_address(host)
    except ValueError:
        if "." not in host or host.rstrip(".").endswith((".localhost", ".local", ".internal", ".home.arpa")):
            return _("This host is inside the network. Its operator can allow it by EVENKEEL_WEBHOOK_HOSTS.")
        return None
    if not is_public(address):
        return _("This host is inside the network. Its operator can allow it by EVENKEEL_WEBHOOK_HOSTS.")
    return None
