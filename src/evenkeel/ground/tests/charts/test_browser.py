"""Charts in a real browser: the layout that fits, both themes, reading out by pointer and keys, no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evenkeel import ground
from evenkeel.ground.charts import Chart, Point, Reading, Series, Trend, chart_kinds, to_svg

from ..chromium import LOOKS, violations

pytestmark = pytest.mark.browser

STATIC = Path(ground.__path__[0]) / "static/ground"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 900, "height": 700})
    yield opened
    opened.close()


def show(page: Page, *charts: Chart, theme: str = "light") -> None:
    figures = "".join(f"<figure><figcaption>{chart.title}</figcaption>{to_svg(chart)}</figure>" for chart in charts)
    styles = (STATIC / "css/charts.css").read_text() + "figure { margin: 0 }"
    page.set_content(
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><title>Charts</title><style>{styles}</style></head>'
        f"<body><main><h1>Charts</h1>{figures}</main></body></html>"
    )
    page.add_script_tag(content=(STATIC / "js/chart.js").read_text(), type="module")


def trend() -> Trend:
    points = [Point(x=i, y=Reading(i / 10, i / 20, i / 5, 10 * i), href=f"#rows-{i}") for i in range(1, 5)]
    return Trend(title="Accuracy", series=[Series(name="a", points=points)])


def test_the_drawing_that_fits_is_shown_and_its_text_is_never_tiny(page: Page) -> None:
    show(page, trend())
    for width, layout in ((320, "340"), (479, "340"), (560, "640"), (900, "640")):
        page.set_viewport_size({"width": width, "height": 700})
        shown = page.locator(".chart-svg:visible")
        expect(shown).to_have_count(1)
        expect(shown).to_have_class(f"chart-svg chart-w{layout}")
        box = shown.locator("text").first.bounding_box()
        assert box is not None
        assert box["height"] >= 9
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_arrow_keys_read_out_the_points_from_left_to_right(page: Page) -> None:
    show(page, trend())
    drawing, readout = page.locator(".chart-svg:visible"), page.locator(".chart-readout")
    expect(readout).to_have_attribute("aria-live", "polite")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    expect(readout).to_have_text("1: 0.1, interval 0.05 to 0.2, n 10")
    page.keyboard.press("ArrowRight")
    expect(readout).to_have_text("2: 0.2, interval 0.1 to 0.4, n 20")
    page.keyboard.press("End")
    expect(readout).to_have_text("4: 0.4, interval 0.2 to 0.8, n 40")
    page.keyboard.press("ArrowRight")
    expect(readout).to_have_text("4: 0.4, interval 0.2 to 0.8, n 40")
    page.keyboard.press("Home")
    expect(readout).to_have_text("1: 0.1, interval 0.05 to 0.2, n 10")
    page.keyboard.press("Escape")
    expect(readout).to_have_text("")


def test_enter_opens_the_rows_of_the_point(page: Page) -> None:
    show(page, trend())
    page.locator(".chart-svg:visible").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#rows-4'")


def test_a_pointer_near_a_point_reads_it_out_and_leaving_clears_it(page: Page) -> None:
    show(page, trend())
    box = page.locator(".chart-svg:visible .c-mark").nth(2).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 + 12, box["y"] + box["height"] / 2 + 9)
    expect(page.locator(".chart-readout")).to_have_text("3: 0.3, interval 0.15 to 0.6, n 30")
    expect(page.locator(".chart-svg:visible .is-active")).to_have_count(1)
    page.mouse.move(1, 1)
    expect(page.locator(".chart-readout")).to_have_text("")


def test_a_chart_that_arrives_later_reads_out_too(page: Page) -> None:
    show(page)
    page.evaluate("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", to_svg(trend()))
    page.locator(".chart-svg:visible").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".chart-readout")).to_have_text("1: 0.1, interval 0.05 to 0.2, n 10")


def test_colours_follow_the_theme_and_the_system(page: Page) -> None:
    def colour(theme: str, system: str) -> str:
        page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
        show(page, trend(), theme=theme)
        return str(page.evaluate("getComputedStyle(document.querySelector('.c-line')).stroke"))

    light, dark = "rgb(31, 95, 174)", "rgb(121, 174, 242)"
    assert [colour("light", "dark"), colour("dark", "light")] == [light, dark]
    assert [colour("system", "light"), colour("system", "dark")] == [light, dark]


def test_no_kind_puts_up_a_barrier(page: Page) -> None:
    show(page, *(kind.example() for kind in chart_kinds), theme="light")
    assert violations(page) == []
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert violations(page, rules=LOOKS) == []
