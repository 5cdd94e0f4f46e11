"""The pages of actions, initiatives and suggestions: for every eye, wide and narrow, dark, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import clock
from evenkeel.improve import (
    approve_plan,
    begin_action,
    check_effect,
    draft_note,
    link_action,
    start_initiative,
    suggest,
)
from evenkeel.improve.tests.plant import AFTER, BASELINE, START, WEEK, Plant
from evenkeel.improve.tests.story import NOW
from evenkeel.people import Person


@pytest.fixture
def addresses(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A checked action, an initiative with a draft, a suggestion."""
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    plant = Plant.make()
    for number, team in enumerate(plant.teams):
        drop = 0.05 if number < 4 else 0.0
        plant.weeks(team, lambda week, drop=drop: 0.10 - drop * (week >= BASELINE), seed=number)  # type: ignore[misc]
    action = plant.opened()
    plan = plant.frozen(action)
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    begin_action(plant.lead, action=action, now=NOW)
    check_effect(plant.lead, action=action, now=AFTER)
    started = start_initiative(
        plant.manager, title="Fewer scams", kind="kaizen", programme=plant.story.programme,
        problem="Scams slip through as allowed.", goal="Four points better by June.", due_on=START + 20 * WEEK, now=NOW,
    )  # fmt: skip
    link_action(plant.manager, initiative=started, action=action, now=NOW)
    draft_note(plant.manager, initiative=started, now=AFTER)
    suggest(plant.lead, programme=plant.story.programme, title="Zoom", body="Let me zoom into the picture.", now=NOW)
    return {
        "action": action.get_absolute_url(),
        "initiative": started.get_absolute_url(),
        "suggestions": "/improve/suggestions/",
    }


def test_every_page_can_be_used_by_everybody(
    addresses: dict[str, str],
    log_in: Callable[[Person], Page],
    axe: Callable[[], None],
    screenshot: Callable[[str], None],
) -> None:
    page = log_in(Person.objects.get(name="Quality manager"))
    for name, address in addresses.items():
        page.emulate_media(color_scheme="dark" if name in ("action", "initiative") else "light")
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        axe()
        screenshot(f"actions-{name}")
        page.set_viewport_size({"width": 390, "height": 844})
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not too_wide, f"{name} is wider than a phone"
        page.set_viewport_size({"width": 1280, "height": 860})
    page.get_by_role("button", name="Vote").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 votes")).to_be_visible()
