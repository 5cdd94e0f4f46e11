"""Which figures tell of too few people: those with few behind them, and those from which such a one could be worked out.

Plain values. Whoever is shown a total and all of its parts but one knows that one too. So with a part that is hidden others
are hidden, at least two parts and `PEOPLE_NEEDED` people, in every total that can be asked for; what lies in something hidden
is hidden; and where nothing is left to hide along, the total itself is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

Place = tuple[Any, ...]
People = Mapping[Place, set[str]]
# The dimensions of a table, as positions in the keys of the finest.
_Table = tuple[int, ...]
_Tables = dict[_Table, dict[Place, set[str]]]
_Groups = Mapping[tuple[_Table, _Table], Mapping[Place, Sequence[Place]]]
# Fewer people behind a group's figure, and it tells of single people.
PEOPLE_NEEDED = 5
# What lies around a place: whoever may ask for the place may ask for these too.
_AROUND: Mapping[str, tuple[str, ...]] = {
    "team": ("site", "organisation"),
    "site": ("organisation",),
    "queue": ("programme",),
}


def hidden_places(people: People) -> set[Place]:
    """The places to hide. `people` holds who stands behind each, a value for each dimension.

    >>> sorted(hidden_places({("a",): set("12"), ("b",): set("345678"), ("c",): set("ABCDEFGH")}))
    [('a',), ('b',)]

    Two teams of a site, though together with another site's they were enough: the site's total is known.

    >>> few, many, far, away = set("12"), set("345678"), set("ABCDEFGH"), set("JKLMN")
    >>> sorted(hidden_places({("a", "S"): few, ("b", "S"): many, ("c", "T"): far, ("d", "T"): away}))
    [('a', 'S'), ('b', 'S')]
    """
    if not people or min(map(len, people.values())) >= PEOPLE_NEEDED:
        return set()
    tables = _tables(people)
    hidden = {chosen: {place for place, who in table.items() if _is_few(who)} for chosen, table in tables.items()}
    # The finest first: what is hidden along within a site is enough for all sites too, most often.
    order = sorted(tables, key=len, reverse=True)
    totals = {table: [each for each in order if set(each) < set(table)] for table in order}
    groups = {(table, total): _groups(tables[table], table, total) for table in order for total in totals[table]}

    def settle_all() -> None:
        for table in order:
            _until_settled(hidden, lambda table=table: _settle(tables, table, totals[table], groups, hidden))  # type: ignore[misc]

    _until_settled(hidden, settle_all)
    return hidden[order[0]]


def withheld(
    people: People,
    keys: Sequence[str],
    *,
    by: Sequence[str],
    narrowed: Sequence[str] = (),
    fits: Callable[[Mapping[str, Any]], bool] = lambda _said: True,
) -> set[Place]:
    """Of a question cut `by` some dimensions and `narrowed` by others, the places whose figure is not to be shown.

    `keys` names the values of each key of `people`: `by`, `narrowed`, and what lies around them (`keys_of`), over all there
    is, for what a question leaves out counts as much as what it asks for. A place is shown if none of the parts chosen of
    it is hidden; or if all are chosen that there are, and the place itself may be shown.

    >>> people = {("A",): set("12345"), ("B",): set("6")}
    >>> withheld(people, ["queue"], by=(), narrowed=["queue"], fits=lambda said: said["queue"] == "A")
    {()}
    >>> withheld(people, ["queue"], by=(), narrowed=["queue"])
    set()
    """
    hidden = hidden_places(people)
    parts: defaultdict[Place, set[Place]] = defaultdict(set)
    for key in people:
        parts[key[: len(by)]].add(key)
    chosen = {
        place: {part for part in some if fits(dict(zip(keys, part, strict=True)))} for place, some in parts.items()
    }
    dark = {place for place, some in chosen.items() if some & hidden}
    if not dark or not narrowed:
        return dark
    wide = keys_of(by, among=keys)
    whole = {key[: len(by)] for key in hidden_places(over(people, keys, wide))}
    return {place for place in dark if place in whole or parts[place] != chosen[place]}


def keys_of(names: Sequence[str], *, among: Collection[str]) -> tuple[str, ...]:
    """These dimensions and what lies around them, as far as it is among those that are known."""
    around = dict.fromkeys(each for name in names for each in _AROUND.get(name, ()))
    return (*names, *(name for name in around if name in among and name not in names))


def over(people: People, keys: Sequence[str], wanted: Sequence[str]) -> dict[Place, set[str]]:
    """The same people over some of the dimensions."""
    return _over(people, [keys.index(name) for name in wanted])


def _over(people: People, chosen: Sequence[int]) -> dict[Place, set[str]]:
    found: defaultdict[Place, set[str]] = defaultdict(set)
    for key, who in people.items():
        found[tuple(key[at] for at in chosen)] |= who
    return dict(found)


def _is_few(who: Collection[str]) -> bool:
    return len(who) < PEOPLE_NEEDED


def _until_settled(hidden: Mapping[_Table, set[Place]], step: Callable[[], object]) -> None:
    told = -1
    while told != (told := sum(map(len, hidden.values()))):
        step()


def _tables(people: People) -> _Tables:
    """Everything that can be asked for: a table for each choice of dimensions.

    A choice that tells no less than a larger one is left out: whoever knows the team knows its site.
    """
    every = range(len(next(iter(people))))
    sizes = {
        chosen: len({tuple(key[at] for at in chosen) for key in people})
        for many in range(len(every) + 1)
        for chosen in combinations(every, many)
    }
    whole = {
        chosen for chosen, size in sizes.items()
        if all(sizes[tuple(sorted((*chosen, more)))] > size for more in every if more not in chosen)
    }  # fmt: skip
    return {chosen: _over(people, chosen) for chosen in whole}


def _settle(
    tables: _Tables, table: _Table, totals: Sequence[_Table], groups: _Groups, hidden: Mapping[_Table, set[Place]]
) -> None:
    for total in totals:
        for whole, parts in groups[table, total].items():
            if whole in hidden[total]:
                # All that lies in it would give it away.
                hidden[table].update(parts)
            else:
                _hide_along(tables[table], table, total, whole, parts, hidden)


def _groups(cells: Mapping[Place, set[str]], table: _Table, total: _Table) -> dict[Place, list[Place]]:
    at = [table.index(each) for each in total]
    found: defaultdict[Place, list[Place]] = defaultdict(list)
    for place in cells:
        found[tuple(place[each] for each in at)].append(place)
    return dict(found)


def _hide_along(
    cells: Mapping[Place, set[str]],
    table: _Table,
    total: _Table,
    whole: Place,
    parts: Sequence[Place],
    hidden: Mapping[_Table, set[Place]],
) -> None:
    """Hide the smallest of the other parts of a total that is shown until enough are; or else the total itself."""
    dark = [part for part in parts if part in hidden[table]]
    if not dark:
        return
    who = set().union(*(cells[part] for part in dark))
    if _is_few(who) or len(dark) < 2:
        rest = [part for part in parts if part not in hidden[table]]
        rest.sort(key=lambda part: (len(cells[part]), str(part)), reverse=True)
        while (_is_few(who) or len(dark) < 2) and rest:
            dark.append(rest.pop())
            who |= cells[dark[-1]]
        hidden[table].update(dark)
    if _is_few(who) or len(dark) < 2:
        hidden[total].add(whole)
