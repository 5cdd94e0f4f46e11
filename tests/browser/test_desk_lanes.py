"""Beside the desk in a browser: asking, handing up, and what was answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenkeel.people import Person
from evenkeel.work import Queue
from evenkeel.work.acts.escalations import set_tier
from evenkeel.work.acts.questions import answer_question
from evenkeel.work.models import Escalation, Question
from evenkeel.work.tests.factories import NOW, SYSTEM, make_person, make_policy, make_programme, make_queue


@pytest.fixture
def queue(transactional_db: None) -> Queue:
    programme = make_programme("Assistant safety")
    made = make_queue(programme, name="First look", items=6, batch_size=4, policy=make_policy("Safe answers"))
    set_tier(SYSTEM, programme=programme, level=1, name="Specialists", minutes=60, now=NOW)
    return made


def test_a_question_and_an_escalation_by_keyboard(
    log_in: Callable[[Person], Page], queue: Queue, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(make_person("moderator", name="Ada Example"))
    page.goto(f"/work/queues/{queue.pk}/desk/")
    expect(page.locator("#desk-item")).to_be_visible()
    first = page.locator("#desk-key").inner_text()

    page.keyboard.press("a")
    page.locator("#lanes-body").press_sequentially("Is this a joke?")
    screenshot("desk-ask")
    axe()
    page.get_by_role("button", name="Ask and keep it").click()
    expect(page.locator("#lanes-asking")).to_be_hidden()
    expect(page.locator("#desk-key")).to_have_text(first)
    question = Question.objects.get()
    answer_question(SYSTEM, question=question, body="It is one: safe.", now=NOW)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#lanes-said")).to_contain_text("It is one: safe.")

    page.keyboard.press("e")
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Hand up").last.click()
    expect(page.locator("#lanes-escalate-fault")).to_contain_text("Write something.")
    page.locator("#lanes-note").fill("Who is it?")
    screenshot("desk-escalate")
    axe()
    page.get_by_role("button", name="Hand up").last.click()
    expect(page.locator("#desk-key")).not_to_have_text(first)
    expect(page.locator("#desk-recent")).to_contain_text("Handed up")
    assert Escalation.objects.get().item.key == first
    expect(page.locator("#lanes-said")).to_be_hidden()
    screenshot("desk-lanes")
    page.keyboard.press("1")
    expect(page.locator("#desk-today")).to_have_text("1")
