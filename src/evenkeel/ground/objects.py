"""Objects in S3-compatible storage, by addresses such as s3://bucket/key: look at one, read it, put one, sign for a browser.

The settings name the service (`ground.env_objects`). What it answers, or that it does not, is an `ObjectTrouble` with a
sentence for people; nothing of the service's own address is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .env_objects import ObjectStorage

KEY_LENGTH = 1_024
_CHUNK = 1_048_576
_TIMEOUT = "30s"


class ObjectTrouble(ValueError):
    """An object that cannot be had; the sentence is for people."""


@dataclass(frozen=True, kw_only=True)
class ObjectFacts:
    """What the storage says of an object; `etag` names this very content."""

    size_bytes: int
    etag: str


def storage() -> ObjectStorage | None:
    """The object storage of this installation; None when it has none."""
    found: ObjectStorage | None = settings.EVENKEEL.objects
    return found


def checked_object(address: str) -> str:
    """An address that items may name: a key in one of the buckets that the settings open; raises `ObjectTrouble`."""
    configured = storage()
    if configured is None:
        raise ObjectTrouble(_("This installation has no object storage."))
    bucket, key = _parts(address)
    if bucket not in configured.buckets:
        raise ObjectTrouble(_("The bucket is not among those from which items may show media."))
    if (
        not key
        or len(key.encode()) > KEY_LENGTH
        or "\x00" in key
        or any(part in ("", ".", "..") for part in key.split("/"))
    ):
        raise ObjectTrouble(_("An address reads s3://bucket/key."))
    return f"s3://{bucket}/{key}"


def upload_address(name: str) -> str:
    """Where an upload of this name is kept; "" for the data folder."""
    configured = storage()
    if configured is None or not configured.uploads_bucket:
        return ""
    folder = f"{configured.uploads_folder}/" if configured.uploads_folder else ""
    return f"s3://{configured.uploads_bucket}/{folder}{name}"


def facts_of(address: str) -> ObjectFacts:
    """Size and version of an object."""
    store, key = _at(address)
    with told():
        import obstore

        meta = obstore.head(store, key)
    return ObjectFacts(size_bytes=meta["size"], etag=str(meta.get("e_tag") or ""))


def read_object(address: str, start: int, n: int, *, etag: str = "") -> Iterator[bytes]:
    """`n` bytes from `start` on, in pieces; raises `ObjectTrouble`, before the first piece when the object is another one."""
    import obstore

    store, key = _at(address)
    if n <= 0:
        return
    with told():
        options: Any = {"range": (start, start + n)}
        if etag:
            options["if_match"] = etag
        answer = obstore.get(store, key, options=options)
        for piece in answer.stream(min_chunk_size=_CHUNK):
            yield bytes(piece)


def put_object(address: str, path: Path) -> None:
    """Store a file; it is there whole or not at all."""
    import obstore

    store, key = _at(address)
    with told():
        obstore.put(store, key, path)


def has_object(address: str) -> bool:
    """Whether there is such an object."""
    import obstore

    store, key = _at(address)
    with told():
        try:
            obstore.head(store, key)
        except FileNotFoundError:
            return False
    return True


def signed_address(address: str) -> str:
    """An address that a browser may read for as long as the settings say (AWS Signature Version 4)."""
    import obstore

    configured = storage()
    assert configured is not None
    store, key = _at(address)
    with told():
        return obstore.sign(store, "GET", key, timedelta(seconds=configured.signed_s))


def _parts(address: str) -> tuple[str, str]:
    bucket, _slash, key = address.removeprefix("s3://").partition("/") if address.startswith("s3://") else ("", "", "")
    return bucket, key


def _at(address: str) -> tuple[Any, str]:
    configured = storage()
    if configured is None:
        raise ObjectTrouble(_("This installation has no object storage."))
    bucket, key = _parts(address)
    return client(bucket, configured), key


@lru_cache(maxsize=16)
def client(bucket: str, configured: ObjectStorage) -> Any:
    """obstore's way into a bucket; for the log, which knows its own bucket."""
    from obstore.store import S3Store

    said: dict[str, Any] = {"region": configured.region}
    if configured.endpoint:
        said |= {"endpoint": configured.endpoint, "virtual_hosted_style_request": False}
    if configured.key_id:
        said |= {"access_key_id": configured.key_id, "secret_access_key": configured.secret}
    # Plain http is for storage on this side of the network: whoever names it in the settings means it.
    options: Any = {"timeout": _TIMEOUT, "allow_http": configured.endpoint.startswith("http://")}
    return S3Store(bucket, client_options=options, retry_config={"max_retries": 2}, **said)


@contextmanager
def told() -> Iterator[None]:
    """The storage's refusals in words of ours: its own carry addresses that are nobody's business."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        raise ObjectTrouble(_("There is no such object.")) from error
    except (BaseError, OSError, ValueError) as error:
        if isinstance(error, ObjectTrouble):
            raise
        raise ObjectTrouble(
            _("The object storage did not give it: it is not ours to read, has changed, or is away.")
        ) from error
