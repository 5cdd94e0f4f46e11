"""Ticks: round numbers, days people know, names that do not collide."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground.charts import Axis
from evenkeel.ground.charts.frame import without_overlap
from evenkeel.ground.charts.scales import Places, calendar, linear, nice_step, ordinal, say_once


def labels(values: list[float], axis: Axis = Axis(), size: float = 240) -> list[str]:  # noqa: B008
    return [tick.label for tick in linear(values, axis, start=size, end=0, gap=44).ticks]


@pytest.mark.parametrize(
    ("values", "axis", "expected"),
    [
        ([0, 10], Axis(), ["0", "2", "4", "6", "8", "10"]),
        ([0.1, 0.3], Axis(), ["0.10", "0.15", "0.20", "0.25", "0.30"]),
        ([0.86, 0.97], Axis(format="percent"), ["85\u202f%", "90\u202f%", "95\u202f%", "100\u202f%"]),
        ([0.931, 0.934], Axis(format="percent"), ["93.1\u202f%", "93.2\u202f%", "93.3\u202f%", "93.4\u202f%"]),
        ([-3, 7], Axis(), ["-4", "-2", "0", "2", "4", "6", "8"]),
        ([0, 15_000], Axis(), ["0", "5k", "10k", "15k"]),
        ([0, 4_000], Axis(), ["0", "1,000", "2,000", "3,000", "4,000"]),
        ([1, 4], Axis(unit="s", zero=True), ["0\u202fs", "1\u202fs", "2\u202fs", "3\u202fs", "4\u202fs"]),
        ([], Axis(format="percent"), ["0\u202f%", "20\u202f%", "40\u202f%", "60\u202f%", "80\u202f%", "100\u202f%"]),
        ([0.5], Axis(low=0, high=1), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    ],
)
def test_ticks_are_round_and_share_their_digits(values: list[float], axis: Axis, expected: list[str]) -> None:
    assert labels(values, axis) == expected


@given(st.floats(1e-90, 1e90))
def test_a_nice_step_is_1_2_or_5_and_at_most_two_and_a_half_times_too_long(step: float) -> None:
    nice = nice_step(step)
    assert step * (1 - 1e-9) <= nice <= 2.5 * step * (1 + 1e-9)
    assert f"{nice:.6e}"[:8] in ("1.000000", "2.000000", "5.000000")


@given(st.lists(st.floats(-1e100, 1e100), min_size=1, max_size=5))
def test_a_scale_covers_all_values(values: list[float]) -> None:
    scale = linear(values, Axis(), start=0, end=100, gap=20)
    assert all(-1e-6 <= scale(value) <= 100 + 1e-6 for value in values)
    assert 2 <= len(scale.ticks) <= 12
    assert scale.ticks[0].at <= scale.ticks[-1].at


def test_a_share_of_one_is_not_drawn_above_100_percent() -> None:
    for value in (0.0, 1.0, 0.5):
        scale = linear([value], Axis(format="percent"), start=0, end=100, gap=20)
        assert scale.low >= 0
        assert scale.high <= 1


def shown(days: list[date], width: float = 560) -> list[tuple[str, str]]:
    scale = calendar([ordinal(each) for each in days], start=0, end=width)
    return [(tick.label, tick.sub) for tick in say_once(scale.ticks)]


def test_two_weeks_show_days() -> None:
    ticks = shown([date(2024, 12, 27), date(2025, 1, 5)])
    assert ticks[0] == ("27 Dec", "2024")
    assert ("1 Jan", "2025") in ticks
    assert ("2 Jan", "") in ticks


def test_two_months_show_mondays() -> None:
    scale = calendar([ordinal(date(2025, 1, 3)), ordinal(date(2025, 3, 14))], start=0, end=560)
    assert {date.fromordinal(int(tick.at)).weekday() for tick in scale.ticks} == {0}


def test_a_year_shows_months_and_a_century_years() -> None:
    assert shown([date(2024, 2, 10), date(2025, 2, 10)], 760)[:2] == [("Mar", "2024"), ("Apr", "")]
    assert [label for label, _sub in shown([date(1900, 1, 1), date(2000, 1, 1)])] == [
        str(y) for y in range(1900, 2001, 10)
    ]


def test_one_day_shows_hours_of_its_own_clock() -> None:
    moments: list[date] = [datetime(2025, 3, 3, 8), datetime(2025, 3, 3, 20)]
    assert shown(moments)[:3] == [("08:00", "3 Mar"), ("10:00", ""), ("12:00", "")]


@given(st.lists(st.dates(), min_size=1, max_size=4), st.floats(80, 900))
def test_a_calendar_never_fails_and_labels_at_least_one_day(days: list[date], width: float) -> None:
    scale = calendar([ordinal(each) for each in days], start=0, end=width)
    assert scale.ticks
    assert all(-1 <= scale(tick.at) <= width + 1 for tick in scale.ticks)


def test_names_stand_in_slots_and_only_every_second_is_written_where_they_collide() -> None:
    names = [f"Category {letter}" for letter in "abcdef"]
    places = Places(names)
    scale = places.scale([], Axis(), start=0, end=360)
    assert [places.at(name) for name in names] == [0, 1, 2, 3, 4, 5]
    assert scale(0) == pytest.approx(30)
    assert [tick.at for tick in without_overlap(scale.ticks, scale)] == [0, 2, 4]
    assert places.at("Other") is None


def test_a_moment_counts_by_its_own_wall_clock() -> None:
    assert ordinal(datetime(2025, 1, 1, 12)) == ordinal(date(2025, 1, 1)) + 0.5
    assert ordinal(date(2025, 1, 2)) - ordinal(date(2025, 1, 1)) == 1
    assert timedelta(days=ordinal(date(1, 1, 1))) == timedelta(days=1)
