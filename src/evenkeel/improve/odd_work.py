"""What the looks at how work came about say of an investigation's parts: a ring shows there before any figure names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.quality import looks_among

from .drivers import place_of
from .models import Driver, Investigation

_PEOPLE = ("organisation", "site", "team", "worker")


@dataclass(frozen=True, kw_only=True)
class OddWork:
    """A part, and how many people's work each detector found odd there in the changed window's weeks."""

    title: str
    found: tuple[tuple[Any, int], ...]


def odd_work_of(actor: Actor, investigation: Investigation, drivers: Sequence[Driver]) -> list[OddWork]:
    """Of the investigation's own place and of each listed part that is a place of people, where there is any look.

    For whoever may take looks; empty for everybody else. A look is no cause: it says what is worth looking at there.
    """
    looks = looks_among(actor, since=investigation.since, until=investigation.until)
    if not looks:
        return []
    own = {id_ for name, id_ in place_of(investigation).items() if name in _PEOPLE and id_ is not None}
    # Without a place of people nothing says which of the house's people it is about.
    asked = [(investigation.where_name, own)] if own else []
    for driver in drivers:
        cell = {UUID(part["value"]) for part in driver.cell if part["dimension"] in _PEOPLE and part["value"]}
        if cell:
            asked.append((driver.title, own | cell))
    titles = {look.detector: look.title for look in looks}
    found = []
    for title, places in asked:
        counted = Counter(look.detector for look in looks if places <= look.places)
        if counted:
            found.append(OddWork(title=title, found=tuple((titles[slug], n) for slug, n in sorted(counted.items()))))
    return found
