"""Dashboards, explore and the floor as people use them: by click, by keyboard, live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from evenkeel.improve.tests.story import LAST, Story
from evenkeel.people import Person, note_work, switch_state
from evenkeel.planning import set_backlog_target
from evenkeel.policy import publish_version
from evenkeel.work import take_batch
from evenkeel.work.tests import factories

LogIn = Callable[[Person], Page]
Axe = Callable[..., None]
Shot = Callable[[str], None]


@pytest.fixture
def story(transactional_db: None) -> Story:
    """A month of audits that ended yesterday; a policy changed meanwhile."""
    today = datetime.now(UTC).date()
    story = Story.told(later=today - timedelta(days=1) - LAST)
    assert story.queue.policy is not None
    publish_version(
        factories.SYSTEM, policy=story.queue.policy, body_markdown="# Scams", what_changed="Gift cards",
        now=datetime.now(UTC) - timedelta(days=6),
    )  # fmt: skip
    return story


@pytest.fixture
def manager(story: Story) -> Person:
    return factories.make_person(("quality_manager", "lead"), name="Ada Example")


def test_a_figure_opens_to_its_cases_in_three_clicks(
    story: Story, manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    page = log_in(manager)
    page.goto("/reports/dashboards/")
    expect(page.get_by_role("heading", name="Quality system")).to_be_visible()
    expect(page.get_by_text("What changed, last 4 weeks")).to_be_visible()
    axe()
    screenshot("dashboard")
    # One: the figure broken down. Two: the rows behind a part. Three: the case.
    page.locator(".tile").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Explore")).to_be_visible()
    axe()
    screenshot("explore-bars")
    page.get_by_role("link", name="Rows Listings").click()
    expect(page.get_by_role("heading", name="Audited decisions")).to_be_visible()
    page.locator("tbody th a, tbody td a").first.click()
    page.wait_for_url("**/work/decisions/*/")

    # Explore: a line with its limits and what happened, a pivot, a question kept and put on a dashboard.
    page.goto("/reports/explore/?days=28")
    expect(page.get_by_text("change meanwhile")).to_be_visible()
    axe(again=True)
    screenshot("explore-line")
    page.goto("/reports/explore/?by=queue&by=team&drawing=pivot")
    expect(page.get_by_role("region", name="Queue by Team")).to_be_visible()
    axe(again=True)
    screenshot("explore-pivot")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Save this question")
    dialog.get_by_label("Name").fill("Teams by queue")
    dialog.get_by_label("Who may open it").select_option("organisation")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Teams by queue")).to_be_visible()
    axe()
    screenshot("exploration")
    page.get_by_role("button", name="Mail it to me").click()
    expect(page.get_by_text("It comes to you every Monday at 8:00")).to_be_visible()


def test_a_dashboard_is_made_ones_own_and_arranged_by_keyboard(
    story: Story, manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    page = log_in(manager)
    page.goto("/reports/dashboards/?board=executive")
    page.get_by_role("button", name="Make it mine").click()
    page.get_by_role("dialog").get_by_role("button", name="Make a copy").click()
    expect(page.get_by_text("This dashboard is yours.")).to_be_visible()
    axe()
    screenshot("dashboard-arranged")
    tiles = page.locator("[data-tile]")
    before = [tile.get_attribute("data-tile") for tile in tiles.all()]
    tiles.first.locator("[data-grip]").focus()
    with page.expect_response("**/order/"):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#announcer")).to_have_text(f"Moved to place 2 / {len(before)}")
    with page.expect_response("**/order/"):
        tiles.nth(3).locator("[data-grip]").drag_to(tiles.nth(0))
    page.reload()
    after = [tile.get_attribute("data-tile") for tile in tiles.all()]
    assert after == [before[3], before[1], before[0], before[2], before[4]]
    # Without a script, or for whoever likes it better: the buttons do the same.
    tiles.nth(0).get_by_role("button", name="Later").click()
    expect(tiles.nth(1)).to_have_attribute("data-tile", str(before[3]))
    tiles.nth(4).get_by_role("button", name="Remove").click()
    expect(tiles).to_have_count(4)
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("link", name="Arrange")).to_be_visible()


def test_the_floor_keeps_itself_up_to_date(
    story: Story, manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    now = datetime.now(UTC)
    scams = factories.make_queue(story.programme, name="Scams first", items=12, batch_size=2, target_s=1_500)
    workers = [factories.make_person("moderator", team=story.desk, name=f"Person {letter}") for letter in "ABC"]
    for place, person in enumerate(workers):
        actor = factories.as_actor(person)
        if place < 2:
            take_batch(actor, queue=scams, now=now - timedelta(minutes=7))
            note_work(
                actor, state="production", programme_id=scams.programme_id, queue_id=scams.pk,
                now=now - timedelta(minutes=7),
            )  # fmt: skip
        else:
            switch_state(actor, worker=person.worker, state="break", now=now - timedelta(minutes=3))
    page = log_in(manager)
    page.goto("/planning/floor/")
    expect(page.get_by_role("row").filter(has_text="Person C")).to_contain_text("Break")
    expect(page.locator("[data-pulse-words]")).to_contain_text("Up to date at")
    axe()
    screenshot("floor")
    set_backlog_target(factories.SYSTEM, queue=scams, most=5, now=now)
    actor = factories.as_actor(workers[2])
    switch_state(actor, worker=workers[2].worker, state="meeting", now=datetime.now(UTC))
    expect(page.get_by_role("row").filter(has_text="Person C")).to_contain_text("Meeting", timeout=9_000)
    expect(page.locator("#announcer")).to_contain_text("More waits than may in Scams first.")
    axe(again=True)
