"""The desk by keyboard where it was not driven before: polygons, rankings, suggestions, tabs without locks, breaks, rulings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import clock
from evenkeel.people import Person
from evenkeel.policy import add_example
from evenkeel.quality import draw_due, start_plan, take_audit
from evenkeel.work import Decision, Lease, decide, escalate, take_batch
from evenkeel.work.acts.escalations import set_tier
from evenkeel.work.acts.predictions import NewPrediction, add_predictions
from evenkeel.work.tests.factories import NOW, SYSTEM, as_actor, make_person, make_policy
from evenkeel.work.tests.files import png

from .test_desk_kinds import LABEL, Open, answer, desk, field, person, queue_of

__all__ = ["desk", "person"]
TEXTS = [{"kind": "text", "text": f"Text {n}"} for n in range(3)]


def test_a_polygon_is_added_moved_and_given_corners_by_keyboard(desk: Open, axe: Any) -> None:
    page = desk(queue_of(LABEL, field("image_shapes"), items=[{"kind": "image", "file": png(400, 300)}]))
    expect(page.get_by_role("button", name="Add a polygon")).to_be_visible()
    page.keyboard.press("p")
    row = page.locator(".desk-mark-open")
    expect(row).to_have_text("Weapon: 4 corners")
    page.keyboard.press("ArrowRight")  # all of it
    page.keyboard.press("n")
    expect(row).to_have_text("Weapon: corner 1 of 4")
    expect(page.locator(".shape-corner")).to_be_visible()
    page.keyboard.press("ArrowUp")  # that corner alone
    page.keyboard.press("+")
    expect(row).to_have_text("Weapon: corner 2 of 5")
    page.keyboard.press("Control+ArrowDown")  # by little
    axe()
    page.keyboard.press("n")
    page.keyboard.press("Delete")  # a corner, not the mark
    expect(row).to_have_text("Weapon: corner 3 of 4")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#desk-item-title").focus()
    page.keyboard.press("2")
    (drawn,) = answer(page)["boxes"]
    points = [[round(x, 3), round(y, 3)] for x, y in drawn["points"]]
    assert points == [[0.36, 0.34], [0.515, 0.347], [0.67, 0.65], [0.36, 0.65]]


def test_a_ranking_is_its_digits_in_order(desk: Open, axe: Any) -> None:
    page = desk(queue_of(LABEL, field("ranking", required=True), items=TEXTS[:1]))
    page.keyboard.press("f")
    page.keyboard.press("3")
    page.keyboard.press("1")  # the last one left needs no choosing
    expect(page.locator(".option[data-rank='3']")).to_have_count(1)
    axe()
    page.locator("#desk-item-title").focus()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert answer(page) == {"label": "No", "order": ["c", "a", "b"]}


def predicted(queue: Any, label: str) -> Any:
    said = [NewPrediction(item_key="item-0", answer={"label": label}, model="model-7")]
    add_predictions(SYSTEM, programme=queue.programme, predictions=said, now=NOW)
    return queue


def test_a_suggestion_is_confirmed_or_overruled(desk: Open, axe: Any) -> None:
    page = desk(predicted(queue_of(LABEL, items=TEXTS, prelabel="shown"), "Yes"))
    expect(page.locator("#desk-suggested")).to_contain_text("model-7")
    expect(page.locator(".desk-choice.is-chosen")).to_contain_text("Unsafe")
    axe()
    page.keyboard.press("Enter")
    assert answer(page) == {"label": "Yes"}
    assert Decision.objects.filter(prelabel_seen=True, prelabel_followed=True).count() == 1
    # The next item has none.
    expect(page.locator("#desk-suggested")).to_be_hidden()
    expect(page.locator(".desk-choice.is-chosen")).to_have_count(0)


def test_a_hidden_suggestion_is_told_once_answered(desk: Open) -> None:
    page = desk(predicted(queue_of(LABEL, items=TEXTS, prelabel="hidden"), "Yes"))
    assert "model-7" not in page.content()
    page.keyboard.press("1")
    assert answer(page) == {"label": "No"}
    expect(page.locator(".desk-done-suggested").first).to_have_text("suggested: Unsafe")
    page.keyboard.press("u")
    page.keyboard.press("2")
    assert answer(page) == {"label": "Yes"}
    seen = Decision.objects.order_by("decided_at", "id").values_list("prelabel_seen", "prelabel_followed")
    assert list(seen) == [(False, False), (True, True)]


def test_two_tabs_agree_also_where_browsers_have_no_locks(desk: Open, browser_page: Page) -> None:
    browser_page.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    queue = queue_of(LABEL, items=TEXTS, batch_size=2)
    page = desk(queue)
    other = page.context.new_page()
    other.goto(f"/work/queues/{queue.pk}/desk/")
    expect(other.locator("#desk-rest-title")).to_have_text("This queue is open in another tab")
    other.get_by_role("button", name="Work here").click()
    expect(other.locator("#desk-item")).to_be_visible()
    expect(page.locator("#desk-rest-title")).to_have_text("This queue is open in another tab")
    assert Lease.objects.filter(ended_at=None).count() == 2
    other.close()


def test_a_break_is_suggested_after_the_time_that_she_chose(desk: Open, browser_page: Page) -> None:
    browser_page.clock.install()
    page = desk(queue_of(LABEL, items=TEXTS))
    for step in range(13):
        page.mouse.move(300 + step, 300)
        page.clock.fast_forward(4 * 60_000)
    expect(page.locator("#desk-notice-words")).to_contain_text("A short break does you good.")
    page.get_by_role("button", name="Noted").click()
    expect(page.locator("#desk-notice")).to_be_hidden()


def test_the_guideline_is_searched_with_its_examples(desk: Open) -> None:
    policy = make_policy(body="# Rules\n\nNo threats.")
    add_example(SYSTEM, policy=policy, text="I know where you live", verdict="A threat", why="It is veiled.", now=NOW)
    page = desk(queue_of(LABEL, items=TEXTS, policy=policy))
    page.keyboard.press("g")
    page.keyboard.type("veiled")
    expect(page.locator("#desk-found")).to_have_text("1 of 1")
    expect(page.locator("mark.is-here")).to_have_text("veiled")


def test_a_tier_rules_with_shapes_by_keyboard(desk: Open, log_in: Any, axe: Any) -> None:
    queue = queue_of(LABEL, field("image_shapes", required=True), items=[{"kind": "image", "file": png(400, 300)}])
    set_tier(SYSTEM, programme=queue.programme, level=1, name="First", minutes=60, now=NOW)
    actor = as_actor(make_person("moderator"))
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    found = escalate(actor, lease_id=lease.pk, reason="language", now=NOW)
    assert found is not None
    specialist: Person = make_person("specialist")
    page: Page = log_in(specialist)
    page.goto(found.get_absolute_url())
    expect(page.get_by_role("button", name="Add a box")).to_be_visible()
    page.keyboard.press("2")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#answer-fault")).to_have_text("Fill this in first: Where?.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add a box").click()
    page.keyboard.press("ArrowRight")
    axe()
    page.get_by_role("button", name="Decide", exact=True).click()
    page.wait_for_url("**/work/escalations/")
    made = Decision.objects.get()
    assert (made.label, made.answer["boxes"][0]["x"]) == ("Yes", 0.36)


def test_an_auditor_marks_anew_by_keyboard(log_in: Any, desk: Open, axe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    later = NOW + timedelta(minutes=10)
    monkeypatch.setattr(clock, "now", lambda: later)
    queue = queue_of(LABEL, field("text_spans"), items=[{"kind": "text", "text": "Kill them all"}])
    start_plan(SYSTEM, programme=queue.programme, name="All", rate=1, now=NOW)
    actor = as_actor(make_person("moderator"))
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    decide(actor, lease_id=lease.pk, answer={"label": "Yes"}, client_key="k" * 8, now=NOW)
    draw_due(later)
    auditor = make_person("qa_specialist")
    task = take_audit(as_actor(auditor, now=later), now=later)
    assert task is not None
    page: Page = log_in(auditor)
    page.goto(f"/quality/audits/{task.pk}/")
    expect(page.locator(".is-markable")).to_have_count(1)
    page.locator(".is-markable").focus()
    page.keyboard.press("1")
    expect(page.locator(".desk-mark-row")).to_have_text("Threat: “Kill”×")
    axe()
    page.locator("#item-title").click()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator(".audit-answers")).to_contain_text("yours: Threat: “Kill”")
