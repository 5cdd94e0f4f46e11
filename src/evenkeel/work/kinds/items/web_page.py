"""A web page as it was when it was taken: its text and structure, cleaned. Nothing of it is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, item_kind, short, text_faults, unknown_faults

# Words and their structure. No link leads anywhere, no picture is fetched, no style hides or imitates anything.
_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code",
    "strong", "em", "b", "i", "u", "s", "sub", "sup", "mark", "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_WITHOUT_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "head"}
_CELLS = {"th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}


@item_kind
class WebPage(ItemKind):
    slug = "web_page"
    title = gettext_lazy("Web page")
    why = gettext_lazy(
        "A landing page, an article, a shop: its words and structure as they were, with nothing loaded from it."
    )
    example = ItemExample(
        content={
            "url": "https://example.org/win?a=1&b=2",
            "title": "You won",
            "html": '<h1>Prize</h1><p onclick="x()">Pay <a href="https://evil.example">here</a><img src="https://evil.example/p.gif"></p>'
            "<style>p{color:red}</style><script>x()</script>",
        },
        shows=["https://example.org/win?a=1&amp;b=2", "You won", "<h3>Prize</h3>", "<p>Pay here</p>"],
        wrong=[{}, {"url": "x"}, {"html": "<p>x</p>"}, {"url": "x", "html": ""}, {"url": "x", "html": "y", "css": "z"}],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        faults = text_faults(content.get("url"), "url") + text_faults(content.get("html"), "html")
        if "title" in content:
            faults += text_faults(content["title"], "title")
        return faults + unknown_faults(content, {"url", "title", "html"})

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        return format_html(
            '<article class="item-page"><header><p class="item-title" dir="auto">{}</p>'
            '<p class="item-address"><code>{}</code></p></header>'
            '<div class="item-page-words" dir="auto">{}</div></article>',
            content.get("title") or _("Web page"),
            content["url"],
            _clean(content["html"]),
        )

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(content.get("title") or content.get("url") or _("Web page"))


def _clean(html: str) -> SafeString:
    kept = nh3.clean(
        html, tags=_TAGS, clean_content_tags=_WITHOUT_CONTENT, attributes=_CELLS, url_schemes=set(), link_rel=None
    )
    # The desk's own headings come first: those of the page stand below them.
    for level in (6, 5, 4, 3, 2, 1):
        lower = min(6, level + 2)
        kept = kept.replace(f"<h{level}>", f"<h{lower}>").replace(f"</h{level}>", f"</h{lower}>")
    return SafeString(kept)  # cleaned by nh3 to the tags above, with no attribute but the cells' spans
