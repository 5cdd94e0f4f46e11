"""Another tool's file in a browser: handed in, its columns named by keyboard, seen as facts, imported."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import jobs
from evenkeel.people import Person
from evenkeel.work import Decision, Programme
from evenkeel.work.tests.factories import make_house, make_person, make_programme

ROWS = (
    "content_id,moderator,verb,decided_at,auditor,is_correct\n"
    "p-1,ada,remove,2026-02-01T09:00:00Z,zoe,yes\np-2,bo,approve,2026-02-01T09:01:00Z,,\np-3,,approve,soon,,\n"
)


@pytest.fixture
def programme(transactional_db: None) -> Programme:
    make_house()
    return make_programme("Community posts")


def test_a_file_is_mapped_and_imported(
    programme: Programme, log_in: Callable[[Person], Page], axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(make_person("quality_manager"))
    page.goto("/quality/tools/")
    page.keyboard.press("i")
    page.wait_for_url("**/quality/tools/new/")
    page.get_by_label("Name of the tool").fill("Acme desk")
    page.get_by_label("Programme").select_option(label="Community posts")
    page.locator("input[type=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    )
    axe()
    screenshot("other-tools-new")
    page.get_by_role("button", name="Look at the columns").click()
    facts = page.locator("#facts")
    expect(facts).to_contain_text("The decision that it reviews is not known.")
    page.locator("#id_f_label").fill("verb")
    expect(facts).to_contain_text("The cell is empty.")
    expect(facts.get_by_role("row")).to_have_count(4)
    axe()
    screenshot("other-tools-mapping")
    page.get_by_label("Leave rows out that do not fit").check()
    page.get_by_role("button", name="Save and import").click()
    expect(page.get_by_text("You may leave this page")).to_be_visible()
    jobs.drain()
    expect(page.get_by_text("Imported. The figures follow")).to_be_visible()
    axe()
    screenshot("other-tools-run")
    assert sorted(Decision.objects.values_list("label", flat=True)) == ["approve", "remove"]
