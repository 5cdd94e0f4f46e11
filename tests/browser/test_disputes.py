"""A dispute is raised and settled by keyboard in a real browser; the pages around it and looks hold no barrier."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import clock
from evenkeel.people import Person, Role, give_grant
from evenkeel.quality import raise_dispute
from evenkeel.quality.models import DisputeSettlement, IntegrityLook, IntegrityRun
from evenkeel.quality.tests.conftest import NOW, SYSTEM, worker_of
from evenkeel.quality.tests.dispute_world import build_findings

Log = Callable[[Person], Page]


@pytest.fixture
def manager(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Qi manages quality; Mo disputed a finding, and a look is open. Qi decided something herself that was found wrong."""
    made = build_findings()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    raise_dispute(
        made.actor(made.mo), verdict=made.of_mo[0], reason="answer_right", text="It is a quote.", now=made.now
    )
    run = IntegrityRun.objects.create(week_on=NOW.date(), people=9, limit=1e-4, ran_at=NOW)
    IntegrityLook.objects.create(
        run=run, detector="late_rush", worker=worker_of(made.mo), chance=1e-6, evidence={"faster": 0.6, "days": 20.0},
        opened_at=NOW,
    )  # fmt: skip
    give_grant(SYSTEM, person=made.mo, role=Role.objects.get(slug="lead"), now=NOW)
    return made.qi


def test_a_dispute_is_settled_by_keyboard_and_its_pages_hold_no_barrier(
    manager: Person, log_in: Log, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(manager)
    page.goto("/quality/arbitration/")
    axe()
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name="Two answers")).to_be_visible()
    expect(page.get_by_text("It is a quote.")).to_be_visible()
    axe()
    screenshot("arbitration")
    page.locator("#answer-choices").get_by_text("Fine to show").click()
    page.get_by_label("A clear case").check()
    page.get_by_role("button", name="Settle it").click()
    expect(page).to_have_url(re.compile("/quality/arbitration/$"))
    assert DisputeSettlement.objects.get().outcome == "overturned"
    for name, path in (
        ("disputes", "/quality/disputes/"), ("dispute-counts", "/quality/disputes/counts/"),
        ("dispute-reasons", "/quality/disputes/reasons/"), ("looks", "/quality/looks/"), ("my-quality", "/quality/mine/"),
    ):  # fmt: skip
        page.goto(path)
        axe()
        screenshot(name)
    page.goto("/quality/disputes/")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Settled")).to_be_visible()
    axe()
    page.goto("/quality/disputes/follow-ups/")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Close it")).to_be_visible()
    axe()
    page.goto("/quality/looks/")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("button", name="Take the look")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name="Close the look")).to_be_visible()
    axe()
    screenshot("look")
