"""A scenario with other numbers, and two tables side by side."""

from __future__ import annotations

import pytest

from evenkeel.twin import BadScenario, Line, changed, compared, drawn, read_plan, together, variant_of


def test_a_change_sets_the_number_that_it_names_and_no_other() -> None:
    plan = read_plan("small")
    found = changed(plan, ["audits.rate=0.2", "sites.Manila.accuracy=0.9", "audits.boosts.Abuse=3", "signals.budget=2"])
    assert found.budget == 2
    assert found.plan.audits.rate == 0.2
    assert dict(found.plan.audits.boosts) == {"Abuse": 3.0}
    assert [site.accuracy for site in found.plan.sites] == [0.95, 0.9, 0.94]
    assert found.plan.events == plan.events
    assert changed(plan, []).plan == plan


def test_a_scenario_can_be_left_without_events() -> None:
    assert changed(read_plan("forty"), ["events=none"]).plan.events == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("audits.rat=1", "there is no number 'rat'; there are rate"),
        ("sites.Mars.accuracy=0.9", "there is no 'Mars'; there are Rotterdam"),
        ("sites=3", "no number 'sites'"),
        ("audits", "write NAME=VALUE"),
        ("signals.budget=-1", "a number above 0"),
        ("signals.budget=51", "0.05 to 50 false signals"),
        ("audits.rate=1.4", "a share from 0 to 1"),
    ],
)
def test_a_change_that_cannot_be_made_says_what_there_is(change: str, said: str) -> None:
    with pytest.raises(BadScenario, match=said):
        changed(read_plan("small"), [change])


def test_two_tables_stand_side_by_side() -> None:
    rows = compared([[Line(score="a", name="x", n=4, hits=3)]], [[[Line(score="a", name="y", n=1, value=2.0)]]])
    assert [(row.name, row.was is None, row.variants[0] is None) for row in rows] == [
        ("x", False, True),
        ("y", True, False),
    ]


def test_variants_differ_by_what_the_same_seeds_differ_by() -> None:
    was = [
        [Line(score="a", name="x", n=10, hits=hits), Line(score="a", name="y", n=1, value=hits)] for hits in (2, 5, 8)
    ]
    now = [
        [Line(score="a", name="x", n=10, hits=hits + 1), Line(score="a", name="y", n=1, value=hits)]
        for hits in (2, 5, 8)
    ]
    share, value = compared(was, [now, was])
    first, second = share.differences
    assert first is not None
    # Seeds differ by six of ten, and each pair by one: the interval is that of the pairs.
    assert (first.value, first.low, first.high) == pytest.approx((0.1, 0.1, 0.1))
    assert second is not None
    assert second.value == 0
    assert [each.value for each in value.differences if each] == [0.0, 0.0]
    (alone, *_others) = compared(was[:1], [now[:1]])
    assert alone.differences[0] is not None
    assert not alone.differences[0].has_interval


def test_a_variant_has_a_name_or_is_what_it_changes() -> None:
    assert variant_of("fewer audits: audits.rate=0.01, signals.budget=1") == (
        "fewer audits", ("audits.rate=0.01", "signals.budget=1"),
    )  # fmt: skip
    assert variant_of("audits.rate=0.01")[0] == "audits.rate=0.01"
    assert changed(read_plan("small"), ["targets.accuracy=0.92"]).threshold == 0.92
    with pytest.raises(BadScenario, match="write NAME"):
        variant_of("fewer:")


def test_a_mean_of_three_runs_has_the_interval_of_what_they_differ_by() -> None:
    runs = [[Line(score="a", name="x", n=1, value=value)] for value in (1.0, 2.0, 3.0)]
    (line,) = together(runs)
    # 2 -+ t(0.975; 2) / sqrt(3).
    assert line.estimate.low == pytest.approx(2 - 4.302653 / 3**0.5, abs=1e-4)
    assert not together(runs[:2])[0].estimate.has_interval


def test_shares_with_a_goal_are_drawn() -> None:
    lines = [Line(score="a", name="x", n=4, hits=3, goal="at least 0.9"), Line(score="a", name="y", n=4, hits=3)]
    picture = drawn(lines)
    assert "a: x (at least 0.9)" in picture
    assert "a: y" not in picture
