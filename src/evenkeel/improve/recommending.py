"""The catalogue of recommendations: what can be asked for elsewhere, one file a kind in `kinds/recommendations/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evenkeel.ground.catalogue import Catalogue

from .models import Investigation


@dataclass(frozen=True, kw_only=True)
class RecommendationKind:
    """A kind of thing that can be asked for. `opens` gives the page where it is done; "" where this install has none."""

    slug: str
    title: Any
    why: Any
    example: Any
    opens: Callable[[Investigation], str]


RECOMMENDATIONS: Catalogue[RecommendationKind] = Catalogue(
    "recommendation", package="evenkeel.improve.kinds.recommendations"
)
