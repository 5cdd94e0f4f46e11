"""Places are told as finely as five people allow, and what is left unsaid gives nobody away."""

from __future__ import annotations

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from ...exports.places import PEOPLE_NEEDED, Place, shown_places


def people(*sizes: int) -> list[set[str]]:
    return [{f"{group}-{number}" for number in range(size)} for group, size in enumerate(sizes)]


def test_a_team_is_told_apart_only_if_all_its_siblings_are_large_enough() -> None:
    five, six, two = people(5, 6, 2)
    assert shown_places({("P", "A"): five, ("P", "B"): six}) == {("P", "A"): ("P", "A"), ("P", "B"): ("P", "B")}
    coarse = dict.fromkeys((("P", "A"), ("P", "B"), ("P", "C")), ("P", None))
    assert shown_places({("P", "A"): five, ("P", "B"): six, ("P", "C"): two}) == coarse


def test_a_small_programme_goes_and_the_next_smallest_with_it() -> None:
    five, six, two = people(5, 6, 2)
    found = shown_places({("P",): five, ("Q",): six, ("R",): two})
    assert found == {("P",): None, ("Q",): ("Q",), ("R",): None}
    assert shown_places({("R",): two}) == {("R",): None}


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("PQ"), st.sampled_from("abc"), st.sampled_from("xyz")),
        st.sets(st.integers(0, 30).map(str), min_size=1, max_size=9),
        min_size=1,
        max_size=12,
    )
)
def test_behind_whatever_is_told_and_whatever_is_not_stand_enough_people(behind: dict[Place, set[str]]) -> None:
    shown = shown_places(behind)
    assert shown.keys() == behind.keys()
    told: dict[Place | None, set[str]] = {}
    for place, said in shown.items():
        told.setdefault(said, set()).update(behind[place])
        assert said is None or all(part in (None, own) for part, own in zip(said, place, strict=True))
    everybody = set(chain.from_iterable(behind.values()))
    for said, workers in told.items():
        is_all_that_is_left_out = said is None and len(everybody) < PEOPLE_NEEDED
        assert len(workers) >= PEOPLE_NEEDED or is_all_that_is_left_out or (said is None and len(told) == 1)
