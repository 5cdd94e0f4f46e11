"""Plain text: a post, a comment, a review."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, Part, item_kind, text_faults


@item_kind
class Text(ItemKind):
    slug = "text"
    title = gettext_lazy("Text")
    why = gettext_lazy("A post, a comment, a review: one piece of text, with a title when it has one.")
    example = ItemExample(
        content={"text": "Free <b>gold</b> for everybody!\nSend me your bank details.", "title": "A gift"},
        shows=["Free &lt;b&gt;gold&lt;/b&gt;", "Send me your bank details.", "A gift"],
        wrong=[{}, {"text": ""}, {"text": 5}, {"text": "x", "title": 5}, {"text": "x", "titel": "y"}, {"text": "\x00"}],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        faults = text_faults(content.get("text"), "text")
        if "title" in content:
            faults += text_faults(content["title"], "title")
        unknown = sorted(content.keys() - {"text", "title"})
        if unknown:
            faults.append(_("A text has no “%(names)s”; put it among the attributes.") % {"names": ", ".join(unknown)})
        return faults

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        # dir="auto": the text's own language decides which way it runs, not the moderator's.
        # Written by hand and not by `format_html`: every hand-out writes ten of them.
        title, words = content.get("title"), escape(content["text"])
        head = f'<p class="item-title" dir="auto" data-part="title">{escape(title)}</p>' if title else ""
        return SafeString(
            f'<div class="item-text">{head}<p class="item-words" dir="auto" data-part="text">{words}</p></div>'
        )

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        return {name: Part(role="text", text=content[name]) for name in ("text", "title") if content.get(name)}

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return Truncator(" ".join(str(content.get("title") or content.get("text", "")).split())).chars(100)
