"""A checked definition as a class of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..metric import Example, day_metric
from .facts import day_of
from .kinds import Meaning, OwnMetric, OwnQuantile, OwnTotal, RatioMetric
from .said import Said

DIGITS = {"percent": 1, "number": 2, "count": 0, "duration_ms": 1}


def metric_of(
    said: Said, meaning: Meaning, *, slug: str, example: Example, only: Mapping[str, str] | None = None, number: int = 0
) -> type[OwnMetric]:
    """The day metric of a definition."""
    bases: Mapping[str, type[OwnMetric]] = {"count": OwnTotal, "sum": OwnTotal, "quantile": OwnQuantile}
    base = bases.get(meaning.figure.estimator, OwnMetric)
    given: dict[str, Any] = {
        **_shared(said, slug, number),
        "formula": _formula(said),
        "grain": _("row of %(fact)s") % {"fact": meaning.fact.name},
        "facts": (meaning.fact,),
        "fact": meaning.fact,
        "at": day_of(meaning.fact),
        "meaning": meaning,
        "example": example,
        "only": dict(only or {}),
    }
    return type(f"Own_{slug}", (base,), given)


def ratio_of(said: Said, *, slug: str, number: int = 0) -> type[RatioMetric]:
    """The ratio of a definition."""
    sides = [day_metric(side) for side in (said.above, said.below)]
    given: dict[str, Any] = {
        **_shared(said, slug, number),
        "formula": f"{said.above} / {said.below}",
        "grain": _("row of either side"),
        "facts": tuple({fact.name: fact for side in sides for fact in side.facts}.values()),
        "example": Example(rows=(), value=0.0, n=0),
        "above": said.above,
        "below": said.below,
        # By what both sides are kept, or a cell would have one of them only.
        "places": tuple(name for name in sides[0].places if name in sides[1].places),
        "kept": tuple(cut for cut in sides[0].kept if cut in sides[1].kept),
    }
    return type(f"Own_{slug}", (RatioMetric,), given)


def as_current(kind: type[Any], slug: str) -> type[Any]:
    """A version's class under the definition's own name."""
    return type(kind.__name__.partition("@")[0], (kind,), {"slug": slug})


def _shared(said: Said, slug: str, number: int) -> dict[str, Any]:
    return {
        "__doc__": said.why, "__module__": __name__, "slug": slug, "title": said.title, "why": said.why, "unit": said.unit,
        "digits": DIGITS[said.unit], "better": said.better, "guard": said.guard, "number": number,
    }  # fmt: skip


def _formula(said: Said) -> str:
    parts = [said.figure]
    if said.population:
        parts.append(f"where {said.population}")
    if said.weight:
        parts.append(f"weighted by {said.weight}")
    return " ".join(parts)
