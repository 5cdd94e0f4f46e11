"""The time clock, files and changes of many tasks in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evenkeel.people import Person, Worker, correct_time
from evenkeel.work import Transfer
from evenkeel.work.tests.factories import (
    NOW,
    SYSTEM,
    after,
    make_house,
    make_person,
    make_programme,
    make_queue,
    make_team,
)
from evenkeel.work.transfers.running import run_transfer

pytestmark = pytest.mark.django_db(transaction=True)
LogIn = Callable[[Person], Page]
Check = Callable[[], None]
Shoot = Callable[[str], None]


def test_a_day_at_the_clock(log_in: LogIn, axe: Check, screenshot: Shoot) -> None:
    team = make_team(make_house())
    mo = make_person("moderator", name="Mo Derator", team=team)
    worker = Worker.objects.get(person=mo)
    for began, ended, state in (
        (0, 10, "meeting"), (10, 130, "production"), (130, 145, "break"), (145, 200, "production"), (200, 215, "wellness"),
        (215, 240, "idle"), (240, 330, "audit"), (330, 345, "system_down"), (345, 420, "training"),
    ):  # fmt: skip
        correct_time(
            SYSTEM, worker=worker, began_at=after(minutes=began), ended_at=after(minutes=ended), state=state,
            reason="As it was", now=after(hours=9),
        )  # fmt: skip
    page = log_in(mo)
    page.goto(f"/people/time/?day={NOW.date().isoformat()}")
    expect(page.locator("svg.day-bar rect")).to_have_count(9)
    expect(page.get_by_role("cell", name="Wellness")).to_be_visible()
    axe()
    screenshot("my-day")
    page.get_by_role("button", name="Time clock").click()
    page.get_by_role("button", name="Meeting").click()
    expect(page.get_by_role("button", name="Time clock: Meeting")).to_be_visible()
    page.get_by_role("button", name="Time clock").click()
    axe()
    screenshot("clock-menu")

    page = log_in(make_person("lead", name="Lea Lead"))
    page.goto("/people/time/team/")
    expect(page.get_by_role("row", name="Mo Derator")).to_contain_text("Meeting")
    axe()
    screenshot("team-time")
    page.goto(f"/people/workers/{worker.pk}/time/?day={NOW.date().isoformat()}")
    page.get_by_role("button", name="Correct").click()
    axe()
    page.locator("#id_began").fill("09:00")
    page.locator("#id_ended").fill("09:10")
    page.locator("#id_reason").fill("It was no meeting")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It was no meeting")).to_be_visible()
    axe()
    screenshot("worker-time")


def test_files_and_many_tasks(log_in: LogIn, axe: Check, screenshot: Shoot, tmp_path: Path) -> None:
    programme = make_programme("Safety")
    queue = make_queue(programme, name="First look", items=6)
    make_queue(programme, name="Second look")
    page = log_in(make_person("quality_manager", name="Quinn Manager"))
    page.goto(f"/work/programmes/{programme.pk}/files/")
    axe()
    screenshot("files")
    bad = tmp_path / "items.csv"
    bad.write_text("item,text\n1,Hello\n1,Again\n,None\n")
    page.locator("#id_import_file").set_input_files(bad)
    page.get_by_role("button", name="Check and import").click()
    expect(page.get_by_text("Waits for a worker")).to_be_visible()
    run_transfer(transfer_id=str(Transfer.objects.get().pk), at=NOW.isoformat())
    expect(page.get_by_text("2 things do not fit")).to_be_visible()
    axe()
    screenshot("file-report")

    page.goto(f"/work/programmes/{programme.pk}/bulk/")
    page.get_by_label("What to do").select_option("close")
    page.get_by_role("button", name="Look at what is meant").click()
    expect(page.get_by_role("row", name="First look").first).to_contain_text("6")
    axe()
    screenshot("bulk-preview")
    page.locator("#id_reason").fill("Wrong batch")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("6 tasks are being changed.")).to_be_visible()
    axe()
    screenshot("bulk-act")
    assert queue.tasks.filter(closed_at=None).count() == 6, "the worker does it, not the page"
