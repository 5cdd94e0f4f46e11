"""The catalogue of recommendations: what can be asked for elsewhere, one file a kind in `kinds/recommendations/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evenkeel.ground.catalogue import Catalogue
from evenkeel.policy import Policy

from .models import Investigation

# What a change request says it was opened from.
RECOMMENDATION = "recommendation"


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


def policy_of(found: Investigation) -> Policy | None:
    """The guideline that the investigated work is held to: its queue's, or the only one of the programme; None otherwise."""
    if found.queue is not None:
        return found.queue.policy
    policies = list(Policy.objects.filter(queues__programme_id=found.programme_id).distinct()[:2])
    return policies[0] if len(policies) == 1 else None
