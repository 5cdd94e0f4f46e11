"""What reaches into a place from beyond: plain values."""

from __future__ import annotations

import numpy as np
import pytest

from evenkeel.improve.rules import Counts, lines_of
from evenkeel.improve.rules_beyond import is_inside, reaching_into, with_reaching
from evenkeel.kernel import Explanation, explain_rate

NAMES = ("site", "team")
# Team b of Manila, by itself: forty errors of a thousand, then 32 of four hundred.
BEFORE: Counts = {("Manila", "b"): (40.0, 1000.0)}
NOW: Counts = {("Manila", "b"): (32.0, 400.0)}


def elsewhere(*, manila: float = 0.1, teams: int = 3) -> Explanation:
    """Other teams of Manila and of Lisbon, four errors of a hundred before; now Manila's as said."""
    places = [(site, f"{site}-{team}") for site in ("Manila", "Lisbon") for team in range(teams)]
    then = [0.04] * len(places)
    today = [manila if site == "Manila" else 0.04 for site, _ in places]
    sites, names = ([place[k] for place in places] * 2 for k in (0, 1))
    errors = [1000 * share for share in then] + [400 * share for share in today]
    n = [1000] * len(places) + [400] * len(places)
    now = np.repeat([False, True], len(places))
    return explain_rate({"site": sites, "team": names}, errors, now, n=n, hierarchies=[NAMES], least_share=0.0)


def test_a_site_whose_other_teams_fell_alike_reaches_into_a_team() -> None:
    (cause,) = reaching_into(elsewhere(), names=NAMES, before=BEFORE, now=NOW)
    assert cause.where == (("site", "Manila"),)
    assert (cause.current_events, cause.current_n) == (32.0, 400.0), "as the team has it"
    # Two and a half times the errors that the team's own past leads to.
    assert cause.expected == pytest.approx(16.0)
    assert cause.excess == pytest.approx(24.0, rel=0.05)
    assert cause.share.value == pytest.approx(1.5, rel=0.05)


def test_what_changed_elsewhere_alone_reaches_nothing() -> None:
    lisbon: Counts = {("Lisbon", "b"): (40.0, 1000.0)}
    assert reaching_into(elsewhere(), names=NAMES, before=lisbon, now={("Lisbon", "b"): (32.0, 400.0)}) == []
    assert reaching_into(elsewhere(manila=0.04), names=NAMES, before=BEFORE, now=NOW) == []


def test_what_carries_little_of_a_change_or_moved_the_other_way_is_no_cause_of_it() -> None:
    far: Counts = {("Manila", "b"): (200.0, 400.0)}
    assert reaching_into(elsewhere(), names=NAMES, before=BEFORE, now=far) == []
    better: Counts = {("Manila", "b"): (2.0, 400.0)}
    assert reaching_into(elsewhere(), names=NAMES, before=BEFORE, now=better) == []
    assert reaching_into(elsewhere(), names=NAMES, before={("Manila", "b"): (0.0, 1000.0)}, now=NOW) == []


def test_it_stands_before_what_explains_less_and_before_what_is_unproven() -> None:
    reaching = reaching_into(elsewhere(), names=NAMES, before=BEFORE, now=NOW)

    def people(worse: float) -> Explanation:
        cells = {"person": ["p", "q", "r"] * 2}
        return explain_rate(
            cells, [20, 20, 20, worse, 8, 8], [0, 0, 0, 1, 1, 1], n=[500] * 3 + [200] * 3, most_unproven=3
        )

    weak, strong = lines_of(people(14)), lines_of(people(90))
    assert [line.is_cause for line in weak][:1] == [False]
    first = with_reaching(weak, reaching)
    assert (first[0].is_beyond, first[0].driver.where) == (True, (("site", "Manila"),))
    assert not any(line.is_cause for line in first[1:])
    second = with_reaching(strong, reaching)
    assert [line.is_beyond for line in second[:2]] == [False, True]
    assert with_reaching(weak, []) == weak


def test_a_cell_lies_in_a_place_by_all_its_values() -> None:
    assert is_inside(("Manila", "b"), NAMES, {"site": "Manila", "team": "b"})
    assert not is_inside(("Manila", "b"), NAMES, {"site": "Manila", "team": "a"})
    assert is_inside(("Manila", "b"), NAMES, {})
