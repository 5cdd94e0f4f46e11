"""Listings that come a second time: drawn from what buyers saw, with known odds, so that prevalence can be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenkeel.work import NewItem

from .scenario import Scenario
from .world import VIEWS

_EVERY = 8
_ODDS = 0.05
# Logarithms of views: what breaks a rule is taken down long before many have seen it.
_VIEWS_ALLOWED, _VIEWS_ELSE, _SPREAD = 5.5, 1.5, 0.6


def drawn_from_seen(scenario: Scenario, item: NewItem, *, label: str, number: int) -> NewItem:
    """The item as it is, or, every eighth one of an equipped scenario, with its views and the odds with which it was drawn."""
    if not scenario.is_equipped or number % _EVERY:
        return item
    rng = np.random.default_rng([scenario.seed, VIEWS, number])
    views = int(rng.lognormal(_VIEWS_ALLOWED if label == "Allowed" else _VIEWS_ELSE, _SPREAD))
    seen = {"source": "seen by buyers", "views": views, "inclusion_probability": _ODDS}
    return replace(item, attributes={**item.attributes, **seen})
