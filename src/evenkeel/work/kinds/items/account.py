"""An account: who it says it is, and what it posted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, MediaUse, Part, item_kind, item_kinds, short, text_faults, unknown_faults
from ..media import media_faults, picture_html

_POSTS_LIMIT = 50
_FACTS = ("handle", "joined", "followers", "location")


@item_kind
class Account(ItemKind):
    slug = "account"
    title = gettext_lazy("Account")
    why = gettext_lazy(
        "A profile judged as a whole: its name, its own words, its picture, and the items that it posted."
    )
    example = ItemExample(
        content={
            "name": "Ada <b>",
            "handle": "@ada",
            "bio": "I sell gold & more.",
            "followers": 12,
            "items": [{"kind": "text", "content": {"text": "Buy <now>"}}],
        },
        shows=["Ada &lt;b&gt;", "@ada", "I sell gold &amp; more.", "Buy &lt;now&gt;", 'data-part="items.0.text"'],
        wrong=[
            {},
            {"name": "Ada", "items": "none"},
            {"name": "Ada", "items": [{"kind": "oracle", "content": {}}]},
            {"name": "Ada", "items": [{"kind": "text", "content": {}}]},
            {"name": "Ada", "items": [{"kind": "account", "content": {"name": "Eve"}}]},
            {"name": "Ada", "items": [{"kind": ["text"], "content": {}}]},
            {"name": "Ada", "items": [{"kind": "text", "content": "x"}]},
            {"name": "Ada", "password": "x"},
            {"name": "Ada", "followers": ["x"]},
        ],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        faults = text_faults(content.get("name"), "name")
        if "bio" in content:
            faults += text_faults(content["bio"], "bio")
        if "picture" in content:
            faults += media_faults(content["picture"], "picture")
        for fact in _FACTS:
            if not isinstance(content.get(fact, ""), str | int):
                faults.append(_("“%(name)s” is a text or a number.") % {"name": fact})
        items = content.get("items", [])
        if not isinstance(items, list) or len(items) > _POSTS_LIMIT:
            return [*faults, _("“items” is a list of up to %(n)d objects with kind and content.") % {"n": _POSTS_LIMIT}]
        faults += [fault for place, each in enumerate(items) for fault in _post_faults(each, place)]
        return faults + unknown_faults(content, {"name", "bio", "picture", "items", *_FACTS})

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        titles = {"handle": _("Handle"), "joined": _("Joined"), "followers": _("Followers"), "location": _("Place")}
        facts = format_html_join(
            "",
            "<div><dt>{}</dt><dd>{}</dd></div>",
            ((titles[fact], content[fact]) for fact in _FACTS if content.get(fact) not in (None, "")),
        )
        bio = content.get("bio")
        posts = format_html_join(
            "",
            '<li class="item-post">{}</li>',
            ((_prefixed(each["kind"], each["content"], place),) for place, each in enumerate(content.get("items", []))),
        )
        return format_html(
            '<article class="item-account"><header>{}<div><p class="item-title" dir="auto">{}</p>'
            '<dl class="item-facts">{}</dl>{}</div></header>'
            '<h3 class="item-label">{}</h3><ol class="item-posts">{}</ol></article>',
            picture_html(content["picture"], "picture") if content.get("picture") else "",
            content["name"],
            facts,
            format_html('<p class="item-words" dir="auto" data-part="bio">{}</p>', bio) if bio else "",
            _("Posted") if posts else _("Nothing posted"),
            posts,
        )

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        found = {"bio": Part(role="text", text=content["bio"])} if content.get("bio") else {}
        if content.get("picture"):
            found["picture"] = Part(role="image")
        for place, each in enumerate(content.get("items", [])):
            inner = item_kinds[each["kind"]].parts(each["content"])
            found |= {f"items.{place}.{name}": part for name, part in inner.items()}
        return found

    @classmethod
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        own = [MediaUse(content["picture"], "image")] if content.get("picture") else []
        return own + [
            use for each in content.get("items", []) for use in item_kinds[each["kind"]].media_of(each["content"])
        ]

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(" ".join(str(content[name]) for name in ("name", "handle") if content.get(name)))


def _post_faults(said: Any, place: int) -> list[str]:
    name = f"items.{place}"
    if not isinstance(said, dict) or said.keys() != {"kind", "content"} or not isinstance(said["content"], dict):
        return [_("“%(name)s” is an object with kind and content.") % {"name": name}]
    kind = said["kind"]
    if not isinstance(kind, str) or kind not in item_kinds or kind == "account":
        return [_("“%(name)s.kind” is a kind of item, and no account.") % {"name": name}]
    return [f"{name}: {fault}" for fault in item_kinds[kind].faults(said["content"])]


def _prefixed(kind: str, content: Mapping[str, Any], place: int) -> SafeString:
    html = item_kinds[kind].html(content)
    # The parts of a post are named after their place. Text is escaped, so only our own markup says data-part=".
    return SafeString(html.replace('data-part="', f'data-part="items.{place}.'))
