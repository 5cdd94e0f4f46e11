"""Who stands behind a figure, and which figures tell of too few people to be shown: one rule for all that is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from evenkeel.ground.access import Actor

from .. import scopes
from ..base import FigureMetric
from ..cuts import BETWEEN, EXTRAS, people_in
from ..models import CutParts, WorkerDayParts
from ..rollup.adding import first_key_of
from .held import Asked, Place, cut_for, fits, rows_of

# Fewer people behind a group's figure, and it tells of single people.
PEOPLE_NEEDED = 5
P = TypeVar("P", bound=Hashable)


def hidden_places(people: Mapping[P, set[str]]) -> set[P]:
    """The places behind whose figure stand too few people, and those that must be hidden along with them.

    Whoever knows the total takes the places shown from it and is left with those hidden, so these must be enough people
    together; the smallest of the others are hidden along until they are.

    >>> sorted(hidden_places({"a": set("12"), "b": set("345678"), "c": set("ABCDEFGH")}))
    ['a', 'b']
    >>> sorted(hidden_places({"a": set("12"), "b": set("345"), "c": set("ABCDEFGH")}))
    ['a', 'b']
    """
    hidden = {place for place, who in people.items() if len(who) < PEOPLE_NEEDED}
    rest = sorted(
        (place for place in people if place not in hidden), key=lambda place: (len(people[place]), str(place))
    )
    for place in rest:
        if not hidden or len(set().union(*(people[each] for each in hidden))) >= PEOPLE_NEEDED:
            break
        hidden.add(place)
    return hidden


def is_protected(kind: type[FigureMetric], actor: Actor | None) -> bool:
    """Whether figures of few people are hidden from this actor: from whoever may not see single people's figures, and where
    the metric is guarded from everybody. None is a caller who has asked already.
    """
    return kind.is_guarded or (actor is not None and not actor.has(scopes.PERSON_VIEW))


def protected(kind: type[FigureMetric], by: Sequence[str], asked: Asked) -> tuple[set[Place], bool]:
    """The places to hide, and whether everything is: then no narrower question gets an answer either."""
    is_personal = asked.is_personal or "worker" in by
    if is_personal or not is_protected(kind, asked.actor) or not kind.people_of():
        return set(), False
    if not by and not asked.extras:
        # Enough of them are enough: with a year behind it, looking for all of them took seconds a figure.
        some = set(_personal_rows(kind, asked).values_list("worker_id", flat=True).distinct()[:PEOPLE_NEEDED])
        is_hidden = len(some) < PEOPLE_NEEDED
        return ({()} if some and is_hidden else set()), is_hidden
    people = people_behind(kind, by, asked)
    if len(set().union(*people.values())) < PEOPLE_NEEDED:
        return set(people), True
    return hidden_places(people), False


def people_behind(kind: type[FigureMetric], by: Sequence[str], asked: Asked) -> dict[Place, set[str]]:
    """Signs of who stands behind the figure of each combination of values: of five people at least, where there are five."""
    slugs = [kind.people_of()]
    extras = asked.extras | (set(by) & EXTRAS.keys())
    found: defaultdict[Place, set[str]] = defaultdict(set)
    if not extras:
        columns = [f"{name}_id" for name in by]
        for worker, *place in _personal_rows(kind, asked).values_list("worker_id", *columns).distinct():
            found[tuple(place)].add(str(worker))
        return dict(found)
    names = cut_for(slugs, extras)
    rows = rows_of(CutParts, slugs, asked, is_personal=False).filter(names=",".join(names)).exclude(n=0)
    columns = [f"{name}_id" for name in by if name not in EXTRAS]
    for signs, values, *place in rows.order_by().values_list("people", "values", *columns).distinct():
        said = dict(zip(names, values.split(BETWEEN), strict=True))
        if fits(said, asked.where):
            ids = dict(zip(columns, place, strict=True))
            found[tuple(said[name] if name in EXTRAS else ids[f"{name}_id"] for name in by)] |= people_in([signs])
    return dict(found)


def _personal_rows(kind: type[FigureMetric], asked: Asked) -> QuerySet[WorkerDayParts]:
    """The rows by person behind a metric. Whose they are is counted, not told: the reach of figures, not that of people's.

    By their keys too, which begin with the day: where no programme narrows the question, no other index leads to the days
    asked for, and the whole history would be looked through.
    """
    rows = rows_of(WorkerDayParts, [kind.people_of()], asked, is_personal=False)
    return rows.filter(pk__gte=first_key_of(asked.since), pk__lt=first_key_of(asked.until)).order_by()
