"""The plan editor, the coverage map and a delivery as people see them: by keyboard, on a phone, in the dark, read aloud."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from evenkeel.people import Person
from evenkeel.quality import hand_in, start_plan, start_scheme
from evenkeel.work import take_batch
from evenkeel.work.tests import factories

LogIn = Callable[[Person], Page]
Axe = Callable[[], None]
Shot = Callable[[str], None]
NOON = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=12)


@pytest.fixture
def manager(transactional_db: None) -> Person:
    return factories.make_person(("quality_manager", "data_scientist"), name="Ada Example")


def test_a_plan_a_map_and_a_delivery_read_well(manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot) -> None:
    moderator, queue = factories.make_person("moderator"), factories.make_queue(items=6, batch_size=6, undo_s=0)
    start_plan(factories.SYSTEM, programme=queue.programme, name="Random", rate=0.05, now=NOON - timedelta(days=2))
    for lease in take_batch(factories.as_actor(moderator), queue=queue, now=NOON):
        factories.make_decision(factories.as_actor(moderator), lease, now=NOON)
    worker = moderator.worker
    scheme = start_scheme(
        factories.SYSTEM, programme=queue.programme, organisation=worker.organisation, name="Weekly", aql=4.0,
        now=NOON - timedelta(days=1),
    )  # fmt: skip
    batch = hand_in(
        factories.SYSTEM, scheme=scheme, name="This week", from_at=NOON - timedelta(hours=1),
        until_at=NOON + timedelta(hours=1), now=NOON + timedelta(hours=3),
    )  # fmt: skip

    page = log_in(manager)
    page.goto("/quality/plans/start/")
    expect(page.locator("#preview")).to_contain_text("decisions a day")
    expect(page.get_by_label("Share of them to audit, in percent")).to_have_count(1)
    expect(page.get_by_label("Share of them to audit, in percent")).to_be_hidden()
    page.get_by_label("Rare answers").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Share of them to audit, in percent")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("Drawn by")
    axe()
    screenshot("plan-editor")
    for path, name in (
        (f"/quality/programmes/{queue.programme.pk}/coverage/", "coverage-map"),
        (scheme.get_absolute_url(), "deliveries"),
        (batch.get_absolute_url(), "delivery"),
    ):
        page.goto(path)
        axe()
        screenshot(name)
