"""Known values land on known places."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from evenkeel.ground.charts import (
    Axis,
    Bars,
    Bin,
    Control,
    ControlPoint,
    CountRow,
    Distribution,
    Event,
    Forest,
    Histogram,
    Matrix,
    Pareto,
    PartRow,
    Point,
    Reading,
    Row,
    Series,
    Trend,
)
from evenkeel.ground.charts.frame import spread

from .drawing import layouts, looks, marks

DAY = date(2025, 3, 3)


def shapes(drawing: ElementTree.Element, tag: str, *wanted: str) -> list[ElementTree.Element]:
    return [each for each in drawing.iter(tag) if set(wanted) <= looks(each)]


def numbers(element: ElementTree.Element, *names: str) -> list[float]:
    return [float(element.get(name, "nan")) for name in names]


def gridlines(drawing: ElementTree.Element) -> list[float]:
    return [float(line.get("y1", 0)) for line in shapes(drawing, "line", "grid") if line.get("y1") == line.get("y2")]


def test_a_point_stands_where_its_value_is_between_the_gridlines() -> None:
    points = [Point(x=DAY + timedelta(days=d), y=value) for d, value in enumerate((0.0, 7.5, 10.0))]
    chart = Trend(title="t", series=[Series(name="s", points=points)])
    drawing = layouts(chart)[1]
    top, bottom = min(gridlines(drawing)), max(gridlines(drawing))
    places = [numbers(mark[1], "cx", "cy") for mark in marks(drawing)]
    assert [y for _x, y in places] == pytest.approx([bottom, bottom - 0.75 * (bottom - top), top], abs=0.1)
    left, middle, right = (x for x, _y in places)
    assert middle == pytest.approx((left + right) / 2, abs=0.1)


def test_whiskers_reach_exactly_from_low_to_high() -> None:
    points = [ControlPoint(x=i, y=Reading(0.5, 0.25, 1.0, 9)) for i in range(3)]
    drawing = layouts(Control(title="t", points=points, y=Axis(format="percent", low=0, high=1)))[1]
    top, bottom = min(gridlines(drawing)), max(gridlines(drawing))
    for mark in marks(drawing):
        line = mark.find("line")
        assert line is not None
        low, high = numbers(line, "y1", "y2")
        assert (low, high) == pytest.approx((bottom - 0.25 * (bottom - top), top), abs=0.1)


def test_limits_that_vary_are_drawn_as_steps_half_way_between_points() -> None:
    points = [ControlPoint(x=float(i), y=1.0, upper=2.0 + i) for i in range(3)]
    drawing = layouts(Control(title="t", points=points))[1]
    (limit,) = shapes(drawing, "path", "sbad")
    path = [tuple(float(part) for part in pair.split()) for pair in re.split("[ML]", limit.get("d", ""))[1:]]
    xs = [numbers(mark[1], "cx")[0] for mark in marks(drawing)]
    assert len(path) == 6
    assert path[1][0] == path[2][0] == pytest.approx((xs[0] + xs[1]) / 2, abs=0.1)
    assert path[0][1] == path[1][1] > path[2][1] == path[3][1] > path[4][1]


def test_lines_break_where_the_phase_changes() -> None:
    points = [ControlPoint(x=i, y=1.0 + i % 2, centre=1.5, phase="ab"[i > 2]) for i in range(6)]
    drawing = layouts(Control(title="t", points=points))[1]
    assert len(shapes(drawing, "path", "smuted")) == 2
    assert len(shapes(drawing, "path", "fine", "s1")) == 2


@pytest.mark.parametrize(
    ("offsets", "values", "runs"),
    [
        ([0, 1, 2, 3], [1, 2, None, 3], [2, 1]),
        ([0, 1, 2, 5, 6], [1, 2, 3, 4, 5], [3, 2]),
        ([0, 7, 14, 28], [1, 2, 3, 4], [3, 1]),
        ([0, 1, 2, 3], [1, 2, 3, float("nan")], [3]),
    ],
)
def test_a_line_breaks_at_a_missing_value_or_day(
    offsets: list[int], values: list[float | None], runs: list[int]
) -> None:
    points = [Point(x=DAY + timedelta(days=d), y=v) for d, v in zip(offsets, values, strict=True)]
    drawing = layouts(Trend(title="t", series=[Series(name="s", points=points)]))[1]
    lines = [1 + each.get("d", "").count("L") for each in shapes(drawing, "path", "line")]
    assert lines == [run for run in runs if run > 1]
    assert len(marks(drawing)) == sum(runs)


def test_a_longer_gap_is_bridged_only_when_asked() -> None:
    points = [Point(x=DAY + timedelta(days=d), y=1.0) for d in (0, 1, 2, 5)]
    chart = Trend(title="t", series=[Series(name="s", points=points)], max_gap=3)
    assert len(shapes(layouts(chart)[1], "path", "line")) == 1


def test_bars_start_at_zero_on_either_side() -> None:
    drawing = layouts(Bars(title="t", rows=[Row(label="a", value=-2), Row(label="b", value=4)]))[1]
    below, above = (numbers(bar, "x", "width") for bar in shapes(drawing, "rect", "fsoft"))
    assert below[0] + below[1] == pytest.approx(above[0], abs=0.1)
    assert above[1] == pytest.approx(2 * below[1], abs=0.2)


def test_the_parts_of_an_item_fill_its_bar_in_proportion() -> None:
    chart = Distribution(title="t", answers=["a", "b"], rows=[CountRow(label="x", counts=[3, 1])])
    drawing = layouts(chart)[1]
    first, second = (numbers(shapes(drawing, "rect", look)[0], "x", "width") for look in ("f1", "f2"))
    # Each part leaves one unit of white to the next.
    assert first[1] + 1 == pytest.approx(3 * (second[1] + 1), abs=0.3)
    assert second[0] == pytest.approx(first[0] + first[1] + 1, abs=0.1)


def test_a_histogram_bar_is_as_high_as_its_count() -> None:
    bins = [Bin(low=0, high=1, count=5), Bin(low=1, high=2, count=10), Bin(low=2, high=None, count=2)]
    drawing = layouts(Histogram(title="t", bins=bins))[1]
    heights = [numbers(bar, "height")[0] for bar in shapes(drawing, "rect", "fsoft")]
    assert heights[1] == pytest.approx(max(gridlines(drawing)) - min(gridlines(drawing)), abs=0.1)
    assert heights[0] == pytest.approx(heights[1] / 2, abs=0.1)
    assert "dashed" in looks(shapes(drawing, "rect", "fsoft")[2])


def test_thin_rows_are_hollow_and_last_whatever_their_value() -> None:
    rows = [
        Row(label="thin and best", value=Reading(0.99, 0.8, 1, 5)),
        Row(label="good", value=Reading(0.9, 0.85, 0.95, 400)),
        Row(label="unknown", value=None),
        Row(label="better", value=Reading(0.95, 0.9, 0.97, 300)),
        Row(label="thin by word", value=Reading(0.1, 0, 1, 999), thin=True),
    ]
    chart = Forest(title="t", rows=rows, thin_below=30, order="down")
    assert [row.label for row, _r, _t in chart.ranked()] == [
        "better",
        "good",
        "thin and best",
        "unknown",
        "thin by word",
    ]
    drawing = layouts(chart)[1]
    hollow = [
        mark.findtext("title", "")
        for mark in marks(drawing)
        for dot in mark.findall("circle")
        if "fpaper" in looks(dot)
    ]
    assert [title.partition(":")[0] for title in hollow] == ["thin and best", "thin by word"]
    assert all("too few to compare" in title for title in hollow)


def test_a_pareto_sorts_itself_and_keeps_the_rest_last() -> None:
    rows = [PartRow(label="Other", count=50), PartRow(label="a", count=10), PartRow(label="b", count=40)]
    chart = Pareto(title="t", rows=rows, last="Other")
    assert chart.table().rows == (("b", 40, 0.4, 0.4), ("a", 10, 0.1, 0.5), ("Other", 50, 0.5, 1.0))


@pytest.mark.parametrize(("shade", "shares"), [("row", [0.75, 0.25]), ("column", [0.5, 0.5]), ("all", [0.375, 0.125])])
def test_a_matrix_shades_by_the_whole_it_names(shade: str, shares: list[float]) -> None:
    chart = Matrix(title="t", rows=["a", "b"], columns=["a", "b"], counts=[[3, 1], [3, 1]], shade=shade)  # type: ignore[arg-type]
    assert [row[3] for row in chart.table().rows[:2]] == pytest.approx(shares)


def test_an_event_stands_at_its_day() -> None:
    points = [Point(x=DAY + timedelta(days=d), y=float(d)) for d in range(5)]
    event = Event(x=DAY + timedelta(days=2), label="Policy", href="/policy")
    drawing = layouts(Trend(title="t", series=[Series(name="s", points=points)], events=[event]))[1]
    flag, *dots = marks(drawing)
    line = flag.find("line")
    assert line is not None
    assert flag.get("href") == "/policy"
    assert numbers(line, "x1") == pytest.approx(numbers(dots[2][1], "cx"), abs=0.1)


def test_labels_are_spread_apart_in_order_and_kept_inside() -> None:
    assert spread([50, 10, 52], gap=10, low=0, high=100) == [50, 10, 60]
    assert spread([99, 98, 100], gap=10, low=0, high=100) == [90, 80, 100]
    assert spread([], gap=10, low=0, high=100) == []
