"""How finely rows may say where they come from, so that no place tells of fewer than k people.

Rows without names still tell of somebody where a team has one member. Places form a tree (programme, organisation, queue,
site, team). A programme behind whose rows stand fewer than k people is left out; below it a place is told apart from its
siblings only if all of them have k people: one alone left unnamed would be known by what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

PEOPLE_NEEDED = 5
LEVELS = ("programme_id", "organisation_id", "queue_id", "site_id", "team_id")
Place = tuple[str | None, ...]


def shown_places(people: Mapping[Place, Collection[str]], *, needed: int = PEOPLE_NEEDED) -> dict[Place, Place | None]:
    """What each place may say of itself: itself, itself with its finer parts empty, or None for "leave its rows out".

    `people` holds who stands behind each place, which is one value for each of the levels there are, from the coarsest.
    Where what is left out tells of fewer than `needed` people together, the next smallest goes with it, as in evaluations.

    >>> five, one = {"a", "b", "c", "d", "e"}, {"f"}
    >>> shown_places({("P", "red"): five, ("P", "blue"): one})
    {('P', 'red'): ('P', None), ('P', 'blue'): ('P', None)}
    """
    tops: defaultdict[Place, set[str]] = defaultdict(set)
    for place, workers in people.items():
        tops[place[:1]].update(workers)
    hidden = {top for top, workers in tops.items() if len(workers) < needed}
    rest = sorted(tops.keys() - hidden, key=lambda top: (len(tops[top]), str(top)))
    while hidden and rest and len(set().union(*(tops[top] for top in hidden))) < needed:
        hidden.add(rest.pop(0))
    shown: dict[Place, Place | None] = {place: None for place in people if place[:1] in hidden}
    for top in rest:
        inside = {place: set(workers) for place, workers in people.items() if place[:1] == top}
        shown |= _split(inside, depth=1, needed=needed)
    return {place: shown[place] for place in people}


def _split(people: Mapping[Place, set[str]], *, depth: int, needed: int) -> dict[Place, Place | None]:
    size = len(next(iter(people)))
    if depth == size:
        return {place: place for place in people}
    parts: defaultdict[Place, dict[Place, set[str]]] = defaultdict(dict)
    for place, workers in people.items():
        parts[place[: depth + 1]][place] = workers
    if any(len(set().union(*part.values())) < needed for part in parts.values()):
        return {place: (*place[:depth], *(None,) * (size - depth)) for place in people}
    found: dict[Place, Place | None] = {}
    for part in parts.values():
        found |= _split(part, depth=depth + 1, needed=needed)
    return found
