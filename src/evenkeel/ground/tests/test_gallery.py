"""The gallery in a real Chromium: axe, console and policy have nothing to say, and a keyboard is enough.

The site is not served: the browser's requests are answered here, by Django's test client and from the static files.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from ..gallery import SIDES, urlpatterns
from .chromium import LOOKS, violations

SITE = "http://localhost"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
Open = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """`open_page("/ui/forms", size=PHONE)`; afterwards the console must be clean."""
    contexts, complaints = [], []

    def open_(path: str, *, size: dict[str, int] = DESKTOP) -> Page:
        context = browser.new_context(color_scheme="light", viewport=size, base_url=SITE, reduced_motion="reduce")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.route("**/*", answer)
        page.goto(path)
        return page

    with override_settings(ROOT_URLCONF=__name__):
        yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(said: ConsoleMessage) -> bool:
    """A refusal is an answer that a test may be about; the browser calls it an error."""
    is_refusal = "responded with a status of 4" in said.text or "Status Error Code 4" in said.text
    return said.type in ("error", "warning") and not is_refusal


def answer(route: Route) -> None:
    """Answer as the server would."""
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        found = finders.find(address.path.removeprefix("/static/"))
        if not isinstance(found, str):
            return route.fulfill(status=404)
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        return route.fulfill(path=found, content_type="text/javascript" if found.endswith(".js") else kind)
    response = Client().get(f"{address.path}?{address.query}")
    return route.fulfill(status=response.status_code, body=response.content, headers=dict(response.headers))


@pytest.mark.parametrize("side", [slug for slug, _title in SIDES])
def test_each_side_has_no_barrier_light_or_dark_and_fits_the_smallest_phone(open_page: Open, side: str) -> None:
    page = open_page(f"/ui/{side}")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, rules=LOOKS) == []
    # Nothing but tables is wider; those scroll by themselves.
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_single_keys_menus_and_dialogs_work_by_keyboard(open_page: Open) -> None:
    page = open_page("/ui/words")
    # A dialog opens by its key and gives the focus back.
    page.locator("[data-key=n]").focus()
    page.keyboard.press("n")
    expect(page.locator("#example")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#example")).to_be_hidden()
    expect(page.locator("[data-key=n]")).to_be_focused()
    # Arrows move within a menu.
    page.locator(".menu > button").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".menu .menu-item").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".menu .menu-item").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".menu .menu-panel")).to_be_hidden()
    # The list of keys names the keys of the page, and there they can be switched off.
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys tbody")).to_contain_text("Make a queue")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#example")).to_be_hidden()


def test_keys_rest_while_somebody_writes(open_page: Open) -> None:
    page = open_page("/ui/forms")
    page.locator("#id_title").fill("")
    page.locator("#id_title").press_sequentially("n?")
    expect(page.locator("#id_title")).to_have_value("n?")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_first_stop_leads_to_the_content_and_a_figure_tells_its_method(open_page: Open) -> None:
    page = open_page("/ui/figures")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.locator("button.estimate").first.focus()
    expect(page.locator(".tip")).to_contain_text("method bootstrap")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()


def test_a_table_is_selected_sorted_filtered_and_its_columns_chosen(open_page: Open) -> None:
    page = open_page("/ui/tables")
    page.locator("[data-select-all]").check()
    expect(page.locator("input[name=selected]:checked")).to_have_count(25)
    # Sorting keeps the focus on the heading.
    page.locator("#table-main-sort-open_count").press("Enter")
    expect(page.locator("#table-main th[aria-sort=ascending]")).to_contain_text("Open")
    expect(page.locator("#table-main-sort-open_count")).to_be_focused()
    # The choice of columns is remembered on this device until reset.
    page.locator("[popovertarget=table-main-columns]").click()
    page.locator("#table-main-columns input[value=weeks]").check()
    page.locator("#table-main-columns button").click()
    expect(page.locator("#table-main th", has_text="Eight weeks")).to_be_visible()
    page.goto("/ui/tables")
    expect(page.locator("#table-main th", has_text="Eight weeks")).to_be_visible()
    page.locator("[popovertarget=table-main-columns]").click()
    page.locator("[data-columns-reset]").click()
    page.goto("/ui/tables")
    expect(page.locator("#table-main th", has_text="Eight weeks")).to_have_count(0)
    # A filter answers while somebody types, and keeps the focus.
    page.locator("#table-main-q").press_sequentially("hate")
    expect(page.locator("#table-main tbody tr")).to_have_count(5)
    expect(page.locator("#table-main-q")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("5 rows")
    assert page.url == f"{SITE}/ui/tables?q=hate"


def test_it_asks_before_it_sends(open_page: Open) -> None:
    page = open_page("/ui/figures")
    page.evaluate(
        """
        const form = Object.assign(document.createElement("form"), {action: "/ui/tables"})
        form.dataset.confirm = "Close the queue?"
        form.append(Object.assign(document.createElement("button"), {id: "close-it", textContent: "Close"}))
        document.querySelector("#content").append(form)
        """
    )
    page.locator("#close-it").click()
    expect(page.locator("#confirm")).to_contain_text("Close the queue?")
    page.locator("#confirm button", has_text="Cancel").click()
    expect(page.locator("#confirm")).to_be_hidden()
    assert page.url == f"{SITE}/ui/figures"
    page.locator("#close-it").click()
    page.locator("#confirm button", has_text="Go on").click()
    page.wait_for_url("**/ui/tables*")


def test_messages_of_answers_and_refusals_are_shown_and_dismissed_and_dark_can_stand_within_light(
    open_page: Open,
) -> None:
    page = open_page("/ui/figures")
    page.evaluate("htmx.ajax('GET', '/ui/none', '#announcer')")
    expect(page.locator("#toasts .toast.bad")).to_contain_text("404")
    page.locator("#toasts [data-toast-close]").click()
    said = {"HX-Trigger": '{"toast": {"text": "Renamed.", "tone": "good"}}'}
    page.route("**/renamed", lambda route: route.fulfill(body="", headers=said))
    page.evaluate("htmx.ajax('GET', '/renamed', '#announcer')")
    expect(page.locator("#toasts .toast.good")).to_contain_text("Renamed.")
    page.locator("#toasts [data-toast-close]").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)
    # It stands in a live region.
    page.evaluate("document.dispatchEvent(new CustomEvent('toast', {detail: {text: 'It broke.', tone: 'bad'}}))")
    expect(page.locator("#toasts[aria-live=polite] .toast.bad")).to_contain_text("It broke.")
    page.locator("#toasts [data-toast-close]").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)
    page.evaluate("document.querySelector('.card').dataset.theme = 'dark'")
    dark, light = (
        page.evaluate("(at) => getComputedStyle(document.querySelectorAll('.card')[at]).backgroundColor", at)
        for at in (0, 1)
    )
    assert (dark, light) == ("rgb(27, 31, 36)", "rgb(255, 255, 255)")


def test_the_menu_is_a_drawer_on_a_phone(open_page: Open) -> None:
    page = open_page("/ui/figures", size=PHONE)
    expect(page.locator("#sidebar")).to_be_hidden()
    page.locator(".sidebar-open").click()
    expect(page.locator("#sidebar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()


assert urlpatterns, "this module stands in for the site's addresses"
