"""The whole loop in one go: decided by keyboard, audited blind, measured with an interval, signalled, investigated."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import clock, jobs
from evenkeel.improve import Investigation
from evenkeel.improve.tests.story import LAST, Story
from evenkeel.measure import Signal, figure
from evenkeel.people import Person
from evenkeel.quality import Verdict, start_plan
from evenkeel.work import Decision, TakenBack, fill_queue
from evenkeel.work.tests.factories import SYSTEM, make_items

from .conftest import DESKTOP, PHONE

LogIn = Callable[[Person], Page]


@pytest.fixture
def story(transactional_db: None) -> Story:
    """Audits up to yesterday, in which a vendor's team lately takes scams for allowed; and a queue of conversations."""
    made = Story.told(one_in=7, later=clock.now().date() - timedelta(days=1) - LAST)
    items = make_items(4, made.programme)
    now = clock.now() - timedelta(minutes=1)
    fill_queue(SYSTEM, queue=made.other_queue, item_ids=[item.pk for item in items], now=now)
    start_plan(SYSTEM, programme=made.programme, queue=made.other_queue, name="All of them", rate=1.0, now=now)
    return made


def test_from_a_decision_to_an_investigation(
    story: Story,
    log_in: LogIn,
    axe: Callable[..., None],
    screenshot: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moderator, lead = story.person("moderator", name="Mo Moderator"), story.person("lead", name="Lena Vos")
    manager = story.manager

    # A moderator opens her queue, reads the guideline beside the item, decides by keyboard, takes one back.
    page = log_in(moderator)
    page.goto("/work/queues/")
    page.goto(f"/work/queues/{story.other_queue.pk}/desk/")
    expect(page.get_by_role("region", name="Guideline")).to_contain_text("Self-harm")
    expect(page.locator("#desk-content")).to_contain_text("How do I open door")
    page.keyboard.press("1")
    page.keyboard.press("3")
    saved(page)
    page.keyboard.press("u")
    expect(page.locator("#desk-again")).to_be_visible()
    saved(page)
    for key in ("2", "1", "1"):
        page.keyboard.press(key)
    saved(page)
    assert TakenBack.objects.count() == 1
    mine = Decision.objects.filter(worker__person=moderator, taken_back=None)
    assert sorted(mine.values_list("label", flat=True)) == ["Allowed", "Allowed", "Allowed", "Spam"]

    # The undo window passes; the jobs draw. A QA specialist judges, blind.
    read = clock.now
    monkeypatch.setattr(clock, "now", lambda: read() + timedelta(minutes=10))
    jobs.run_all(clock.now())
    page = log_in(Person.objects.get(name="Marta"))
    page.goto("/quality/audits/")
    page.keyboard.press("a")
    for number in range(4):
        expect(page.get_by_role("heading", name="Item", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Give the verdict")).to_be_visible()
        assert "Mo Moderator" not in page.content()
        page.keyboard.press("1")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("heading", name="The first answer was")).to_be_visible()
        if number < 3:
            page.keyboard.press("n")
    audited = Verdict.objects.filter(draw__decision__in=mine)
    assert sorted(audited.values_list("is_right", flat=True)) == [False, True, True, True]

    # The jobs again: the log flows into the figures, and the watch sees what has happened at Northline B.
    jobs.run_all(clock.now())
    today = clock.now().date()
    assert (
        figure("accuracy", queue=story.other_queue, since=today - timedelta(days=1), until=today + timedelta(days=1)).n
        == 4
    )
    signal = Signal.objects.get(side=-1)
    assert signal.team == story.team_b

    # The lead sees accuracy with its interval, on a tile and on a chart, and the signal.
    page = log_in(lead)
    page.goto(f"/measure/programmes/{story.programme.pk}/")
    n = Verdict.objects.count()
    tile = page.locator(".stats .estimate").first
    expect(tile).to_contain_text(f"n {n}")
    expect(tile.locator(".estimate-interval").first).to_contain_text("–")
    expect(page.locator("figure.chart-figure svg:visible").first).to_be_visible()
    page.get_by_role("link", name="Accuracy of Northline B fell").first.click()
    expect(page.get_by_role("heading", name="Accuracy of Northline B fell", level=1)).to_be_visible()

    # She opens the investigation: it names the team's scams, and shows the cases.
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile("/improve/investigations/"))
    found = Investigation.objects.get(signal=signal)
    first = page.locator("#drivers").get_by_role("region", name="Where the change sits").locator("tbody tr").first
    expect(first).to_contain_text("Scam listing")
    expect(first).to_contain_text("stands out")
    expect(page.locator("#drivers svg:visible").first).to_be_visible()
    expect(page.locator("[id^=case-]")).to_have_count(found.cases.count())
    axe()
    screenshot("investigation")
    # From the tile's page that was: the signal's link, its button, and the case itself. Three clicks; four are allowed.
    page.locator("[id^=case-]").first.get_by_role("link").first.click()
    expect(page.get_by_text("pay by gift card").first).to_be_visible()
    page.go_back()
    goes_round(page, axe)
    page.goto(found.get_absolute_url())
    case = page.locator("[id^=case-]").first
    case.get_by_role("combobox", name="Cause of").select_option("knowledge_gap")
    case.get_by_role("textbox").fill("The clause on gift cards is new.")
    case.get_by_role("button", name="Set the cause").click()
    expect(page.locator("[id^=case-]").first).to_contain_text("Knowledge gap")
    page.get_by_role("button", name="Close", exact=True).first.click()
    page.get_by_label("Main cause").select_option("knowledge_gap")
    page.get_by_label("What happened, and why").fill("The team had not read the reworded clause.")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("The investigation is closed.")).to_be_visible()
    axe()
    screenshot("investigation-closed")
    assert not Investigation.objects.get().is_open
    assert manager.notices.filter(title__startswith="The investigation was closed").count() <= 1


def goes_round(page: Page, axe: Callable[..., None]) -> None:
    """The sides of an investigation, by keyboard, in the dark and on a phone."""
    page.get_by_role("link", name="Why", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Because").focus()
    page.keyboard.type("They had not read the new clause.")
    page.keyboard.press("Enter")
    expect(page.locator("#whys")).to_contain_text("They had not read the new clause.")
    expect(page.locator("figure.chart-figure svg:visible").first).to_be_visible()
    axe()
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    axe(again=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for side in ("Validation", "Recipe", "Documents"):
        page.get_by_role("link", name=side, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(side)
        axe(again=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def saved(page: Page) -> None:
    expect(page.locator("#desk-net")).to_have_attribute("data-state", "saved")
