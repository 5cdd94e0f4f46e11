"""Several pictures with a text: a post with photos, a listing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..item import ItemExample, ItemKind, MediaUse, Part, item_kind, short, text_faults, unknown_faults
from ..media import media_faults, picture_html

_PICTURES_LIMIT = 40
_ONE = {"media": "0190a1b2-0000-7000-8000-000000000001", "width": 64, "height": 48}


@item_kind
class Gallery(ItemKind):
    slug = "gallery"
    title = gettext_lazy("Gallery")
    why = gettext_lazy("A post with several photos, a listing in a shop: judged as one.")
    example = ItemExample(
        content={"pictures": [_ONE, _ONE | {"caption": "Back"}], "text": "For <sale>"},
        shows=["For &lt;sale&gt;", 'data-part="pictures.1"', "Back"],
        wrong=[
            {},
            {"pictures": []},
            {"pictures": [_ONE] * 41},
            {"pictures": ["x"]},
            {"pictures": [_ONE], "words": "x"},
        ],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        pictures = content.get("pictures")
        if not isinstance(pictures, list) or not 1 <= len(pictures) <= _PICTURES_LIMIT:
            return [_("“pictures” is a list of 1 to %(n)d objects with “media”.") % {"n": _PICTURES_LIMIT}]
        faults = [fault for place, each in enumerate(pictures) for fault in media_faults(each, f"pictures.{place}")]
        if "text" in content:
            faults += text_faults(content["text"], "text")
        return faults + unknown_faults(content, {"pictures", "text"})

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        words = content.get("text")
        text = format_html('<p class="item-words" dir="auto" data-part="text">{}</p>', words) if words else ""
        shown = ((picture_html(each, f"pictures.{place}"),) for place, each in enumerate(content["pictures"]))
        pictures = format_html_join("", "<li>{}</li>", shown)
        return format_html('<div class="item-gallery">{}<ul class="item-pictures">{}</ul></div>', text, pictures)

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        found = {f"pictures.{place}": Part(role="image") for place in range(len(content["pictures"]))}
        return {**found, "text": Part(role="text", text=content["text"])} if content.get("text") else found

    @classmethod
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        return [MediaUse(each, "image") for each in content["pictures"]]

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        n = len(content.get("pictures", ()))
        return short(content.get("text") or ngettext("%(n)d picture", "%(n)d pictures", n) % {"n": n})
