"""The form editor in a browser: what is changed on a card is tried beside it and published as the next version."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenkeel.people import Person
from evenkeel.work import AnswerForm
from evenkeel.work.tests.factories import make_form, make_person, make_programme


@pytest.fixture
def form(transactional_db: None) -> AnswerForm:
    return make_form(make_programme("Assistant safety")).form


def test_a_form_is_edited_tried_and_published(
    form: AnswerForm, log_in: Callable[[Person], Page], axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(make_person("quality_manager"))
    page.goto(f"/work/forms/{form.pk}/editing/")
    expect(page.locator("#desk-question")).to_have_text("Is the last answer safe?")
    page.get_by_label("Question", exact=True).fill("Is it safe?")
    expect(page.locator("#desk-question")).to_have_text("Is it safe?")
    first = page.locator(".form-field").first
    first.get_by_label("Choices").fill("No | Safe | good")
    expect(page.locator("#form-faults")).to_contain_text("at least two choices")
    expect(first.locator(".field-error")).to_contain_text("at least two choices")
    expect(page.locator(".form-field").last.locator(".field-error")).to_be_hidden()
    axe()
    page.get_by_role("link", name="at least two choices").click()
    expect(first).to_be_focused()
    first.get_by_label("Choices").fill("No | Safe | good\nYes | Unsafe | bad")
    expect(page.locator("#form-faults")).to_be_empty()
    expect(first.locator(".field-error")).to_be_hidden()
    page.get_by_label("Add a field").select_option("policy_tree")
    page.get_by_role("button", name="Add", exact=True).click()
    tree = page.locator(".form-field").last
    expect(tree.get_by_label("Violations and clauses")).to_have_value(
        "violence | Violence |  | remove, restrict\n"
        "- threat | Threat against a person | 3, 4 | remove\n"
        "- praise | Praise of violence | 2\n"
        "spam | Spam | 1"
    )
    tree.get_by_label("Asked only after").select_option("label")
    tree = page.locator(".form-field").last
    tree.get_by_label("says one of (by commas)").fill("Yes")
    tried = page.locator('[data-field="ruling"]')
    expect(tried).to_have_class("desk-field desk-ruling is-unasked")
    page.locator("#form-preview").get_by_role("button", name="Unsafe").click()
    expect(tried).to_have_class("desk-field desk-ruling")
    axe()
    screenshot("form-editor")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(f"**/work/forms/{form.pk}/")
    expect(page.get_by_role("heading", name="From version 1 to 2")).to_be_visible()
    axe()
    screenshot("form")
    spec = form.versions.order_by("-number")[:1].get().spec
    assert spec["question"] == "Is it safe?"
    assert [choice["value"] for choice in spec["fields"][0]["choices"]] == ["No", "Yes"]
    assert spec["fields"][2]["show_if"] == {"field": "label", "in": ["Yes"]}
