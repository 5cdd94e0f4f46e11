"""A sound recording: a voice message, a call, a track."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, MediaUse, Part, item_kind, short, text_faults
from ..media import media_faults, media_url, recording_part

_EXAMPLE = {"media": "0190a1b2-0000-7000-8000-000000000002", "duration_ms": 2500, "transcript": "Give me <money>"}


@item_kind
class Audio(ItemKind):
    slug = "audio"
    title = gettext_lazy("Sound")
    why = gettext_lazy("A voice message, a call, a track, with its transcript when there is one.")
    example = ItemExample(
        content=_EXAMPLE,
        shows=["<audio", 'data-duration-ms="2500"', "Give me &lt;money&gt;"],
        wrong=[{}, {"media": "x"}, _EXAMPLE | {"transcript": 5}, _EXAMPLE | {"lyrics": "la"}],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        said = {name: value for name, value in content.items() if name != "transcript"}
        faults = media_faults(said, "content")
        return faults + (text_faults(content["transcript"], "transcript") if "transcript" in content else [])

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        words = content.get("transcript")
        text = (
            format_html(
                '<h3 class="item-label">{}</h3><p class="item-words" dir="auto" data-part="transcript">{}</p>',
                _("Transcript"),
                words,
            )
            if words
            else ""
        )
        title = (
            format_html('<p class="item-title" dir="auto">{}</p>', content["caption"]) if content.get("caption") else ""
        )
        return format_html(
            '<div class="item-sound" data-wave>{}<div class="item-wave"></div>'
            '<audio controls preload="auto" data-part="audio" data-duration-ms="{}" src="{}" aria-label="{}"></audio>{}</div>',
            title,
            content.get("duration_ms") or "",
            media_url(content["media"]),
            content.get("alt") or _("Sound to judge"),
            text,
        )

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        found = {"audio": recording_part(content, "audio")}
        words = content.get("transcript")
        return {**found, "transcript": Part(role="text", text=words)} if words else found

    @classmethod
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        return [MediaUse(content, "audio")]

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(content.get("caption") or content.get("transcript") or _("Sound"))
