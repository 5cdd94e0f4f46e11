"""Every kind, by its own worked example, and charts that are hard to draw."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evenkeel.ground.charts import Chart, chart_kinds, to_svg, to_table
from evenkeel.ground.charts.styles import LIGHT, STYLES

from .drawing import layouts, looks, marks, outside, overlaps, parsed, titles
from .hard_cases import hard_cases

KINDS = list(chart_kinds)
HARD = hard_cases()


@pytest.fixture(params=[kind.slug for kind in KINDS])
def example(request: pytest.FixtureRequest) -> Chart:
    return chart_kinds[request.param].example()


def test_the_catalogue_finds_one_kind_in_each_file() -> None:
    from evenkeel.ground.charts import kinds

    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__"}
    assert {kind.slug for kind in KINDS} == files
    assert len(files) >= 10


def test_every_kind_says_its_name_its_reason_and_every_parameter() -> None:
    for kind in KINDS:
        assert str(kind.kind_title)
        assert str(kind.why).endswith(".")
        unsaid = [parameter.name for parameter in kind.parameters() if not str(parameter.why).endswith(".")]
        assert unsaid == [], kind.slug
        assert next(parameter.name for parameter in kind.parameters() if parameter.is_required) == "title"


def test_an_example_is_described_and_not_empty(example: Chart) -> None:
    assert example.description.endswith(".")
    assert not example.is_empty
    assert to_table(example).rows


def test_an_example_draws_the_same_every_time(example: Chart) -> None:
    assert to_svg(example) == to_svg(type(example).example())


def test_a_page_drawing_has_no_colour_no_style_no_script_and_no_id(example: Chart) -> None:
    markup = to_svg(example)
    assert not re.search(r"#[0-9a-f]{6}\b|\bstyle=|<style|<script|\bid=|\bon\w+=|javascript:", markup)


def test_a_page_drawing_names_itself_for_screen_readers(example: Chart) -> None:
    for drawing in layouts(example):
        assert drawing.get("aria-label") == example.title
        assert drawing.findtext("title") == example.title
        assert drawing.findtext("desc") == example.description
        has_links = any(mark.tag == "a" for mark in marks(drawing))
        # A role of img hides everything inside it, so a chart whose points open rows is a group.
        assert drawing.get("role") == ("group" if has_links else "img")


def test_a_document_drawing_stands_alone(example: Chart) -> None:
    markup = to_svg(example, theme="print-light", width=500)
    assert not re.search(r"class=|var\(|<a |tabindex|<style", markup)
    root = parsed(markup)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") == root.get("viewBox", "").split()[2]
    colours = set(re.findall(r"(?:fill|stroke)=\"([^\"]+)\"", markup))
    assert colours <= {"none"} | {colour for colour in colours if re.fullmatch(r"#[0-9a-f]{6}", colour)}
    assert len(colours) > 2


def test_both_themes_draw_the_same_picture(example: Chart) -> None:
    page = layouts(example)[-1]
    width = int(float(page.get("viewBox", "").split()[2]))
    document = parsed(to_svg(example, theme="print-light", width=width))
    tags = ("circle", "path", "line", "rect", "text")
    of_page = [each for each in page.iter() if each.tag in tags]
    of_document = [each for each in document.iter() if each.tag.split("}")[1] in tags]
    for one, other in zip(of_page, of_document, strict=True):
        resolved = {name: value for name, value in one.attrib.items() if name != "class"}
        for look in (look for look in STYLES if look in looks(one)):
            resolved |= {name: LIGHT[value[1:]] if value[0] == "@" else value for name, value in STYLES[look].items()}
        assert resolved == other.attrib


def test_every_point_of_an_example_opens_its_rows(example: Chart) -> None:
    wanted = [href for href in to_table(example).hrefs if href]
    for drawing in layouts(example):
        opened = [mark.get("href") for mark in marks(drawing) if mark.tag == "a"]
        assert set(wanted) <= set(opened)
        # Reached by arrow keys and by the table; a hundred tab stops would bury the rest of the page.
        assert all(mark.get("tabindex") == "-1" for mark in marks(drawing) if mark.tag == "a")


def test_the_face_gives_every_kind_by_its_name() -> None:
    from evenkeel.ground import charts

    for kind in KINDS:
        assert getattr(charts, kind.__name__) is kind


@pytest.mark.parametrize("name", [*HARD, *(f"example of {kind.slug}" for kind in KINDS)])
@pytest.mark.parametrize("layout", [0, 1, 2])
def test_no_text_covers_another_or_leaves_the_picture(name: str, layout: int) -> None:
    chart = HARD[name] if name in HARD else chart_kinds[name.rpartition(" ")[2]].example()
    drawings = layouts(chart, width=960)
    drawing = drawings[min(layout, len(drawings) - 1)]
    assert overlaps(drawing) == []
    assert outside(drawing) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_chart_without_data_says_so(kind: type[Chart]) -> None:
    data = {
        parameter.name: () if parameter.name != "title" else "Empty"
        for parameter in kind.parameters()
        if parameter.is_required
    }
    chart = kind(**data)  # type: ignore[arg-type]
    assert chart.is_empty
    assert to_table(chart).rows == ()
    assert "No data yet" in to_svg(chart)
    own = kind(**data, empty="No audits in June.")  # type: ignore[arg-type]
    assert "No audits in June." in to_svg(own)
    # A sparkline in a document is the size of a word and shows a dash.
    assert ("–" if kind.is_inline else "No data yet") in to_svg(chart, theme="print-light")


def test_the_widest_layout_is_drawn_on_demand_only() -> None:
    chart = chart_kinds["trend"].example()
    widths = [[drawing.get("viewBox", "").split()[2] for drawing in layouts(chart, width=w)] for w in (340, 640, 960)]
    assert widths == [["340"], ["340", "640"], ["340", "640", "960"]]


def test_flags_differ_by_shape_and_name_and_not_by_colour_alone() -> None:
    drawing = layouts(HARD["control, 100 points"])[1]
    flagged = [mark for mark in marks(drawing) if "(" in mark.findtext("title", "")]
    plain = [
        mark for mark in marks(drawing) if "(" not in mark.findtext("title", "") and mark.find("circle") is not None
    ]
    shapes = {
        mark.findtext("title", "").partition("(")[2]: len(re.findall("[ML]", mark.findall("path")[-1].get("d", "")))
        for mark in flagged
    }
    assert shapes == {"Beyond limits)": 4, "Eight on one side)": 3}
    assert len(plain) + len(flagged) == 100
    legend = [element.text for element in drawing.iter("text") if "label" in looks(element)]
    assert {"Beyond limits", "Eight on one side", "EWMA"} <= set(legend)


def test_titles_have_every_digit() -> None:
    from evenkeel.ground.charts import Axis, Point, Series, Trend

    chart = Trend(
        title="t",
        series=[Series(name="s", points=[Point(x=1, y=0.123456789012345), Point(x=2, y=0.57)])],
        y=Axis(format="percent"),
    )
    assert titles(layouts(chart)[0]) == ["1: 12.3456789012345\u202f%", "2: 57\u202f%"]
