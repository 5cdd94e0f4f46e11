"""Parts that order a page: tabs, key-value lists, toasts; and the door to charts and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

library = Library()


@dataclass(frozen=True)
class Tab:
    """One tab; each is a page of its own, so that it can be linked, reloaded and opened beside another."""

    title: object
    url: str
    is_current: bool = False
    count: int | None = None


@library.simple_tag
def tabs(items: Iterable[Tab | Mapping[str, Any]], *, label: object) -> SafeString:
    """A row of links to the sides of one thing."""
    return render_to_string("ground/parts/tabs.html", {"items": list(items), "label": label})


@library.simple_tag
def key_values(
    pairs: Mapping[object, object] | Iterable[tuple[object, object]], *, compact: bool = False
) -> SafeString:
    """A list of names and what they are."""
    found = list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)
    return render_to_string("ground/parts/key_values.html", {"pairs": found, "compact": compact})


@library.simple_tag
def exports(files: Iterable[tuple[object, str]] = (), *, pages: Iterable[tuple[object, str]] = ()) -> SafeString:
    """The one button by which a page leaves: its files (title, address), pages where further ones are made, and print.

    Stands last among a page's actions.
    """
    return render_to_string("ground/parts/exports.html", {"files": list(files), "pages": list(pages)})


@library.simple_tag(takes_context=True)
def table(context: Context, table: Any, *, exports: bool = True) -> SafeString:
    """A `ground.tables.Table`; without `exports` where the page's own button has them."""
    said = {"table": table, "request": context.get("request"), "has_exports": exports}
    return render_to_string("ground/parts/table.html", said)


@library.simple_tag
def chart(chart: Any, *, title: bool = True) -> SafeString:
    """A `ground.charts.Chart` and, folded away, the table of the same numbers and what its marks stand for."""
    from evenkeel.ground import charts  # numpy and the marks load only where a page has a chart
    from evenkeel.ground.charts.words import place

    numbers = charts.to_table(chart)
    said = {"chart": chart, "svg": SafeString(charts.to_svg(chart)), "show_title": title, "header": numbers.header}
    rows = list(zip(numbers.texts, numbers.hrefs, strict=True))
    marks = [(place(mark.x), mark) for mark in getattr(chart, "events", ())]
    return render_to_string("ground/parts/chart.html", {**said, "rows": rows, "marks": marks})


@library.simple_block_tag
def captured(content: str) -> str:
    """`{% captured as name %}...{% endcaptured %}`: render once, show in several places; blank when there is only space."""
    return SafeString(content.strip())
