"""Numbering of repeats, on plain values."""

from __future__ import annotations

from array import array
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.quality.imports.learning import slips
from evenkeel.quality.imports.repeats import number_repeats
from evenkeel.work import item_from_cells

pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=60)


def numbers(
    rows: list[tuple[int, int]], said: list[int] | None = None, before: dict[tuple[int, int], int] | None = None
) -> list[int]:
    found = number_repeats(
        array("i", [item for item, _ in rows]),
        array("i", [worker for _, worker in rows]),
        given=None if said is None else array("i", said),
        before=before,
    )
    return [int(number) for number in found.replicate]


@given(pairs)
def test_each_pair_is_counted_from_one_in_order_of_the_file(rows: list[tuple[int, int]]) -> None:
    seen: Counter[tuple[int, int]] = Counter()
    expected = []
    for row in rows:
        seen[row] += 1
        expected.append(seen[row])
    assert numbers(rows) == expected


@given(pairs, st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 5)))
def test_counting_goes_on_where_the_programme_stands(
    rows: list[tuple[int, int]], before: dict[tuple[int, int], int]
) -> None:
    plain = numbers(rows)
    assert numbers(rows, before=before) == [n + before.get(row, 0) for n, row in zip(plain, rows, strict=True)]


def test_numbers_from_the_file_are_kept_when_they_are_whole() -> None:
    rows = [(0, 0), (0, 0), (1, 0), (1, 0), (2, 0), (2, 0)]
    # Complete and different: kept. The same twice, or one missing: counted anew.
    assert numbers(rows, [2, 1, 3, 3, 5, 0]) == [2, 1, 1, 2, 2, 1]


@given(
    pairs.flatmap(
        lambda rows: st.tuples(st.just(rows), st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
    )
)
def test_no_number_occurs_twice_in_a_pair(case: tuple[list[tuple[int, int]], list[int]]) -> None:
    rows, said = case
    found = list(zip(rows, numbers(rows, said), strict=True))
    assert len(set(found)) == len(found)
    assert all(number >= 1 for _row, number in found)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"Yes": 500, "No": 400}, 0),
        ({"Yes": 500, "yes": 2, "Yes ": 1}, 2),
        ({"Unsafe": 500, "Unsave": 1}, 1),
        ({"1": 500, "-1": 1, "10": 1}, 0),
        ({"Safe": 500, "Unsafe": 480}, 0),
    ],
)
def test_slips_are_told_from_labels(answers: dict[str, int], told: int) -> None:
    assert len(list(slips(answers))) == told


def test_a_row_becomes_what_it_can() -> None:
    assert item_from_cells("7", {"item": "7", "context": "USER: Hi", "response": "Hello"}).kind == "conversation"
    assert item_from_cells("7", {"item": "7", "market": "SG", "tier": "2"}).content == {"text": "market: SG\ntier: 2"}
    assert item_from_cells("7", {"item": "7"}).content == {"text": "7"}
    assert item_from_cells("7", {"item": "7", "text": "x", "language": "de", "truth": "Yes"}).attributes == {}
