"""From a red tile to the evidence case in at most four clicks, and the room's sides by keyboard, dark and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import clock, jobs
from evenkeel.improve.tests.story import LAST, Story
from evenkeel.measure import Signal
from evenkeel.people import Person

from .conftest import DESKTOP, PHONE

LogIn = Callable[[Person], Page]


@pytest.fixture
def story(transactional_db: None) -> Story:
    """Audits up to yesterday, in which a vendor's team lately takes scams for allowed."""
    return Story.told(one_in=7, later=clock.now().date() - timedelta(days=1) - LAST)


def test_a_red_tile_leads_to_a_case_in_four_clicks(story: Story, log_in: LogIn, axe: Callable[..., None]) -> None:
    jobs.run_all(clock.now())
    signal = Signal.objects.get(side=-1)
    page = log_in(story.person("lead", name="Lena Vos"))
    page.goto(f"/measure/programmes/{story.programme.pk}/")
    clicks = 0
    page.get_by_role("link", name=f"Accuracy of {signal.where_name} fell").first.click()
    clicks += 1
    page.get_by_role("button", name="Open an investigation").first.click()
    clicks += 1
    case = page.locator("[id^=case-]").first
    expect(case).to_be_visible()
    case.get_by_role("link").first.click()
    clicks += 1
    expect(page.get_by_text("pay by gift card").first).to_be_visible()
    assert clicks <= 4

    # The sides, by keyboard from the findings: each is whole in both themes, wide and on a phone.
    page.goto(signal.investigation.get_absolute_url())
    tab = page.get_by_role("link", name="Why", exact=True)
    tab.focus()
    page.keyboard.press("Enter")
    expect(page.locator("figure.chart-figure svg:visible").first).to_be_visible()
    page.get_by_label("Because").focus()
    page.keyboard.type("They had not read the new clause.")
    page.keyboard.press("Enter")
    expect(page.locator("#whys")).to_contain_text("They had not read the new clause.")
    axe()
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    axe(again=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for side in ("Validation", "Recipe", "Documents"):
        page.get_by_role("link", name=side, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(side)
        axe(again=True)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
