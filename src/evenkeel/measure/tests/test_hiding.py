"""It gives nobody away, whatever else is asked: all answers there are, added up and subtracted."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import chain, combinations, product

import numpy as np
import pytest

from evenkeel.measure.rules.hiding import PEOPLE_NEEDED, People, keys_of, over, withheld

DIMENSIONS = ("queue", "team", "language")
KNOWN = ("queue", "team", "language", "site")
Cells = frozenset[tuple[str, ...]]


def world(seed: int) -> dict[tuple[str, ...], set[str]]:
    """Who worked where: three queues, five teams at two sites, two languages; some teams are small, some people wander."""
    draw = random.Random(seed)
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for team in range(5):
        for number in range(draw.choice([2, 3, 5, 6, 9])):
            for _row in range(draw.choice([1, 2, 6])):
                place = (draw.choice("ABBBC"), f"T{team}", draw.choice("eeef"), f"S{team % 2}")
                found[place].add(f"{team}/{number}")
    return dict(found)


def answered(people: People) -> list[Cells]:
    """What a questioner learns: every cut, narrowed by one value or by two, with its total; as the cells summed up."""
    values = {name: sorted({key[at] for key in people}) for at, name in enumerate(KNOWN)}
    dimensions = [*DIMENSIONS, "site"]
    found: list[Cells] = []
    for by in subsets(dimensions, most=2):
        for narrowed in subsets([name for name in dimensions if name not in by], most=1):
            choices = [chain(combinations(values[name], 1), combinations(values[name], 2)) for name in narrowed]
            for choice in product(*choices):
                where = dict(zip(narrowed, map(set, choice), strict=True))
                found += sums(people, by, where)
    return found


def sums(people: People, by: tuple[str, ...], where: dict[str, set[str]]) -> list[Cells]:
    keys = keys_of((*by, *where), among=KNOWN)
    hidden = withheld(
        over(people, KNOWN, keys), keys, by=by, narrowed=tuple(where),
        fits=lambda said: all(said[name] in some for name, some in where.items()),
    )  # fmt: skip
    parts: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for key in people:
        said = dict(zip(KNOWN, key, strict=True))
        if all(said[name] in some for name, some in where.items()):
            parts[tuple(said[name] for name in by)].add(key)
    return [frozenset(cells) for place, cells in parts.items() if place not in hidden]


def subsets(names: list[str], *, most: int) -> list[tuple[str, ...]]:
    return [some for many in range(most + 1) for some in combinations(names, many)]


@pytest.mark.parametrize("seed", range(6))
def test_no_sum_or_difference_of_answers_is_of_few_people(seed: int) -> None:
    """Whoever has all answers can work out what lies in their span: no combination with fewer than five people does."""
    people = world(seed)
    cells, told = sorted(people), set(answered(people))
    assert any(len(some) < len(cells) for some in told), "something but the whole is told"
    span = spanned(np.array([[cell in some for cell in cells] for some in told], dtype=float))
    for few in few_in(people):
        at = np.array([cell in few for cell in cells], dtype=float)
        assert np.linalg.norm(at - span.T @ (span @ at)) > 1e-6, sorted(few)


def spanned(rows: np.ndarray) -> np.ndarray:
    """An orthonormal basis of the rows."""
    _left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    return right[: int((sizes > 1e-9).sum())]


def few_in(people: People) -> list[Cells]:
    """Every combination of values with too few people, over any choice of the dimensions, as its cells."""
    found: list[Cells] = []
    for names in subsets(list(KNOWN), most=len(KNOWN)):
        parts: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        for key in people:
            parts[tuple(key[KNOWN.index(name)] for name in names)].add(key)
        who = {frozenset(cells): set().union(*(people[cell] for cell in cells)) for cells in parts.values()}
        found += [cells for cells, some in who.items() if len(some) < PEOPLE_NEEDED]
    return found


def test_a_part_is_shown_by_itself_where_it_is_shown_among_its_siblings() -> None:
    people: People = {("A",): set("12345"), ("B",): set("678"), ("C",): set("defgh"), ("D",): set("ijklmno")}
    keys = ("queue",)

    def is_shown(*queues: str) -> bool:
        return not withheld(people, keys, by=(), narrowed=keys, fits=lambda said: said["queue"] in queues)

    assert withheld(people, keys, by=keys) == {("B",), ("A",)}
    assert [is_shown(each) for each in "ABCD"] == [False, False, True, True]
    assert is_shown("C", "D")
    assert not is_shown("A", "C"), "less C it would be A, and all others but A then B"
    assert is_shown("A", "B", "C", "D")


def test_what_lies_around_a_place_is_a_total_too() -> None:
    """By team over all sites, the small team would be enough with another site's; its own site's total is known as well."""
    people: People = {
        ("small", "S", "O"): set("12"), ("big", "S", "O"): set("345678"),
        ("far", "T", "O"): set("abc"), ("away", "T", "O"): set("defghi"),
    }  # fmt: skip
    keys = keys_of(["team"], among=("team", "site", "organisation"))
    assert keys == ("team", "site", "organisation")
    assert withheld(people, keys, by=("team",)) == {("small",), ("big",), ("far",), ("away",)}
    plenty = {**people, ("far", "T", "O"): set("abcjk")}
    assert withheld(plenty, keys, by=("team",)) == {("small",), ("big",)}
