"""The change log: what happened that may explain a figure. Rooms tell of theirs; every chart over time shows what was told.

In a room, imported by its `apps.py`:

    @tells_changes
    def incidents(actor: Actor, span: Span) -> Iterable[Change]: ...

A page asks `changes_between(actor, since=..., until=..., programmes=[...])` and hands the answer to its chart as `marks`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from .access import Actor, reached_models

if TYPE_CHECKING:
    from .charts import Event

M = TypeVar("M", bound=Model)

# A chart with more marks than this says nothing; a teller gives the newest.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that happened at a moment, in words, with the page that tells more."""

    at: datetime
    title: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which changes are asked for: since <= at < until; `programmes` None: whichever the actor may see."""

    since: datetime
    until: datetime
    programmes: Collection[UUID] | None = None

    def within(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that belong to the programmes asked for, along the table's own reach."""
        if self.programmes is None:
            return rows
        path = reached_models()[rows.model]["programme"]
        if path is None:
            return rows.none()
        # Through a subquery: a path over many rows would repeat a change.
        ids = rows.model._default_manager.filter(**{f"{path}__in": list(self.programmes)}).values("pk")
        return rows.filter(pk__in=ids)


Teller = Callable[[Actor, Span], Iterable[Change]]
_tellers: list[Teller] = []


def tells_changes(teller: Teller) -> Teller:
    """Register a function that tells of one sort of change, as far as the actor may see it."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def changes_between(
    actor: Actor, *, since: date, until: date, programmes: Collection[UUID] | None = None
) -> list[Change]:
    """What happened on since <= day < until (days in UTC), in order of time; about one query a teller."""
    span = Span(since=_midnight(since), until=_midnight(until), programmes=programmes)
    found = [change for teller in _tellers for change in teller(actor, span)]
    return sorted(found, key=lambda change: (change.at, change.title))


def marks(changes: Iterable[Change]) -> list[Event]:
    """Changes as marks of a chart, one a day: what fell on the same day is told together."""
    from .charts import Event

    by_day: defaultdict[date, list[Change]] = defaultdict(list)
    for change in changes:
        by_day[change.at.astimezone(UTC).date()].append(change)
    return [Event(x=day, label=_told(found), href=found[0].url) for day, found in sorted(by_day.items())]


def _told(found: Sequence[Change]) -> str:
    if len(found) == 1:
        return found[0].title
    return _("%(n)d changes: %(titles)s") % {"n": len(found), "titles": "; ".join(each.title for each in found)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
