"""Two things side by side: two answers to one question, two translations, two pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, MediaUse, Part, item_kind, short, text_faults, unknown_faults
from ..media import media_faults, picture_html

_SIDES = ("a", "b")
_PICTURE = {"media": "0190a1b2-0000-7000-8000-000000000001", "width": 64, "height": 48}


@item_kind
class Comparison(ItemKind):
    slug = "comparison"
    title = gettext_lazy("Comparison")
    why = gettext_lazy("A and B side by side under the question that they answer: which is better, and by how much?")
    example = ItemExample(
        content={"prompt": "Explain <gravity>", "a": {"text": "It pulls."}, "b": {"text": "It bends & curves."}},
        shows=["Explain &lt;gravity&gt;", "It pulls.", "It bends &amp; curves.", 'data-part="b"'],
        wrong=[
            {},
            {"a": {"text": "x"}},
            {"a": {"text": "x"}, "b": {}},
            {"a": {"text": "x"}, "b": "y"},
            {"a": {"text": "x"}, "b": {"text": "y", "model": "z"}},
            {"a": {"text": "x"}, "b": {"picture": {"media": "z"}}},
            {"a": {"text": "x"}, "b": {"text": "y"}, "c": {"text": "z"}},
            {"a": {"text": "x"}, "b": {"text": "y"}, "prompt": ""},
        ],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        faults = text_faults(content["prompt"], "prompt") if "prompt" in content else []
        for side in _SIDES:
            faults += _side_faults(content.get(side), side)
        return faults + unknown_faults(content, {"prompt", *_SIDES})

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        prompt = content.get("prompt")
        asked = format_html('<p class="item-prompt" dir="auto" data-part="prompt">{}</p>', prompt) if prompt else ""
        sides = [_side_html(content[side], side) for side in _SIDES]
        return format_html('<div class="item-comparison">{}<div class="item-sides">{}{}</div></div>', asked, *sides)

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        found = {"prompt": Part(role="text", text=content["prompt"])} if content.get("prompt") else {}
        for side in _SIDES:
            if content[side].get("text"):
                found[side] = Part(role="text", text=content[side]["text"])
            if content[side].get("picture"):
                found[f"{side}.picture"] = Part(role="image")
        return found

    @classmethod
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        return [MediaUse(content[side]["picture"], "image") for side in _SIDES if content[side].get("picture")]

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(content.get("prompt") or content.get("a", {}).get("text") or _("Comparison"))


def _side_faults(side: Any, name: str) -> list[str]:
    if not isinstance(side, dict) or not side.keys() & {"text", "picture"}:
        return [_("“%(name)s” is an object with a text or a picture.") % {"name": name}]
    faults = text_faults(side["text"], f"{name}.text") if "text" in side else []
    faults += media_faults(side["picture"], f"{name}.picture") if "picture" in side else []
    return faults + unknown_faults(side, {"text", "picture"})


def _side_html(side: Mapping[str, Any], name: str) -> SafeString:
    text = side.get("text")
    words = format_html('<p class="item-words" dir="auto" data-part="{}">{}</p>', name, text) if text else ""
    picture = picture_html(side["picture"], f"{name}.picture") if side.get("picture") else ""
    return format_html(
        '<section class="item-side"><h3 class="item-side-name">{}</h3>{}{}</section>', name.upper(), picture, words
    )
