"""A query with what was found, one list or two side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, Part, item_kind, short, text_faults, unknown_faults

_RESULTS_LIMIT = 50
_RESULT = {"title": "Keys & locks", "url": "https://example.org/keys", "snippet": "All <about> keys"}


@item_kind
class SearchResults(ItemKind):
    slug = "search_results"
    title = gettext_lazy("Search results")
    why = gettext_lazy("A query with its results, graded one by one; with a second list, compared side by side.")
    example = ItemExample(
        content={
            "query": "open a lock",
            "intent": "Lost key",
            "results": [_RESULT],
            "other": [_RESULT, {"title": "Doors"}],
        },
        shows=["open a lock", "Lost key", "Keys &amp; locks", "All &lt;about&gt; keys", 'data-part="b.1"'],
        wrong=[
            {},
            {"query": "x", "results": []},
            {"query": "x", "results": [{"url": "y"}]},
            {"query": "x", "results": ["y"]},
            {"query": "", "results": [_RESULT]},
            {"query": "x", "results": [_RESULT], "other": {}},
            {"query": "x", "results": [_RESULT | {"rank": 1}]},
        ],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        faults = text_faults(content.get("query"), "query")
        if "intent" in content:
            faults += text_faults(content["intent"], "intent")
        for name in ("results", "other"):
            if name == "results" or name in content:
                faults += _list_faults(content.get(name), name)
        return faults + unknown_faults(content, {"query", "intent", "results", "other"})

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        intent = (
            format_html('<p class="item-intent" dir="auto">{}</p>', content["intent"]) if content.get("intent") else ""
        )
        lists = format_html_join(
            "", "{}", ((_list_html(name, rows, len(list(_lists(content)))),) for name, rows in _lists(content))
        )
        return format_html(
            '<div class="item-search"><p class="item-query"><span class="item-label">{}</span> '
            '<strong dir="auto" data-part="query">{}</strong></p>'
            '{}<div class="item-sides">{}</div></div>',
            _("Query"),
            content["query"],
            intent,
            lists,
        )

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        found = {"query": Part(role="text", text=content["query"])}
        for name, rows in _lists(content):
            found |= {f"{name}.{place}": Part(role="result") for place in range(len(rows))}
        return found

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        return short(str(content.get("query", "")))


def _lists(content: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "a", content["results"]
    if content.get("other"):
        yield "b", content["other"]


def _list_faults(rows: Any, name: str) -> list[str]:
    if not isinstance(rows, list) or not 1 <= len(rows) <= _RESULTS_LIMIT:
        return [_("“%(name)s” is a list of 1 to %(n)d results.") % {"name": name, "n": _RESULTS_LIMIT}]
    faults = []
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            faults.append(_("“%(name)s” is an object with title, url and snippet.") % {"name": f"{name}.{place}"})
            continue
        faults += text_faults(row.get("title"), f"{name}.{place}.title")
        for words in ("url", "snippet"):
            if words in row:
                faults += text_faults(row[words], f"{name}.{place}.{words}")
        faults += unknown_faults(row, {"title", "url", "snippet"})
    return faults


def _list_html(name: str, rows: list[dict[str, Any]], n: int) -> SafeString:
    shown = format_html_join(
        "",
        '<li class="item-result" data-part="{}" data-role="result"><p class="item-result-title" data-title dir="auto">{}</p>'
        '<p class="item-address"><code>{}</code></p><p dir="auto">{}</p><div class="item-slot" data-slot></div></li>',
        (
            (f"{name}.{place}", row["title"], row.get("url", ""), row.get("snippet", ""))
            for place, row in enumerate(rows)
        ),
    )
    heading = format_html('<h3 class="item-side-name">{}</h3>', name.upper()) if n > 1 else ""
    return format_html('<section class="item-side">{}<ol class="item-results">{}</ol></section>', heading, shown)
