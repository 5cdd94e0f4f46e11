"""Numbers as text: complete in titles, short beside marks, in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation

from evenkeel.ground.charts import Axis, Reading
from evenkeel.ground.charts.words import count, day, exact, place, say, short

PERCENT = Axis(format="percent")


@pytest.mark.parametrize(
    ("value", "axis", "expected"),
    [
        (0.57, PERCENT, "57\u202f%"),
        (0.9123456789, PERCENT, "91.23456789\u202f%"),
        (1234567.25, Axis(unit="s"), "1,234,567.25\u202fs"),
        (0.1 + 0.2, Axis(), "0.30000000000000004"),
        (1e300, Axis(), "1e300"),
        (-1.5e-9, Axis(), "-1.5e-9"),
        (0, Axis(), "0"),
        (100, Axis(), "100"),
        (float("nan"), Axis(), "–"),
        (None, Axis(), "–"),
    ],
)
def test_exact_rounds_nothing(value: float | None, axis: Axis, expected: str) -> None:
    assert exact(value, axis) == expected


@pytest.mark.parametrize(
    ("value", "axis", "expected"),
    [
        (0.9123456, PERCENT, "91.2\u202f%"),
        (0.93, PERCENT, "93\u202f%"),
        (29.964, Axis(unit="s"), "29.96\u202fs"),
        (123.456, Axis(), "123.5"),
        (12_345.6, Axis(), "12,346"),
        (1_234_567, Axis(), "1.23M"),
        (-0.0, Axis(), "0"),
        (2e-7, Axis(), "2e-7"),
        (None, PERCENT, "–"),
    ],
)
def test_short_keeps_what_a_reader_can_use(value: float | None, axis: Axis, expected: str) -> None:
    assert short(value, axis) == expected


def test_figures_in_a_column_keep_their_zeros() -> None:
    assert [short(value, PERCENT, keep=True) for value in (0.9, 0.912, 1.0)] == [
        "90.0\u202f%",
        "91.2\u202f%",
        "100.0\u202f%",
    ]


def test_a_count_sets_thousands_apart() -> None:
    assert [count(n) for n in (7, 43050, 12.5)] == ["7", "43,050", "12.5"]


def test_a_sentence_says_value_interval_and_n() -> None:
    full, brief = say("3 Mar", Reading(0.91234, 0.88, 0.94, 1240), PERCENT)
    assert full == "3 Mar: 91.234\u202f%, interval 88\u202f% to 94\u202f%, n 1,240"
    assert brief == "3 Mar: 91.2\u202f%, interval 88\u202f% to 94\u202f%, n 1,240"
    assert say("3 Mar", Reading(None), PERCENT) == ("3 Mar: not known", "3 Mar: not known")


def test_numbers_follow_the_language() -> None:
    with translation.override("de"):
        assert short(0.9123, PERCENT) == "91,2\u202f%"
        assert say("x", Reading(1.5), Axis())[0] == "x: 1,5"
    assert say("x", Reading(1.5), Axis())[0] == "x: 1.5"


def test_a_place_reads_as_day_moment_number_or_name() -> None:
    assert place(date(2025, 3, 3)) == "3 Mar 2025"
    assert place(datetime(2025, 3, 3, 14, 5)) == "3 Mar 2025, 14:05"
    assert place(7) == "7"
    assert place("Batch 7") == "Batch 7"


def test_equal_moments_in_two_zones_read_as_their_own_clocks_show_them() -> None:
    berlin = timezone(timedelta(hours=1))
    noon = datetime(2025, 1, 1, 12, tzinfo=berlin)
    assert day(noon) == "1 Jan 2025, 12:00"
    assert day(noon.astimezone(UTC)) == "1 Jan 2025, 11:00"
