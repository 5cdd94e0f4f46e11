"""Media in items: the object that names a stored file, what is wrong with it, and how it is shown.

An object is {"media": "<id of the file>", "alt": "..."}. Intake adds `type`, `width`, `height` and `duration_ms` as they are
stored, so that the page has the place ready before the first byte is there. An item is shown to those who may see it; the
file's address then carries a signature, which its page asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenkeel.ground.proofs import Proofs

from .item import Part, text_faults

# As long as a desk may stand open with what it has in hand.
_PROOFS = Proofs("work.media", lasts=timedelta(hours=12))
_WIDEST, _HIGHEST = 960, 620
_STORED = {"type", "width", "height", "duration_ms"}
_ALLOWED = {"media", "alt", "caption"} | _STORED


def media_faults(said: Any, name: str) -> list[str]:
    """What is wrong with an object that names a stored file."""
    if not isinstance(said, dict):
        return [_("“%(name)s” is an object with “media”, the id of a stored file.") % {"name": name}]
    faults = []
    if not isinstance(said.get("media"), str) or _uuid(said["media"]) is None:
        faults.append(_("“%(name)s.media” is the id of a stored file.") % {"name": name})
    for words in ("alt", "caption"):
        if words in said:
            faults += text_faults(said[words], f"{name}.{words}")
    unknown = sorted(str(each) for each in said.keys() - _ALLOWED)
    if unknown:
        faults.append(_("“%(name)s” has no “%(names)s”.") % {"name": name, "names": ", ".join(unknown)})
    return faults


def media_url(media_id: str) -> str:
    """The address of a stored file, for whoever is shown the item it belongs to."""
    proof = _PROOFS.proof(str(_uuid(media_id) or media_id))
    return f"{reverse('work:media', args=[media_id])}?proof={proof}"


def is_proof(media_id: UUID, proof: str) -> bool:
    """Whether this was given out, not half a day ago, with an item that shows the file."""
    return _PROOFS.holds(str(media_id), proof)


def picture_html(said: Mapping[str, Any], part: str) -> SafeString:
    """A picture behind its guard, in a place of its own size."""
    caption = format_html('<figcaption dir="auto">{}</figcaption>', said["caption"]) if said.get("caption") else ""
    return format_html(
        '<figure class="item-figure"><div class="media"><img data-part="{}" src="{}" width="{}" height="{}" alt="{}" '
        'decoding="async"></div>{}</figure>',
        part,
        media_url(said["media"]),
        *shown_size(said.get("width") or 640, said.get("height") or 480),
        said.get("alt") or _("Picture to judge"),
        caption,
    )


def shown_size(width: int, height: int, *, least: int = 0) -> tuple[int, int]:
    """How large it stands on the page: its own size, or what fits beside the questions. The page knows it before it loads.

    What is narrower than `least` pixels is enlarged to it.

    >>> shown_size(640, 480), shown_size(4000, 1000), shown_size(1000, 4000)
    ((640, 480), (960, 240), (155, 620))
    """
    scale = min(max(1, least / width), _WIDEST / width, _HIGHEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def recording_part(said: Mapping[str, Any], role: str) -> Part:
    """A recording as something to mark."""
    return Part(role=role, duration_ms=said.get("duration_ms"))


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
