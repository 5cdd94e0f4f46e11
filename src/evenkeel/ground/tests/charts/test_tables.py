"""The table has the numbers of the picture, every digit of them."""

from __future__ import annotations

from datetime import date

from evenkeel.ground.charts import (
    Axis,
    Control,
    ControlPoint,
    CountRow,
    Distribution,
    Histogram,
    Point,
    Reading,
    Series,
    Sparkline,
    Trend,
    to_table,
)

DAY = date(2025, 3, 3)


def test_a_trend_gives_its_numbers_as_they_are() -> None:
    chart = Trend(
        title="t",
        series=[
            Series(name="a", points=[Point(x=DAY, y=Reading(0.912345678, 0.9, 0.93, 240), href="/a")]),
            Series(name="b", points=[Point(x=DAY, y=None), Point(x=DAY, y=float("nan"))]),
        ],
        y=Axis(title="Accuracy", format="percent"),
    )
    table = to_table(chart)
    assert table.header == ("Series", "When", "Accuracy", "Low", "High", "n")
    assert table.rows == (
        ("a", DAY, 0.912345678, 0.9, 0.93, 240.0),
        ("b", DAY, None, None, None, None),
        ("b", DAY, None, None, None, None),
    )
    assert table.hrefs == ("/a", "", "")
    assert table.texts[0] == ("a", "3 Mar 2025", "91.2345678\u202f%", "90\u202f%", "93\u202f%", "240")
    assert table.texts[1][2] == "–"


def test_a_control_chart_gives_the_limits_that_held_for_each_point() -> None:
    chart = Control(
        title="t",
        points=[
            ControlPoint(x=1, y=0.5, flag="Beyond limits", phase="a"),
            ControlPoint(x=2, y=0.6, lower=0.4, ewma=0.55),
        ],
        lower=0.3,
        centre=0.5,
    )
    assert to_table(chart).rows == (
        (1, 0.5, None, None, None, 0.5, 0.3, None, None, "Beyond limits", "a"),
        (2, 0.6, None, None, None, 0.5, 0.4, None, 0.55, "", ""),
    )


def test_a_distribution_gives_every_count_and_the_total() -> None:
    rows = [CountRow(label="x", counts=[3, None, 4]), CountRow(label="y", counts=[1])]
    chart = Distribution(title="t", answers=["a", "b", "c"], rows=rows)
    assert to_table(chart).header == ("Item", "a", "b", "c", "n")
    assert to_table(chart).rows == (("x", 3, 0, 4, 7), ("y", 1, 0, 0, 1))


def test_a_histogram_counts_every_value_once() -> None:
    values = [0.0, 0.5, 1.0, 1.0, 2.5, 7.0, float("nan")]
    chart = Histogram.of(values, title="t", bin_width=1.0)
    assert [row[2] for row in to_table(chart).rows] == [2, 2, 1, 0, 0, 0, 0, 1]
    tail = Histogram.of(values, title="t", bin_width=1.0, until=2.0)
    assert to_table(tail).rows == ((0.0, 1.0, 2), (1.0, 2.0, 2), (2.0, None, 2))


def test_a_histogram_chooses_its_width_by_freedman_and_diaconis() -> None:
    # 0..99: IQR by the exclusive method is 50.5, n 100: 2 * 50.5 / 100 ** (1 / 3) = 21.76, made nice: 50.
    chart = Histogram.of([float(i) for i in range(100)], title="t")
    assert [(row[0], row[1], row[2]) for row in to_table(chart).rows] == [(0, 50, 50), (50, 100, 50)]


def test_a_sparkline_gives_its_values_too() -> None:
    assert [row[1] for row in to_table(Sparkline(title="t", values=[1, None, 2.5])).rows] == [1, None, 2.5]
