"""Whatever the data: a chart is drawn, well-formed, without a number that is none, and nothing in it is markup."""

from __future__ import annotations

import re
from datetime import timedelta, timezone
from decimal import Decimal
from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.ground.charts import (
    Axis,
    Bars,
    Bin,
    Branch,
    Chart,
    Control,
    ControlPoint,
    CountRow,
    Distribution,
    Event,
    Fishbone,
    Forest,
    Funnel,
    FunnelLimit,
    FunnelPoint,
    Histogram,
    Matrix,
    Pareto,
    PartRow,
    Point,
    Reading,
    Reference,
    Row,
    Series,
    Sparkline,
    Trend,
    Twig,
    chart_kinds,
    to_svg,
    to_table,
)
from evenkeel.kernel import Estimate

from .drawing import layouts, marks, parsed

texts = st.text(max_size=40)
numbers = st.one_of(st.floats(), st.floats(0, 1), st.integers(-(10**400), 10**400), st.just(5e-324))
maybe = st.none() | numbers
readings = st.builds(Reading, maybe, maybe, maybe, maybe) | maybe
zones = st.none() | st.just(timezone(timedelta(hours=5, minutes=45)))
days = st.dates() | st.datetimes(timezones=zones)
xs = st.one_of(days, numbers, texts)
axes = st.builds(
    Axis,
    title=texts,
    format=st.sampled_from(["number", "percent"]),
    unit=texts,
    low=maybe,
    high=maybe,
    zero=st.booleans(),
)
events = st.lists(st.builds(Event, x=xs, label=texts, href=texts), max_size=3)
reference = st.builds(Reference, value=numbers, label=texts)
references = st.lists(reference, max_size=2)
rows = st.lists(st.builds(Row, label=texts, value=readings, href=texts, thin=st.booleans()), max_size=5)


def points(place: st.SearchStrategy[object]) -> st.SearchStrategy[list[Point]]:
    return st.lists(st.builds(Point, x=place, y=readings, href=texts), max_size=6)


def control_points(place: st.SearchStrategy[object]) -> st.SearchStrategy[list[ControlPoint]]:
    limits = dict.fromkeys(("centre", "lower", "upper", "ewma"), maybe)
    names = st.sampled_from(["", "a", "b"])
    return st.lists(st.builds(ControlPoint, x=place, y=readings, flag=names, phase=names, **limits), max_size=6)


# One sort of place for all points of a chart most of the time; mixed ones too.
places = st.sampled_from([days, numbers, texts, xs])
counts = st.lists(maybe, max_size=4)

funnel_points = st.builds(FunnelPoint, label=texts, n=numbers, value=maybe, flag=st.sampled_from(["", "a"]))
parts = st.lists(st.builds(PartRow, label=texts, count=numbers), max_size=6)

STRATEGIES: dict[str, st.SearchStrategy[Chart]] = {
    "bars": st.builds(Bars, title=texts, rows=rows, x=axes, reference=st.none() | reference),
    "control": st.builds(
        Control,
        title=texts,
        points=places.flatmap(control_points),
        y=axes,
        interval=st.sampled_from(["whiskers", "band", "none"]),
        baseline=st.none() | st.tuples(xs, xs),
        events=events,
        references=references,
    ),
    "distribution": st.builds(
        Distribution,
        title=texts,
        answers=st.lists(texts, max_size=8),
        rows=st.lists(st.builds(CountRow, label=texts, counts=counts), max_size=4),
    ),
    "forest": st.builds(
        Forest,
        title=texts,
        rows=rows,
        x=axes,
        thin_below=st.floats(0, 100),
        order=st.sampled_from(["given", "up", "down"]),
    ),
    "funnel": st.builds(
        Funnel,
        title=texts,
        points=st.lists(funnel_points, max_size=6),
        centre=maybe,
        limits=st.lists(
            st.builds(FunnelLimit, label=texts, curve=st.lists(st.tuples(numbers, numbers, numbers), max_size=4)),
            max_size=2,
        ),
        y=axes,
    ),
    "fishbone": st.builds(
        Fishbone,
        title=texts,
        effect=texts,
        branches=st.lists(
            st.builds(
                Branch, label=texts, twigs=st.lists(st.builds(Twig, label=texts, n=maybe, href=texts), max_size=3)
            ),
            min_size=1,
            max_size=8,
        ),
    ),
    "histogram": st.one_of(
        st.builds(
            Histogram,
            title=texts,
            bins=st.lists(st.builds(Bin, low=numbers, high=maybe, count=numbers), max_size=6),
            x=axes,
            references=references,
        ),
        st.builds(
            Histogram.of,
            st.lists(numbers, max_size=20),
            title=texts,
            bin_width=st.none() | st.floats(1e-9, 1e9),
            until=maybe,
        ),
    ),
    "matrix": st.builds(
        Matrix,
        title=texts,
        rows=st.lists(texts, max_size=4),
        columns=st.lists(texts, max_size=4),
        counts=st.lists(counts, max_size=5),
        shade=st.sampled_from(["row", "column", "all"]),
        hrefs=st.lists(st.lists(texts, max_size=2), max_size=2),
    ),
    "pareto": st.builds(Pareto, title=texts, rows=parts, last=texts),
    "sparkline": st.builds(
        Sparkline, title=texts, values=st.lists(readings, max_size=8), y=axes, low=maybe, high=maybe
    ),
    "trend": st.builds(
        Trend,
        title=texts,
        series=places.flatmap(lambda place: st.lists(st.builds(Series, name=texts, points=points(place)), max_size=8)),
        y=axes,
        show_n=st.sampled_from(["none", "bars", "dots"]),
        max_gap=st.none() | st.floats(0, 100),
        events=events,
        references=references,
    ),
}


def test_every_kind_has_a_strategy() -> None:
    assert sorted(STRATEGIES) == chart_kinds.slugs()


@pytest.mark.parametrize("slug", sorted(STRATEGIES))
def test_any_data_is_drawn_well_formed_and_finite(slug: str) -> None:
    @settings(max_examples=100)
    @given(STRATEGIES[slug])
    def check(chart: Chart) -> None:
        for markup in (to_svg(chart), to_svg(chart, theme="print-light", width=320)):
            root = parsed(markup)
            for element in root.iter():
                for name, value in element.attrib.items():
                    if name in ("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "viewBox"):
                        assert not re.search("nan|inf|e", value), (name, value)
        table = to_table(chart)
        assert all(len(row) == len(table.header) for row in table.rows)
        assert len(table.texts) == len(table.hrefs) == len(table.rows)

    check()


HOSTILE = "</title><script>alert(1)</script>\"' onload=alert(1) & <b>"


@pytest.mark.parametrize("theme", ["page", "print-light"])
def test_hostile_text_stays_text(theme: str) -> None:
    values = [Reading(0.5, 0.1, 0.9, 10), Reading(0.6, 0.2, 0.8, 20)]
    hostile: list[Chart] = [
        Control(
            title=HOSTILE,
            description=HOSTILE,
            points=[
                ControlPoint(x=HOSTILE, y=value, flag=HOSTILE, phase=HOSTILE + str(i)) for i, value in enumerate(values)
            ],
            y=Axis(title=HOSTILE, unit=HOSTILE),
            events=[Event(x=HOSTILE, label=HOSTILE, href=HOSTILE)],
            references=[Reference(value=0.5, label=HOSTILE)],
        ),
        Trend(title=HOSTILE, series=[Series(name=HOSTILE, points=[Point(x=HOSTILE, y=v) for v in values])] * 2),
        Forest(
            title=HOSTILE,
            rows=[Row(label=HOSTILE, value=v) for v in values],
            reference=Reference(value=1, label=HOSTILE),
        ),
        Bars(title=HOSTILE, rows=[Row(label=HOSTILE, value=v) for v in values]),
        Distribution(title=HOSTILE, answers=[HOSTILE], rows=[CountRow(label=HOSTILE, counts=[1])]),
        Pareto(title=HOSTILE, rows=[PartRow(label=HOSTILE, count=1)]),
        Fishbone(title=HOSTILE, effect=HOSTILE, branches=[Branch(label=HOSTILE, twigs=[Twig(label=HOSTILE)])]),
        Funnel(
            title=HOSTILE,
            points=[FunnelPoint(label=HOSTILE, n=9, value=1, flag=HOSTILE)],
            limits=[FunnelLimit(label=HOSTILE, curve=[(1, 0, 2), (9, 0, 2)])],
        ),
        Matrix(title=HOSTILE, rows=[HOSTILE], columns=[HOSTILE], counts=[[1]], row_title=HOSTILE, column_title=HOSTILE),
        Sparkline(title=HOSTILE, values=[1, 2]),
        Histogram.of([1, 2, 3], title=HOSTILE, x=Axis(unit=HOSTILE, title=HOSTILE)),
        Bars(title=HOSTILE, rows=[], empty=HOSTILE),
    ]
    allowed = {"div", "svg", "p", "g", "a", "title", "desc", "text", "path", "line", "rect", "circle"}
    for chart in hostile:
        root = parsed(to_svg(chart, theme=theme))  # type: ignore[arg-type]
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= allowed
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


NO_ADDRESS = ("javascript:alert(1)", " javascript:x", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "x", "")


@pytest.mark.parametrize("href", NO_ADDRESS)
def test_a_link_that_is_no_address_is_not_drawn(href: str) -> None:
    chart = Bars(title="t", rows=[Row(label="a", value=1, href=href)])
    assert [mark.tag for drawing in layouts(chart) for mark in marks(drawing)] == ["g", "g"]
    assert to_table(chart).hrefs == ("",)


@pytest.mark.parametrize("href", ["/rows/1?a=b&c=d", "?page=2", "#rows", "https://example.org/x", "./x"])
def test_an_address_is_linked_as_it_is(href: str) -> None:
    chart = Bars(title="t", rows=[Row(label="a", value=1, href=href)])
    assert [mark.get("href") for drawing in layouts(chart) for mark in marks(drawing)] == [href, href]


def test_an_estimate_of_the_kernel_is_a_value_as_it_is() -> None:
    known = Estimate(value=0.95, low=0.76, high=0.99, n=20, n_effective=20.0, method="wilson")
    assert Reading.of(known) == Reading(0.95, 0.76, 0.99, 20)
    one = Estimate(value=7.0, low=nan, high=nan, n=1, n_effective=1.0, method="mean")
    assert Reading.of(one) == Reading(7.0, None, None, 1)
    points = [Point(x=1, y=known), Point(x=2, y=Estimate.unknown(method="wilson")), Point(x=3, y=one)]
    drawing = layouts(Trend(title="t", series=[Series(name="s", points=points)]))[0]
    assert len(marks(drawing)) == 2


def test_a_number_that_is_none_is_a_gap() -> None:
    assert Reading.of(True) == Reading(1.0)
    assert Reading.of(10**400) == Reading(None)
    assert Reading.of(float("inf")) == Reading(None)
    assert Reading.of(Decimal("0.5")) == Reading(0.5)
