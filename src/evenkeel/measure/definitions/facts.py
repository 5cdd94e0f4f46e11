"""The facts that a definition may read: those whose rows say by whom, where and in what they were made."""

from __future__ import annotations

from evenkeel.ground.log import Fact, all_facts

from ..metric import DIMENSIONS


def facts_offered() -> dict[str, Fact]:
    """By name: every fact with all the dimensions by which figures are cut."""
    return {name: fact for name, fact in all_facts().items() if set(DIMENSIONS) <= set(fact.columns)}


def day_of(fact: Fact) -> str:
    """The column whose day a row belongs to: that of the decision where there is one, whenever it was judged."""
    return "decided_at" if "decided_at" in fact.columns else fact.at


def usual_weight(fact: Fact) -> str:
    """What a row weighs unless somebody says otherwise: a drawn row stands for 1 / its odds."""
    return "1 / pi" if "pi" in fact.columns else ""
