"""Taking files in for items, and how a person wants them shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.ids import uuid7
from evenkeel.ground.objects import ObjectFacts, ObjectTrouble, checked_object, facts_of, read_object

from .. import scopes
from ..media.fetching import fetched
from ..media.kinds import Unusable
from ..media.store import CleanFile, is_kept, keep, taken_in, upload_address_of
from ..models import DeskPreference, MediaFile, Programme
from ..rules.guards import BREAK_MINUTES, SPEEDS
from ..workers import insist_on_worker


def add_media(actor: Actor, *, programme: Programme, chunks: Iterable[bytes], now: datetime) -> MediaFile:
    """Store a file for a programme's items, checked and without metadata. The same file again gives the same row."""
    # Before half a gigabyte is written for somebody who may not.
    require(actor, scopes.ITEM_ADD, programme)
    with _checked(chunks, "file") as file, act(scopes.ITEM_ADD, actor, on=programme, now=now) as deed:
        made, is_new = _stored(programme, file, now)
        deed.record("stored" if is_new else "found stored", on=made, after={"kind": made.kind})
        return made


def link_media(actor: Actor, *, programme: Programme, address: str, now: datetime) -> MediaFile:
    """Let items show an object where it lies, s3://bucket/key. It is read once, to be checked, and not copied.

    A picture's metadata are taken out whenever it is shown; a recording that carries any is refused: `fetch_media` stores a
    copy without them. Another version of the object under the same address is another file.
    """
    require(actor, scopes.ITEM_ADD, programme)
    with _found(address) as (place, facts), _checked(read_object(place, 0, facts.size_bytes), "url") as file:
        if file.kind.kind != MediaFile.IMAGE and file.digest != file.came_digest:
            fix = _("It carries metadata. Store a copy, which has none.")
            raise Invalid(_("The object cannot be shown where it lies."), fields={"url": [fix]})
        with act(scopes.ITEM_ADD, actor, on=programme, now=now) as deed:
            digest = hashlib.sha256(f"{place} {facts.etag}".encode()).hexdigest()
            made, is_new = MediaFile.objects.get_or_create(
                programme=programme,
                digest=digest,
                defaults=_facts(file, now)
                | {"address": place, "etag": facts.etag, "is_ours": False, "size_bytes": facts.size_bytes},
            )
            deed.record("linked" if is_new else "found linked", on=made, after={"kind": made.kind, "address": place})
            return made


def fetch_media(actor: Actor, *, programme: Programme, address: str, now: datetime) -> MediaFile:
    """Store what lies at a public address, or in object storage that the settings open. Nothing is ever fetched from a
    private network."""
    require(actor, scopes.ITEM_ADD, programme)
    with (
        _checked(_fetched(address), "url") as file,
        act(scopes.ITEM_ADD, actor, on=programme, now=now) as deed,
    ):
        made, is_new = _stored(programme, file, now)
        deed.record("stored" if is_new else "found stored", on=made, after={"kind": made.kind, "address": address})
        return made


@contextmanager
def _checked(chunks: Iterable[bytes], field: str) -> Iterator[CleanFile]:
    try:
        with taken_in(chunks) as file:
            yield file
    except (Unusable, ObjectTrouble) as fault:
        raise Invalid(_("The file was not kept."), fields={field: [str(fault)]}) from fault


@contextmanager
def _found(address: str) -> Iterator[tuple[str, ObjectFacts]]:
    try:
        place = checked_object(address)
        yield place, facts_of(place)
    except ObjectTrouble as fault:
        raise Invalid(_("The object cannot be shown."), fields={"url": [str(fault)]}) from fault


def _fetched(address: str) -> Iterator[bytes]:
    if address.startswith("s3://"):
        with _found(address) as (place, facts):
            yield from read_object(place, 0, facts.size_bytes, etag=facts.etag)
        return
    with fetched(address) as chunks:
        yield from chunks


def _stored(programme: Programme, file: CleanFile, now: datetime) -> tuple[MediaFile, bool]:
    pk = uuid7()
    made, is_new = MediaFile.objects.get_or_create(
        programme=programme,
        digest=file.digest,
        defaults=_facts(file, now) | {"pk": pk, "address": upload_address_of(pk)},
    )
    # Before the row is there for others: a row without its file would be shown as a hole.
    try:
        if is_new or not is_kept(made.pk, made.address):
            keep(file, made.pk, made.address)
    except ObjectTrouble as fault:
        raise NotNow(str(fault), code="no-storage") from fault
    return made, is_new


def _facts(file: CleanFile, now: datetime) -> dict[str, Any]:
    return {
        "kind": file.kind.kind,
        "content_type": file.kind.content_type,
        "size_bytes": file.size_bytes,
        "width": file.width,
        "height": file.height,
        "duration_ms": file.duration_ms,
        "created_at": now,
    }


def set_desk_preference(actor: Actor, *, now: datetime, **changes: Any) -> DeskPreference:
    """Change how the actor's own desk shows things. None follows the queue's severity; `Invalid` names what does not fit."""
    worker_id = insist_on_worker(actor)
    _check(changes)
    with act(scopes.TASK_DECIDE, actor, now=now) as deed:
        made, _is_new = DeskPreference.objects.update_or_create(
            worker_id=worker_id, defaults={**changes, "changed_at": now}
        )
        # What she prefers is hers: the trail says that it changed, not how.
        deed.record("desk set", on=made)
        return made


def _check(changes: dict[str, Any]) -> None:
    faults: dict[str, list[str]] = {}
    for name, value in changes.items():
        if name in ("blur", "greyscale", "mute", "small"):
            if value is not None and not isinstance(value, bool):
                faults[name] = [_("Yes, no or empty.")]
        elif name == "speed":
            if not isinstance(value, int | float) or not isfinite(value) or value not in SPEEDS:
                faults[name] = [_("One of: %(speeds)s.") % {"speeds": ", ".join(str(speed) for speed in SPEEDS)}]
        elif name == "break_after_min":
            least, most = BREAK_MINUTES
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                faults[name] = [_("%(least)d to %(most)d minutes.") % {"least": least, "most": most}]
        else:
            raise TypeError(f"a desk has no preference {name}")
    if faults:
        raise Invalid(_("The desk cannot be set like this."), fields=faults)
