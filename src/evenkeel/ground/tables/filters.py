"""Filters of a table. Each reads its own parameters, and narrows a queryset or judges a plain row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from .columns import at_path

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Filter:
    """What all filters share: a name in the address and a title for people."""

    name: str
    title: StrOrPromise
    shape: ClassVar[str] = ""

    def names(self) -> list[str]:
        """The parameters that this filter reads."""
        return [self.name]

    def read(self, sent: QueryDict, prefix: str) -> Any:
        """The value that was sent, or None when none was or it makes no sense: an old link must not fail."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows of the database that remain."""
        raise NotImplementedError

    def keeps(self, row: Any, value: Any) -> bool:
        """Whether a plain row remains."""
        raise NotImplementedError


@dataclass(frozen=True)
class TextFilter(Filter):
    """Rows in which every word that was typed stands in one of `fields`."""

    fields: Sequence[str] = ()
    shape: ClassVar[str] = "text"

    def read(self, sent: QueryDict, prefix: str) -> str | None:
        # NUL is no text to PostgreSQL, and more words than this are no search.
        return sent.get(prefix + self.name, "").replace("\0", "").strip()[:200] or None

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in value.split():
            found = Q()
            for path in self.fields or (self.name,):
                found |= Q(**{f"{path.replace('.', '__')}__icontains": word})
            rows = rows.filter(found)
        return rows

    def keeps(self, row: Any, value: str) -> bool:
        texts = [str(at_path(row, path) or "").casefold() for path in self.fields or (self.name,)]
        return all(any(word.casefold() in text for text in texts) for word in value.split())


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """Rows whose `field` (the filter's name unless said) is one of the choices, which may be a function."""

    choices: Choices | Callable[[], Iterable[tuple[Any, Any]]] = ()
    field: str = ""
    multiple: bool = False
    test: Callable[[Any, str], bool] | None = None
    shape: ClassVar[str] = "choice"

    @cached_property
    def options(self) -> list[tuple[str, Any]]:
        """Value and words of each choice; a function is asked once a table."""
        found = self.choices() if callable(self.choices) else self.choices
        return [(str(value), words) for value, words in found if value not in (None, "")]

    def read(self, sent: QueryDict, prefix: str) -> list[str] | None:
        known = {value for value, _words in self.options}
        chosen = [value for value in sent.getlist(prefix + self.name) if value in known]
        return (chosen if self.multiple else chosen[:1]) or None

    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(**{f"{(self.field or self.name).replace('.', '__')}__in": value})

    def keeps(self, row: Any, value: list[str]) -> bool:
        if self.test is not None:
            return any(self.test(row, one) for one in value)
        return str(at_path(row, self.field or self.name)) in value


@dataclass(frozen=True)
class PeriodFilter(Filter):
    """Rows from one day to another, both included, in the reader's zone. `is_day` for columns that hold days, not moments."""

    field: str = ""
    is_day: bool = False
    shape: ClassVar[str] = "period"

    def names(self) -> list[str]:
        return [f"{self.name}_from", f"{self.name}_to"]

    def read(self, sent: QueryDict, prefix: str) -> tuple[date | None, date | None] | None:
        first, last = (_day(sent.get(prefix + name, "")) for name in self.names())
        return (first, last) if first or last else None

    def narrow(self, rows: QuerySet[Any], value: tuple[date | None, date | None]) -> QuerySet[Any]:
        path = (self.field or self.name).replace(".", "__")
        first, until = self._ends(value)
        if first is not None:
            rows = rows.filter(**{f"{path}__gte": first})
        return rows if until is None else rows.filter(**{f"{path}__lt": until})

    def keeps(self, row: Any, value: tuple[date | None, date | None]) -> bool:
        at = at_path(row, self.field or self.name)
        first, until = self._ends(value)
        return at is not None and (first is None or first <= at) and (until is None or at < until)

    def _ends(self, value: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
        """Both ends, half-open."""
        first, last = value
        until = last + timedelta(days=1) if last and last < date.max else None
        return (first, until) if self.is_day else (_midnight(first), _midnight(until))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # well formed, but there is no 31 June
        return None


def _midnight(on: date | None) -> datetime | None:
    return None if on is None else timezone.make_aware(datetime.combine(on, time()))
