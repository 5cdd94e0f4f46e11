"""A metric defined by keyboard: names offered, a mistake at its place, a preview, published, said anew; then a target."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from evenkeel.measure import roll_up
from evenkeel.measure.tests.floor import Floor
from evenkeel.people import Person
from evenkeel.work.tests import factories

LogIn = Callable[[Person], Page]
Axe = Callable[[], None]
Shot = Callable[[str], None]
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def manager(transactional_db: None) -> Person:
    made = factories.make_person(("quality_manager", "data_scientist"), name="Ada Example")
    floor = Floor.make(workers=6, items=2)
    floor.write(
        decisions=[
            floor.decision(n % 6, n % 2, at=NOON - timedelta(days=1 + n % 9), active_ms=40_000 if n % 3 else 9_000)
            for n in range(60)
        ]
    )
    roll_up(now=NOON)
    return made


def test_a_metric_is_defined_by_keyboard(manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot) -> None:
    page = log_in(manager)
    page.goto("/measure/definitions/new/metric/")
    page.get_by_label("Name for programs").fill("slow_share")
    page.get_by_label("Title").fill("Slow decisions")
    page.get_by_label("What it tells").fill("Share of decisions that took longer than half a minute.")
    page.get_by_label("Read from").select_option("decisions")
    # Names are offered while one types; arrows choose, Enter takes one over.
    figure = page.get_by_role("textbox", name="What is measured")
    figure.focus()
    page.keyboard.type("share(act")
    expect(page.get_by_role("option", name="active_ms")).to_be_visible()
    axe()
    page.keyboard.press("Enter")
    page.keyboard.type(" > 30")
    # A mistake stands under its field, at its place.
    page.keyboard.type(")")
    expect(page.locator("#place-figure mark")).to_have_text("30")
    expect(page.locator("#place-figure")).to_contain_text("say the unit")
    screenshot("definition-mistake")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(" s")
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_contain_text("66.7")
    expect(page.locator("#place-figure mark")).to_have_count(0)
    page.get_by_label("Better").select_option("down")
    page.get_by_label("Guarded by").select_option("accuracy")
    page.get_by_label("Unit-test rows").fill("active_ms\n40000\n20000")
    page.get_by_label("They must give").fill("50 %")
    page.get_by_label("Cut by").select_option("queue")
    expect(page.locator("#preview")).to_contain_text("Queue A")
    axe()
    screenshot("definition-editor")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published. Its history is taken in now.")).to_be_visible()
    axe()
    screenshot("definition")

    page.goto("/measure/targets/new/")
    page.get_by_label("Metric").select_option("slow_share")
    page.get_by_label("Target", exact=True).fill("20 %")
    page.get_by_label("Warning").fill("25 %")
    page.get_by_label("Critical").fill("30 %")
    page.get_by_label("Why").fill("Agreed with the floor.")
    axe()
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("row").filter(has_text="Slow decisions")).to_contain_text("20.0")
    axe()
    screenshot("targets")
