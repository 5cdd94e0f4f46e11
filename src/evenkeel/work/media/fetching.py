"""Fetching a file from an address that somebody named, without being led to a machine of the house.

The name is resolved once, every address that it has must be a public one, and the connection goes to the very address
that was checked: a name that changes its answer in between gains nothing. Redirects are followed by the same rules.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from evenkeel.ground.addresses import is_public

from .kinds import LARGEST_BYTES, Unusable

_TIMEOUT_S, _WHOLE_TIMEOUT_S = 15.0, 300.0
_REDIRECTS = 3
_CHUNK = 65_536
_PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


@contextmanager
def fetched(address: str, *, resolving: Resolve = resolve) -> Iterator[Iterator[bytes]]:
    """What lies at an address, in chunks; raises `Unusable` for whatever is not to be fetched or does not answer."""
    connection, answer = _followed(address, resolving)
    try:
        yield _chunks(answer)
    finally:
        connection.close()


def checked_address(address: str, *, resolving: Resolve = resolve) -> tuple[SplitResult, str]:
    """The address in parts and the public IP address to connect to; raises `Unusable`."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Unusable(_("This is not an address.")) from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise Unusable(_("An address starts with http:// or https:// and names a host."))
    if port not in (None, _PORTS[parts.scheme]):
        raise Unusable(_("Only the usual ports, 80 and 443, are fetched from."))
    try:
        found = resolving(parts.hostname, port or _PORTS[parts.scheme])
    except (OSError, UnicodeError) as error:
        raise Unusable(_("The address does not lead anywhere.")) from error
    if not found or not all(_is_public(each) for each in found):
        raise Unusable(_("The address leads into a private network; nothing is fetched from there."))
    return parts, found[0]


def _is_public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    return is_public(found) and not found.is_reserved


def _followed(address: str, resolving: Resolve) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    for _turn in range(_REDIRECTS + 1):
        parts, ip = checked_address(address, resolving=resolving)
        connection = _connection(parts, ip)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("GET", path, headers={"User-Agent": "evenkeel", "Accept": "image/*, audio/*, video/*"})
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            connection.close()
            raise Unusable(_("The address does not answer.")) from error
        if answer.status == 200:
            return connection, answer
        target = answer.getheader("Location")
        connection.close()
        if answer.status not in (301, 302, 303, 307, 308) or not target:
            raise Unusable(_("The address answers with %(status)d.") % {"status": answer.status})
        address = urljoin(address, target)
    raise Unusable(_("The address leads on and on."))


def _connection(parts: SplitResult, ip: str) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    made: http.client.HTTPConnection
    if parts.scheme == "https":
        made = http.client.HTTPSConnection(host, timeout=_TIMEOUT_S, context=ssl.create_default_context())
    else:
        made = http.client.HTTPConnection(host, timeout=_TIMEOUT_S)

    # The checked address and no other; the certificate is still held against the name.
    def connect(_to: tuple[str, int], *rest: object, **named: object) -> socket.socket:
        return socket.create_connection((ip, _PORTS[parts.scheme]), timeout=_TIMEOUT_S)

    made._create_connection = connect  # type: ignore[attr-defined]
    return made


def _chunks(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    size, until = 0, monotonic() + _WHOLE_TIMEOUT_S
    try:
        while chunk := answer.read1(_CHUNK):
            size += len(chunk)
            if monotonic() > until:
                raise Unusable(_("The address answers too slowly."))
            if size > LARGEST_BYTES:
                raise Unusable(_("The file is too large."))
            yield chunk
    except (OSError, http.client.HTTPException) as error:
        raise Unusable(_("The address stopped answering.")) from error
