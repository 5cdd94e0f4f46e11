"""What a question may be narrowed to, and the names of what it is narrowed to: with the reader's rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.measure import FIGURE_VIEW, PERSON_VIEW, TABLES, Dimension, FigureMetric
from evenkeel.policy import POLICY_VIEW, PolicyVersion

from ..rules.questions import Question
from ..words import DIMENSIONS

# A list to choose from is no list of everybody: people are reached by breaking a figure down.
OFFERED: tuple[Dimension, ...] = ("programme", "queue", "organisation", "site", "team")
_MOST = 300
_BESIDE: Mapping[str, str] = {"queue": "programme", "site": "organisation", "team": "site"}


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """One thing that a question is narrowed to, and the question without it."""

    title: Any
    name: str
    dimension: Dimension
    value: UUID | str
    without: Question


def offered(actor: Actor, kind: type[FigureMetric]) -> list[tuple[Dimension, Any, list[tuple[UUID, str]]]]:
    """Everything to choose from: dimension, its title, (id, name); one query a dimension that the metric is kept by."""
    found = []
    for name in (name for name in OFFERED if name in kind.places):
        beside = _BESIDE.get(name)
        rows: Any = _visible(actor, name)
        if beside:
            rows = rows.select_related(beside).order_by(f"{beside}__name", "name")
        choices = [(row.pk, f"{getattr(row, beside)}: {row}" if beside else str(row)) for row in rows[:_MOST]]
        if choices:
            found.append((name, DIMENSIONS[name], choices))
    return found


def narrowings(actor: Actor, question: Question) -> list[Narrowing]:
    """What narrows the question now. A thing that the reader may not see keeps its name to itself."""
    found = []
    for dimension, values in question.narrowed.items():
        names = _names(actor, dimension, values)
        for value in values:
            left = tuple(each for each in values if each != value)
            found.append(
                Narrowing(
                    title=DIMENSIONS[dimension],
                    name=names.get(value, _("something that you may not see")),
                    dimension=dimension,
                    value=value,
                    without=replace(question, narrowed={**question.narrowed, dimension: left}),
                )
            )
    return found


def _names(actor: Actor, dimension: Dimension, values: Sequence[UUID | str]) -> Mapping[UUID | str, str]:
    if dimension in TABLES:
        return {row.pk: str(row) for row in _visible(actor, dimension).filter(pk__in=values)}
    if dimension != "policy_version":
        return {value: str(value) for value in values}
    # By their words: one that is no id names none of them.
    rows = visible(actor, POLICY_VIEW, PolicyVersion.objects.select_related("policy"))
    names = {str(row.pk): str(row) for row in rows}
    return {value: names[str(value)] for value in values if str(value) in names}


def _visible(actor: Actor, dimension: Dimension) -> QuerySet[Any]:
    table: type[Model] = TABLES[dimension]
    return visible(actor, PERSON_VIEW if dimension == "worker" else FIGURE_VIEW, table._default_manager.all())
