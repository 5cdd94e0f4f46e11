"""A picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, MediaUse, Part, item_kind, short
from ..media import media_faults, picture_html

_EXAMPLE = {"media": "0190a1b2-0000-7000-8000-000000000001", "width": 640, "height": 480, "caption": "A <b>cat</b>"}


@item_kind
class Image(ItemKind):
    slug = "image"
    title = gettext_lazy("Picture")
    why = gettext_lazy("A photo, a drawing, a screenshot: shown behind its guard, in its own proportions.")
    example = ItemExample(
        content=_EXAMPLE,
        shows=['width="640"', "A &lt;b&gt;cat&lt;/b&gt;", "/work/media/0190a1b2-0000-7000-8000-000000000001/?proof="],
        wrong=[
            {},
            {"media": "cat.jpg"},
            {"media": 5},
            _EXAMPLE | {"src": "https://example.org"},
            _EXAMPLE | {"alt": 1},
        ],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        return media_faults(dict(content), "content")

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        return format_html('<div class="item-picture">{}</div>', picture_html(content, "image"))

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        return {"image": Part(role="image")}

    @classmethod
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        return [MediaUse(content, "image")]

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(content.get("caption") or content.get("alt") or _("Picture"))
