"""The metrics that people defined, as classes. A version never changes, so its class is made once a process; which
versions there are is asked anew for each request, in one query, so that two processes agree and a page does not waver."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.db.models import Exists, OuterRef

from evenkeel.ground.log import all_facts

from ..language import Names, read_condition, read_figure, read_weight
from ..metric import DayMetric, Example, Metric
from ..models import Definition, DefinitionVersion, Retirement
from .cells import rows_of
from .kinds import Meaning
from .making import as_current, metric_of, ratio_of
from .said import Said

# An own slug, perhaps with a version. What cannot be one is never asked for.
_SLUG = re.compile(r"(?P<slug>[a-z][a-z0-9_-]*)(?:@(?P<number>[1-9]\d{0,5}))?")
_MOST_KEPT = 2_000
_made: dict[UUID, type[Any]] = {}
_current: dict[UUID, type[Any]] = {}


@dataclass(frozen=True, kw_only=True)
class _Version:
    pk: UUID
    slug: str
    number: int
    sort: str
    is_retired: bool


# What a request has found; None outside of one, where each question is asked anew.
_found: ContextVar[list[list[_Version]] | None] = ContextVar("versions of own metrics", default=None)


def _begin(**_said: Any) -> None:
    _found.set([])


def _end(**_said: Any) -> None:
    _found.set(None)


request_started.connect(_begin, dispatch_uid="measure.definitions.begin")
request_finished.connect(_end, dispatch_uid="measure.definitions.end")


def forget() -> None:
    """What people defined has changed within this request."""
    if _found.get() is not None:
        _found.set([])


def find(slug: str) -> type[Metric] | None:
    """The metric of a slug in its newest version, or of `slug@version`; None when nobody defined it."""
    match = _SLUG.fullmatch(slug)
    if match is None:
        return None
    rows = [row for row in _versions() if row.slug == match["slug"]]
    if match["number"] is not None:
        pk = next((row.pk for row in rows if row.number == int(match["number"])), None)
        return None if pk is None else _classes([pk])[pk]
    return _under_own_name(rows[-1].pk, match["slug"]) if rows else None


def newest(slug: str) -> str:
    """`slug@version` of an own metric's newest version; what is no own metric, or names a version, as it is."""
    found = None if "@" in slug else find(slug)
    return slug if found is None else f"{slug}@{found.number}"  # type: ignore[attr-defined]


def in_use() -> list[type[Metric]]:
    """The newest version of every metric and ratio that is not retired, by slug."""
    of_slug = {row.slug: row.pk for row in _versions() if not row.is_retired}
    _classes(list(of_slug.values()))
    return [_under_own_name(pk, slug) for slug, pk in of_slug.items()]


def versions_in_use() -> list[type[DayMetric]]:
    """Every version of every day metric that is not retired, each under `slug@version`."""
    pks = sorted(row.pk for row in _versions() if row.sort == Definition.METRIC and not row.is_retired)
    made = _classes(pks)
    return [made[pk] for pk in pks]


def _versions() -> list[_Version]:
    """Every version of every metric and ratio, by slug, the newest last."""
    found = _found.get()
    if found:
        return found[0]
    retired = Retirement.objects.filter(definition=OuterRef("definition"), ended_at=None)
    rows = (
        DefinitionVersion.objects.exclude(definition__sort=Definition.POPULATION)
        .annotate(is_retired=Exists(retired))
        .order_by("definition__slug", "number")
        .values_list("pk", "definition__slug", "number", "definition__sort", "is_retired")
    )
    versions = [
        _Version(pk=pk, slug=slug, number=number, sort=sort, is_retired=is_retired)
        for pk, slug, number, sort, is_retired in rows
    ]
    if found is not None:
        found.append(versions)
    return versions


def _under_own_name(pk: UUID, slug: str) -> type[Metric]:
    found = _current.get(pk)
    if found is None:
        found = _current[pk] = as_current(_classes([pk])[pk], slug)
    return found


def _classes(pks: list[UUID]) -> dict[UUID, type[Any]]:
    """The classes of some versions; those not made yet cost one query together."""
    found = {pk: kind for pk in pks if (kind := _made.get(pk)) is not None}
    missing = [pk for pk in pks if pk not in found]
    if missing:
        rows = DefinitionVersion.objects.filter(pk__in=missing).select_related("definition")
        made = {version.pk: class_of(version) for version in rows}
        if len(_made) > _MOST_KEPT:
            _made.clear()
            _current.clear()
        _made.update(made)
        found |= made
    return found


def class_of(version: DefinitionVersion) -> type[Any]:
    """The class of one stored version. It was checked when it was stored, with the populations kept along with it."""
    definition, said = version.definition, Said.of(version)
    slug = f"{definition.slug}@{version.number}"
    if definition.sort == Definition.RATIO:
        return ratio_of(said, slug=slug, number=version.number)
    fact = all_facts()[version.fact]
    plain = Names(fact=fact, populations={})
    named = {name: read_condition(text, plain) for name, text in version.populations.items()}
    names = Names(fact=fact, populations=named)
    meaning = Meaning(
        fact=fact,
        figure=read_figure(said.figure, names),
        population=read_condition(said.population, names) if said.population else None,
        weight=read_weight(said.weight, names) if said.weight else None,
    )
    only = {
        column: str(value)
        for column, value in (
            ("organisation_id", definition.organisation_id), ("programme_id", definition.programme_id),
        )
        if value is not None
    }  # fmt: skip
    example = Example(rows=rows_of(said.rows, fact), value=said.expected or 0.0, n=said.expected_n or 0)
    return metric_of(said, meaning, slug=slug, example=example, only=only, number=version.number)
