"""The table: reads the request, keeps the rows that match, cuts the page, knows the address of every other view of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.safestring import SafeString

from ..templatetags.moments import now_of
from .columns import Column
from .export import FORMATS
from .filters import Filter
from .source import COUNTED_TO, Count, Source, source_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What a table without rows says: what would be here, and how it gets here."""

    title: StrOrPromise
    body: StrOrPromise = ""
    icon: str = "inbox"
    action: StrOrPromise = ""
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell."""

    column: Column
    html: SafeString


@dataclass(frozen=True)
class Row:
    """One row: what it was made of, and its cells."""

    source: Any
    cells: tuple[Cell, ...]
    css: str = ""

    @property
    def pk(self) -> Any:
        """The value of its checkbox."""
        return (
            self.source.get("pk", self.source.get("id"))
            if isinstance(self.source, dict)
            else getattr(self.source, "pk", None)
        )


@dataclass(frozen=True)
class Heading:
    """A column's head: where its link leads and how the rows are sorted by it now (ascending, descending or not)."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class ShownFilter:
    """A filter with the value it has now."""

    filter: Filter
    value: Any
    id: str
    names: list[str]

    @property
    def text(self) -> str:
        """What was typed."""
        return self.value or ""

    @property
    def days(self) -> list[tuple[str, str]]:
        """Parameter and value of both ends of a period."""
        ends = self.value or (None, None)
        return [(name, end.isoformat() if end else "") for name, end in zip(self.names, ends, strict=True)]


class Table:
    """A table over a queryset or a sequence. See the package for the common use, and `Column` for the columns.

    `key` sets two tables on one page apart. `default_sort` is a column's name, with - for descending.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any] | Sequence[Any],
        *,
        columns: Sequence[Column],
        title: StrOrPromise,
        filters: Sequence[Filter] = (),
        default_sort: str = "",
        export_name: str | None = None,
        empty: Empty | None = None,
        key: str = "",
        page_size: int = PAGE_SIZES[0],
        selectable: bool = False,
        row_class: Callable[[Any], str] | None = None,
    ):
        if not any(column.is_heading for column in columns):
            columns = [replace(columns[0], is_heading=True), *columns[1:]]
        self.request, self.title, self.key = request, title, key
        # A copy of each filter, because it remembers its choices and a page may keep its filters in a constant.
        self.all_columns, self.filters = list(columns), [replace(each) for each in filters]
        self.default_sort, self.export_name, self.empty = default_sort, export_name, empty
        self.selectable, self.row_class = selectable, row_class
        self.prefix = f"{key}-" if key else ""
        self.id = f"table-{key or 'main'}"
        self.form_id = f"{self.id}-selected"
        self.default_page_size = page_size
        self._given = rows

    # ---------------------------------------------------------------- what was asked for

    @property
    def sent(self) -> QueryDict:
        return self.request.GET

    @cached_property
    def filter_values(self) -> dict[str, Any]:
        """The filters that are in use, by name."""
        values = {each.name: each.read(self.sent, self.prefix) for each in self.filters}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def is_filtered(self) -> bool:
        return bool(self.filter_values)

    @cached_property
    def sort(self) -> tuple[Column, bool] | None:
        """The column that sorts, and whether downwards. An unknown name is passed over for the default."""
        for asked in (self.sent.get(f"{self.prefix}sort", ""), self.default_sort):
            name = asked.removeprefix("-")
            for column in self.all_columns:
                if column.sort and name in (column.slug, column.name):
                    return column, asked.startswith("-")
        return None

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that are shown: those chosen, or all that are not optional. Headings always are."""
        chosen = set(self.sent.getlist(f"{self.prefix}columns"))
        picked = [column for column in self.all_columns if column.slug in chosen or column.is_heading]
        if any(not column.is_heading for column in picked):
            return picked
        return [column for column in self.all_columns if not column.optional or column.is_heading]

    @property
    def has_chosen_columns(self) -> bool:
        return f"{self.prefix}columns" in self.sent

    @cached_property
    def page_size(self) -> int:
        asked = self.sent.get(f"{self.prefix}size", "")
        return int(asked) if asked in map(str, PAGE_SIZES) else self.default_page_size

    # ---------------------------------------------------------------- rows

    @cached_property
    def _source(self) -> Source:
        source = source_of(self._given)
        for each in self.filters:
            if each.name in self.filter_values:
                source = source.narrowed(each, self.filter_values[each.name])
        if self.sort is not None:
            source = source.sorted_by(self.sort[0], is_down=self.sort[1])
        return source

    @cached_property
    def count(self) -> Count:
        """How many rows match; beyond COUNTED_TO only that there are more."""
        return self._source.count()

    @property
    def last_page(self) -> int:
        return max(1, -(-self.count.value // self.page_size))

    @cached_property
    def page(self) -> int:
        asked = self.sent.get(f"{self.prefix}page", "")
        return min(max(1, int(asked)), self.last_page) if asked.isdecimal() and len(asked) < 9 else 1

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of this page, rendered."""
        start = (self.page - 1) * self.page_size
        now = now_of(self.request)
        return [
            Row(
                source,
                tuple(Cell(column, column.cell(source, now=now)) for column in self.columns),
                self.row_class(source) if self.row_class is not None else "",
            )
            for source in self._source.cut(start, start + self.page_size)
        ]

    @property
    def first_row(self) -> int:
        return (self.page - 1) * self.page_size + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1

    @property
    def is_cut_off(self) -> bool:
        """Whether this is the last page that can be turned to while there are more rows."""
        return self.count.is_more and self.page == self.last_page

    counted_to = COUNTED_TO

    # ---------------------------------------------------------------- addresses

    def url(self, **changes: Any) -> str:
        """The address of this page with some of this table's parameters changed; None leaves one out."""
        query = self.sent.copy()
        for name, value in changes.items():
            query.pop(self.prefix + name, None)
            if value is not None:
                query.setlist(
                    self.prefix + name, [str(one) for one in value] if isinstance(value, list) else [str(value)]
                )
        return f"?{query.urlencode()}"

    def headings(self) -> Iterator[Heading]:
        for column in self.columns:
            is_sorting = self.sort is not None and self.sort[0] is column
            is_down = is_sorting and self.sort is not None and self.sort[1]
            url = (
                self.url(sort=column.slug if is_down or not is_sorting else f"-{column.slug}", page=None)
                if column.sort
                else ""
            )
            yield Heading(column, url, ("descending" if is_down else "ascending") if is_sorting else "")

    def page_urls(self) -> dict[str, str]:
        """Addresses of the first, previous, next and last page, where there are such."""
        targets = {"first": 1, "previous": self.page - 1, "next": self.page + 1, "last": self.last_page}
        return {
            name: self.url(page=target) if 1 <= target <= self.last_page and target != self.page else ""
            for name, target in targets.items()
        }

    def size_urls(self) -> list[tuple[int, str]]:
        return [(size, self.url(size=size, page=None)) for size in sorted({*PAGE_SIZES, self.default_page_size})]

    def export_urls(self) -> list[tuple[str, str]]:
        return [(name.upper(), self.url(export=name)) for name in FORMATS] if self.export_name else []

    def clear_url(self) -> str:
        """The same view without filters."""
        return self.url(**{name: None for each in self.filters for name in each.names()}, page=None)

    def reset_columns_url(self) -> str:
        return self.url(columns=None)

    # ---------------------------------------------------------------- forms

    def shown_filters(self) -> list[ShownFilter]:
        return [
            ShownFilter(
                each,
                self.filter_values.get(each.name),
                f"{self.id}-{each.name}",
                [self.prefix + name for name in each.names()],
            )
            for each in self.filters
        ]

    def column_choices(self) -> list[tuple[Column, bool]]:
        """The columns that may be left out, and whether they are shown."""
        return [(column, column in self.columns) for column in self.all_columns if not column.is_heading]

    def kept_by_filters(self) -> list[tuple[str, str]]:
        """Parameters that the filter form must carry along."""
        own = {self.prefix + name for each in self.filters for name in each.names()} | {f"{self.prefix}page"}
        return [(name, value) for name, values in self.sent.lists() if name not in own for value in values]

    def kept_by_columns(self) -> list[tuple[str, str]]:
        """Parameters that the form of the columns must carry along."""
        return [
            (name, value) for name, values in self.sent.lists() if name != f"{self.prefix}columns" for value in values
        ]

    # ---------------------------------------------------------------- export

    def export(self) -> HttpResponseBase | None:
        """The file that was asked for by ?export=csv|json, as a stream of all rows that match; None for a page."""
        write = FORMATS.get(self.sent.get(f"{self.prefix}export", "")) if self.export_name else None
        if write is None or self.export_name is None:
            return None
        return write(
            self.export_name,
            [column for column in self.all_columns if column.export and column.kind != "sparkline"],
            self._source.all(),
        )
