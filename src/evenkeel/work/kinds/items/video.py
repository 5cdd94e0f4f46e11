"""A video."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, MediaUse, Part, item_kind, short
from ..media import media_faults, media_url, recording_part, shown_size

_EXAMPLE = {"media": "0190a1b2-0000-7000-8000-000000000003", "width": 320, "height": 240, "duration_ms": 4000}

# Narrower, a player has no room for its own controls.
_LEAST_WIDE = 480


@item_kind
class Video(ItemKind):
    slug = "video"
    title = gettext_lazy("Video")
    why = gettext_lazy(
        "A clip, a stream's recording: behind its guard, silent until wanted, with a strip of its frames."
    )
    example = ItemExample(
        content=_EXAMPLE | {"caption": "At the <lake>"},
        shows=["<video", 'width="480"', "At the &lt;lake&gt;", "muted"],
        wrong=[{}, {"media": "x"}, _EXAMPLE | {"poster": "x"}, _EXAMPLE | {"caption": ""}],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        return media_faults(dict(content), "content")

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        caption = (
            format_html('<figcaption dir="auto">{}</figcaption>', content["caption"]) if content.get("caption") else ""
        )
        return format_html(
            '<figure class="item-figure item-video"><div class="media"><video controls muted playsinline preload="auto" '
            'data-part="video" data-duration-ms="{}" src="{}" width="{}" height="{}" aria-label="{}"></video></div>'
            '<ol class="item-strip" hidden></ol>{}</figure>',
            content.get("duration_ms") or "",
            media_url(content["media"]),
            *shown_size(content.get("width") or 640, content.get("height") or 360, least=_LEAST_WIDE),
            content.get("alt") or _("Video to judge"),
            caption,
        )

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        return {"video": recording_part(content, "video")}

    @classmethod
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        return [MediaUse(content, "video")]

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(content.get("caption") or content.get("alt") or _("Video"))
