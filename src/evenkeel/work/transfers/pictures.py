"""Items of other tools that name a picture, a sound or a film: shown here when the file came along or is in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid
from evenkeel.ground.reading.sources import Unreadable

from ..acts.media import add_media
from ..kinds.item import item_kinds
from ..models import MediaFile, Programme
from ..rows import may_show_media, with_media
from ..rules.exchange import Record
from ..rules.items import NewItem
from ..rules.pictures import MEDIA
from .bundles import Bundle

_BEAT_EVERY = 50


class Pictures:
    """Finds what items show: in the archive that came along, else among the programme's linked objects."""

    def __init__(self, programme: Programme, bundle: Bundle | None):
        self._programme, self._bundle = programme, bundle
        # Why a file in the archive could not be kept; told once the rows are written.
        self.unusable: list[str] = []

    @property
    def came_along(self) -> bool:
        """Whether the file came in an archive, so that its pictures are expected in it."""
        return self._bundle is not None

    def missing(self, records: Sequence[Record]) -> list[Record]:
        """Those that name a file which is neither in the archive nor in the store."""
        waiting = [
            (record, record.item, address)
            for record in records
            if record.item is not None and (address := _address(record.item))
        ]
        linked = self._linked([address for _record, _item, address in waiting])
        return [record for record, item, address in waiting if address not in linked and not self._name(item)]

    def shown(
        self, actor: Actor, records: Sequence[Record], *, beat: Callable[[], None], now: datetime
    ) -> list[Record]:
        """The records, their items showing the files that were found. Stores those of the archive, each by itself.

        A file that is no sound picture stays an address, and `unusable` says why. Doing it twice stores nothing twice.
        """
        found = self._linked([_address(record.item) for record in records if record.item is not None])
        made: list[Record] = [] if found or self.came_along else list(records)
        for place, record in enumerate(records if not made else ()):
            item, media = record.item, None
            if item is not None and (address := _address(item)):
                media = found.get(address) or self._stored(actor, item, now)
                if place % _BEAT_EVERY == 0:
                    beat()
            if item is not None and media is not None and media.kind == item.attributes["media"]:
                attributes = {**item.attributes, "address": _address(item)}
                content = {"media": str(media.pk)}
                record = record._replace(item=replace(item, kind=media.kind, content=content, attributes=attributes))
            made.append(record)
        showing = [place for place, record in enumerate(made) if record.item is not None and _is_media(record.item)]
        sized = with_media(self._programme, [item for place in showing if (item := made[place].item) is not None])
        for place, item in zip(showing, sized, strict=True):
            made[place] = made[place]._replace(item=item)
        return made

    def _name(self, item: NewItem) -> str:
        return self._bundle.find(item.key, _address(item)) if self._bundle is not None else ""

    def _stored(self, actor: Actor, item: NewItem, now: datetime) -> MediaFile | None:
        name = self._name(item)
        if not name or self._bundle is None:
            return None
        try:
            return add_media(actor, programme=self._programme, chunks=self._bundle.chunks(name), now=now)
        except (Invalid, Unreadable) as fault:
            why = " ".join(fault.fields.get("file", [])) if isinstance(fault, Invalid) else fault.what
            self.unusable.append(_("“%(name)s” is not shown: %(why)s") % {"name": name[:80], "why": why})
            return None

    def _linked(self, addresses: Sequence[str]) -> dict[str, MediaFile]:
        asked = sorted({address for address in addresses if address.startswith("s3://")})
        rows = MediaFile.objects.filter(programme=self._programme, is_ours=False)
        return {
            row.address: row
            for start in range(0, len(asked), 500)
            for row in rows.filter(address__in=asked[start : start + 500])
        }


def _is_media(item: NewItem) -> bool:
    """Whether an item shows stored files, which then tell it their types and sizes."""
    return may_show_media(item.kind) and bool(item_kinds[item.kind].media_of(dict(item.content)))


def _address(item: NewItem) -> str:
    """Where a file lies that an item only names; "" for items that name none."""
    said = item.content.get("text") if item.kind == "text" and item.attributes.get("media") in MEDIA else None
    return said if isinstance(said, str) else ""
