"""Metrics as definitions, and units as they stand beside figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.measure import day_metric

from .sheet import Definition


def definitions_of(slugs: Sequence[str]) -> list[Definition]:
    """What each metric means, in the order asked for."""
    return [_definition(day_metric(slug)) for slug in slugs]


def unit_of(slug: str) -> str:
    """The unit of a metric's figures: percent (a share from 0 to 1), count, number or duration_ms."""
    return str(day_metric(slug).unit)


def title_of(slug: str) -> str:
    """The metric's name for people."""
    return str(day_metric(slug).title)


def _definition(kind: Any) -> Definition:
    method, level = _interval_of(kind)
    population = _("One row is one %(grain)s of %(facts)s.") % {
        "grain": kind.grain,
        "facts": ", ".join(fact.name for fact in kind.facts),
    }
    return Definition(
        metric=kind.slug,
        title=str(kind.title),
        meaning=str(kind.why),
        formula=kind.formula,
        unit=str(kind.unit),
        better=str(kind.better),
        interval=_("%(method)s, %(level)d %%") % {"method": method, "level": round(level * 100)},
        population=population,
        guard_rail=kind.guard,
        version=kind.version,
        source=kind.source,
    )


@lru_cache(maxsize=1_000)
def _interval_of(kind: Any) -> tuple[str, float]:
    """Method and level of a metric's intervals, as its example has them: working all examples out takes seconds."""
    example = kind.try_example()
    return example.method, example.level
