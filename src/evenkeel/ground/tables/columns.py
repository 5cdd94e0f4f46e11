"""Columns: what a cell shows, how its rows are sorted, what an export writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..templatetags import estimates, marks, moments
from ..templatetags.wording import DASH, KINDS, value_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NUMBERS = (*KINDS, "estimate")
PLAIN = ("text", "code", "badge", "person", "moment", "day", "yes_no", "progress", "sparkline")
Sort = str | Sequence[str] | bool | Callable[[Any], Any] | None


@dataclass(frozen=True)
class Column:
    """One column. `name` is the path to the value (`programme.title`), and the heading of an export.

    `sort` is a path of the database (or several), or True for rows that are plain objects. `of` is the kind of an
    estimate's figures. `optional` columns wait until somebody chooses them.
    """

    name: str
    title: StrOrPromise
    value: Callable[[Any], Any] | None = None
    sort: Sort = None
    link: Callable[[Any], str | None] | None = None
    kind: str = "text"
    of: str = "percent"
    tone: Callable[[Any], str] | str = "quiet"
    digits: int | None = None
    unit: str = ""
    currency: str = ""
    bar: bool = False
    help: StrOrPromise = ""
    optional: bool = False
    is_heading: bool = False
    export: bool = True

    def __post_init__(self) -> None:
        if self.kind not in NUMBERS + PLAIN:
            raise ValueError(f"a column's kind is one of {', '.join(NUMBERS + PLAIN)}, not {self.kind!r}")
        if self.of not in KINDS:
            raise ValueError(f"an estimate is of {', '.join(KINDS)}, not {self.of!r}")

    @property
    def slug(self) -> str:
        """The name as it stands in addresses and exports."""
        return self.name.replace(".", "_").replace("__", "_")

    @property
    def css(self) -> str:
        """Figures stand at the end of the cell, under each other; words at its start."""
        if self.kind in NUMBERS:
            return "end"
        return "words" if self.is_heading else ""

    def value_of(self, row: Any) -> Any:
        """The value that a row has here."""
        return self.value(row) if self.value is not None else at_path(row, self.name)

    def cell(self, row: Any, *, now: datetime | None = None) -> SafeString:
        """The value as HTML, linked when the column links."""
        value = self.value_of(row)
        href = (self.link(row) if self.link is not None else None) or ""
        if self.kind == "estimate":
            return estimates.estimate(
                value,
                kind=self.of,
                href=href,
                digits=self.digits,
                unit=self.unit,
                currency=self.currency,
                bar=self.bar,
                plain=True,
            )
        if self.kind == "person":
            return marks.person(value, href=href)
        shown = self._shown(row, value, now)
        return format_html('<a href="{}">{}</a>', href, shown) if href else shown

    def _shown(self, row: Any, value: Any, now: datetime | None) -> SafeString:
        if value is None or value == "":
            return format_html('<span class="muted">{}</span>', DASH)
        if self.kind in KINDS:
            text = value_text(value, kind=self.kind, digits=self.digits, unit=self.unit, currency=self.currency)
            return format_html("{}", text)
        if self.kind == "badge":
            return marks.badge(value, tone=self.tone(row) if callable(self.tone) else self.tone)
        if self.kind == "moment":
            return moments.moment(value, now=now)
        if self.kind == "day":
            return moments.day(value)
        if self.kind == "yes_no":
            return format_html("{}", _("yes") if value else _("no"))
        if self.kind == "progress":
            return marks.progress(value[0], value[1], str(self.title))
        if self.kind == "sparkline":
            return marks.sparkline(value, label=str(self.title), kind=self.of)
        return format_html("<code>{}</code>" if self.kind == "code" else "{}", value)

    def export_names(self) -> list[str]:
        """The headings that this column has in an export."""
        if self.kind == "estimate":
            return [self.slug, *(f"{self.slug}_{part}" for part in ("low", "high", "n", "method"))]
        return [f"{self.slug}_done", f"{self.slug}_all"] if self.kind == "progress" else [self.slug]

    def export_values(self, row: Any) -> list[Any]:
        """The values behind those headings: whole figures, ISO moments, no markup."""
        value = self.value_of(row)
        if self.kind == "estimate":
            return [plain(part_of(value, part)) for part in ("value", "low", "high", "n", "method")]
        if self.kind == "progress":
            return [plain(part) for part in value or (None, None)]
        if self.kind == "person":
            return [None if value is None else marks.name_of(value)]
        return [plain(value)]


def at_path(row: Any, path: str) -> Any:
    """The value at a path of attributes or keys; None where the path ends early."""
    for part in path.replace("__", ".").split("."):
        if row is None:
            return None
        row = row[part] if isinstance(row, dict) else getattr(row, part)
        if callable(row) and not isinstance(row, type):
            row = row()
    return row


def part_of(estimate: Any, part: str) -> Any:
    """A field of an estimate, which may be an object or a mapping."""
    return estimate.get(part) if isinstance(estimate, dict) else getattr(estimate, part, None)


def plain(value: Any) -> Any:
    """A value that CSV and JSON can hold: nothing for what is not known, ISO for time, text for the rest."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return strip_tags(value) if isinstance(value, SafeString) else str(value)
