"""Sessions, clauses, agreement and doubtful labels as people see them: by keyboard, on a phone, in the dark, read aloud."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from evenkeel.kernel import wilson
from evenkeel.people import Person
from evenkeel.quality import open_session
from evenkeel.quality.models import AgreementCut, CalibrationAnswer, LabelReading
from evenkeel.work.tests import factories

LogIn = Callable[[Person], Page]
Axe = Callable[..., None]
Shot = Callable[[str], None]
NOON = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=12)


@pytest.fixture
def manager(transactional_db: None) -> Person:
    return factories.make_person(("quality_manager", "data_scientist"), name="Ada Example")


def test_a_case_is_answered_by_keyboard_and_all_reads_well(
    manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    queue = factories.make_queue()
    other = factories.worker_of(factories.make_person("moderator", name="Bo Example"))
    mine = factories.worker_of(manager)
    items = factories.make_items(2, queue.programme)
    session = open_session(
        factories.as_actor(manager), queue=queue, name="This week", items=items, workers=[mine, other], experts=[mine],
        deadline_at=datetime.now(UTC) + timedelta(days=3), now=NOON,
    )  # fmt: skip
    said = wilson(30, 40).to_dict()
    LabelReading.objects.create(
        programme=queue.programme, data_version="1:x", labels=80, items=40, people=6, expected_wrong=3.0, as_of=NOON
    )
    for by, key, pair in (("all", "", ""), ("class", "Yes", ""), ("pair", str(mine.pk), str(other.pk))):
        AgreementCut.objects.create(
            programme=queue.programme, by=by, key=key, other=pair, items=40, labels=80, people=6, percent=said, alpha=said,
            ac1=said,
        )  # fmt: skip

    page = log_in(manager)
    page.goto(session.get_absolute_url())
    axe()
    page.get_by_role("link", name="Answer the next case").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer-choices button, #answer-choices input").first).to_be_visible()
    axe()
    screenshot("calibration-case")
    page.locator("#answer-choices").get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Give the answer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case 2")
    assert CalibrationAnswer.objects.count() == 1

    # The deadline is over: answers side by side, and the forms to speak and settle.
    type(session).objects.filter(pk=session.pk).update(revealed_at=NOON)
    case = session.cases.get(number=1)
    programme = queue.programme.pk
    for path, name in (
        (session.get_absolute_url(), "calibration-session"),
        (case.get_absolute_url(), "calibration-settling"),
        ("/quality/calibration/new/", "calibration-new"),
        (f"/quality/programmes/{programme}/calibration/", "calibration-trend"),
        ("/quality/clauses/", "clauses"),
        (f"/quality/programmes/{programme}/agreement/?by=pair", "agreement"),
        (f"/quality/programmes/{programme}/doubts/", "label-doubts"),
    ):
        page.goto(path)
        axe()
        screenshot(name)
    # A dark phone can break looks alone.
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    axe(again=True)
