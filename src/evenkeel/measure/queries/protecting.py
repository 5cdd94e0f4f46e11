"""Who stands behind a figure, and which figures tell of too few people to be shown: one rule for all that is asked.

The rule looks at what can be subtracted, not at the question alone. What narrows a question is treated as what cuts it: a
figure narrowed to a queue may be shown where the breakdown by queues shows it. So no two questions, and no two dashboards,
differ by the work of fewer than five people at one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from evenkeel.ground.access import Actor

from .. import scopes
from ..base import FigureMetric
from ..cuts import BETWEEN, EXTRAS, people_in
from ..models import CutParts, WorkerDayParts
from ..rollup.adding import first_key_of
from ..rules.hiding import PEOPLE_NEEDED, keys_of, over, withheld
from .held import Asked, Place, cut_for, fits, rows_of

__all__ = ["PEOPLE_NEEDED"]


def is_protected(kind: type[FigureMetric], actor: Actor | None) -> bool:
    """Whether figures of few people are hidden from this actor: from whoever may not see single people's figures wherever
    she may see figures, and where the metric is guarded from everybody. None is a caller who has asked already.
    """
    return kind.is_guarded or (actor is not None and not sees_people(actor))


def sees_people(actor: Actor) -> bool:
    """Whether the actor may see single people's figures of everything of which she may see figures.

    A lead of one team who may see the figures of all teams sees people in her own: elsewhere the rule holds for her too.
    """
    if actor.is_system:
        return True
    seen = {(grant.kind, grant.target_id) for grant in actor.grants_for(scopes.PERSON_VIEW)}
    reached = {(grant.kind, grant.target_id) for grant in actor.grants_for(scopes.FIGURE_VIEW)}
    return bool(seen) and ((None, None) in seen or reached <= seen)


def protected(kind: type[FigureMetric], by: Sequence[str], asked: Asked) -> tuple[set[Place], bool]:
    """The places to hide, and whether everything is: then no narrower question gets an answer either."""
    if not _is_asked_of_groups(kind, by, asked):
        return set(), False
    narrowed = [name for name, value in asked.where.items() if value is not None]
    if not by and not narrowed:
        some = _some_people(kind, asked)
        is_hidden = len(some) < PEOPLE_NEEDED
        return ({()} if some and is_hidden else set()), is_hidden
    keys, people = _people_around(kind, by, narrowed, asked)
    fits_where = _fits(asked.where)
    here = {key: who for key, who in people.items() if fits_where(dict(zip(keys, key, strict=True)))}
    places = {key[: len(by)] for key in here}
    if len(set().union(*here.values())) < PEOPLE_NEEDED:
        return places, True
    if narrowed:
        wide = keys_of(narrowed, among=keys)
        if withheld(over(people, keys, wide), wide, by=(), narrowed=narrowed, fits=fits_where):
            return places, True
    rest = [name for name in narrowed if name not in by]
    return withheld(people, keys, by=by, narrowed=rest, fits=fits_where) & places, False


def hidden_points(kind: type[FigureMetric], by: Sequence[str], asked: Asked, *, days: int = 1) -> set[Place]:
    """The points of a series to hide: the first day of a step of so many days (counted back from the end), then the place.

    On some days two of a team of twenty are at work: the point of such a day would tell of them.
    """
    if not _is_asked_of_groups(kind, by, asked):
        return set()
    narrowed = [name for name, value in asked.where.items() if value is not None and name not in by]
    if not by and not narrowed and _is_every_step_shared(kind, asked, days):
        return set()
    keys, daily = _people_around(kind, ("day", *by), narrowed, asked)
    people: defaultdict[Place, set[str]] = defaultdict(set)
    for (day, *place), who in daily.items():
        people[(first_of_step(day, until=asked.until, days=days), *place)] |= who
    return withheld(people, keys, by=("day", *by), narrowed=narrowed, fits=_fits(asked.where))


def _is_every_step_shared(kind: type[FigureMetric], asked: Asked, days: int) -> bool:
    """Whether nobody or enough people stand behind each step of a series: as good as always, and quickly known."""
    first = first_of_step(asked.since, until=asked.until, days=days)
    while first < asked.until:
        step = asked.over(max(first, asked.since), min(first + timedelta(days=days), asked.until))
        if 0 < len(_some_people(kind, step)) < PEOPLE_NEEDED:
            return False
        first += timedelta(days=days)
    return True


def _some_people(kind: type[FigureMetric], asked: Asked) -> set[Any]:
    """Who stands behind a figure, five at most: with a year behind it, looking for all of them took seconds a figure."""
    return set(_personal_rows(kind, asked).values_list("worker_id", flat=True).distinct()[:PEOPLE_NEEDED])


def first_of_step(day: Any, *, until: date, days: int) -> date:
    """The first day of the step that a day lies in; steps are counted back from `until`."""
    return until - timedelta(days=-(-(until - day).days // days) * days)


def _is_asked_of_groups(kind: type[FigureMetric], by: Sequence[str], asked: Asked) -> bool:
    is_personal = asked.is_personal or "worker" in by
    return not is_personal and is_protected(kind, asked.actor) and bool(kind.people_of())


def _people_around(
    kind: type[FigureMetric], by: Sequence[str], narrowed: Sequence[str], asked: Asked
) -> tuple[tuple[str, ...], dict[Place, set[str]]]:
    """Who stands behind each place, over all that the actor could ask for; and what each value of a place's key is."""
    keys = keys_of((*by, *(name for name in narrowed if name not in by)), among=kind.places)
    everywhere = Asked(since=asked.since, until=asked.until, where={}, actor=asked.actor)
    return keys, people_behind(kind, keys, everywhere)


def _fits(where: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a place lies in what narrows a question; by ids and words, as rows of tables are asked for by themselves too."""
    wanted = {
        name: {_sign(one) for one in (value if isinstance(value, (list, tuple, set)) else [value])}
        for name, value in where.items()
        if value is not None
    }
    return lambda said: all(str(said[name]) in some for name, some in wanted.items() if name in said)


def _sign(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def people_behind(kind: type[FigureMetric], by: Sequence[str], asked: Asked) -> dict[Place, set[str]]:
    """Signs of who stands behind the figure of each combination of values: of five people at least, where there are five.

    `day` may be one of `by`.
    """
    slugs = [kind.people_of()]
    extras = asked.extras | (set(by) & EXTRAS.keys())
    found: defaultdict[Place, set[str]] = defaultdict(set)
    if not extras:
        columns = [_column(name) for name in by]
        for worker, *place in _personal_rows(kind, asked).values_list("worker_id", *columns).distinct():
            found[tuple(place)].add(str(worker))
        return dict(found)
    names = cut_for(slugs, extras)
    rows = rows_of(CutParts, slugs, asked, is_personal=False).filter(names=",".join(names)).exclude(n=0)
    columns = [_column(name) for name in by if name not in EXTRAS]
    for signs, values, *place in rows.order_by().values_list("people", "values", *columns).distinct():
        said = dict(zip(names, values.split(BETWEEN), strict=True))
        if fits(said, asked.where):
            ids = dict(zip(columns, place, strict=True))
            found[tuple(said[name] if name in EXTRAS else ids[_column(name)] for name in by)] |= people_in([signs])
    return dict(found)


def _personal_rows(kind: type[FigureMetric], asked: Asked) -> QuerySet[WorkerDayParts]:
    """The rows by person behind a metric. Whose they are is counted, not told: the reach of figures, not that of people's.

    By their keys too, which begin with the day: where no programme narrows the question, no other index leads to the days
    asked for, and the whole history would be looked through. A row taken back to nothing has nobody behind it.
    """
    rows = rows_of(WorkerDayParts, [kind.people_of()], asked, is_personal=False).exclude(n=0)
    return rows.filter(pk__gte=first_key_of(asked.since), pk__lt=first_key_of(asked.until)).order_by()


def _column(name: str) -> str:
    return name if name == "day" else f"{name}_id"
