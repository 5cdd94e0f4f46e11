"""Quality as people see it: figures with interval, charts, raters, items, a signal from start to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import log
from evenkeel.measure import Signal, roll_up, watch
from evenkeel.measure.tests.floor import Floor
from evenkeel.people import Person
from evenkeel.quality import import_labels
from evenkeel.work import Programme
from evenkeel.work.tests import factories

LogIn = Callable[[Person], Page]
Axe = Callable[[], None]
Shot = Callable[[str], None]
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def manager(transactional_db: None) -> Person:
    return factories.make_person(("quality_manager", "data_scientist"), name="Ada Example")


@pytest.fixture
def dices(manager: Person, reference_data: Path) -> Programme:
    folder = reference_data / "quality"
    import_labels(
        factories.SYSTEM,
        labels=folder / "dices350_labels.csv.gz",
        items=folder / "dices350_items.csv.gz",
        programme_name="DICES",
        now=NOON,
    )
    log.flush(NOON)
    roll_up(now=NOON)
    return Programme.objects.get(name="DICES")


@pytest.fixture
def signal(manager: Person) -> Signal:
    """Twenty-four days of audits; over the last four the partner's team is right less often."""
    floor = Floor.make(workers=6, name="Harassment reports")
    floor.programme.owner = manager
    floor.programme.save()
    for number in range(24):
        at = NOON - timedelta(days=24 - number)
        audits, decisions = [], []
        for worker in range(6):
            wrong = 6 if number >= 20 and worker % 2 else 1 + (number + worker) % 2
            queue = worker // 3
            audits += [floor.audit(worker, is_right=n >= wrong, pi=0.25, at=at, queue=queue) for n in range(15)]
            decisions += [
                floor.decision(worker, n % 6, at=at, queue=queue, label=["No", "Yes"][n % 2]) for n in range(8)
            ]
        floor.write(decisions=decisions, audits=audits, now=at)
    roll_up(now=NOON)
    watch(now=NOON)
    return Signal.objects.get()


@pytest.mark.shared_data
def test_a_study_is_read_from_overview_to_rows(
    dices: Programme, manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    page = log_in(manager)
    page.goto(f"/measure/programmes/{dices.pk}/")
    expect(page.get_by_role("heading", name="Quality of DICES")).to_be_visible()
    expect(page.get_by_text("122 items on which crowd and experts differ")).to_be_visible()
    axe()
    screenshot("quality-overview-study")

    page.get_by_role("main").get_by_role("link", name="Agreement", exact=True).first.click()
    figures = page.get_by_role("region", name="Coefficients of agreement")
    expect(figures.get_by_text("0.1609")).to_be_visible()
    expect(figures.get_by_text("0.4159")).to_be_visible()
    expect(figures.get_by_text("± 0.0107")).to_be_visible()
    page.get_by_text("For comparison with published work").click()
    expect(page.get_by_text("0.1608")).to_be_visible()
    expect(page.get_by_text("0.3500")).to_be_visible()
    expect(page.get_by_text("0.78823")).to_be_visible()
    tip = page.locator("a.exact").nth(1)
    assert "0.160860" in (tip.get_attribute("data-tip") or "")
    axe()
    screenshot("quality-agreement")

    page.get_by_role("link", name="Raters", exact=True).first.click()
    expect(page.get_by_role("row").filter(has_text="r000")).to_be_visible()
    axe()
    screenshot("quality-raters")
    page.get_by_role("rowheader", name="r000").get_by_role("link").click()
    expect(page.get_by_role("heading", name="r000")).to_be_visible()
    axe()
    screenshot("quality-rater")
    # A cell of the confusion matrix opens exactly its answers.
    cell = page.locator("svg a:visible").first
    address = cell.get_attribute("href")
    assert address is not None
    page.goto(address)
    expect(page.get_by_role("heading", name="Answers of r000")).to_be_visible()
    axe()

    page.goto(f"/measure/programmes/{dices.pk}/items/?differs=True")
    expect(page.get_by_text("1–25 of 122")).to_be_visible()
    axe()
    screenshot("quality-items")


def test_a_signal_goes_from_notice_to_disposition(
    signal: Signal, manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    page = log_in(manager)
    page.goto(f"/measure/programmes/{signal.programme_id}/")
    expect(page.get_by_text("1 open signal")).to_be_visible()
    axe()
    screenshot("quality-overview")
    page.get_by_role("link", name=f"Accuracy of {signal.where_name} fell").click()
    expect(page.get_by_text("Before, over the baseline", exact=True)).to_be_visible()
    axe()
    screenshot("signal")
    # By keyboard alone: t takes it on, w opens the dialog.
    page.keyboard.press("t")
    expect(page.get_by_text("The signal is yours now.")).to_be_visible()
    page.keyboard.press("w")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Real change").check()
    dialog.get_by_label("Why do you think so?").fill("The new team had no training on the guideline.")
    axe()
    dialog.get_by_role("button", name="Close the signal").click()
    expect(page.get_by_text("The signal is closed.")).to_be_visible()
    expect(page.get_by_text("The new team had no training on the guideline.")).to_be_visible()
    page.goto("/measure/signals/")
    expect(page.get_by_text("Real change")).to_be_visible()
    axe()
    screenshot("signals")


def test_the_metric_catalogue_is_read(manager: Person, log_in: LogIn, axe: Axe, screenshot: Shot) -> None:
    page = log_in(manager)
    page.goto("/measure/metrics/")
    page.get_by_role("link", name="Accuracy", exact=True).first.click()
    expect(page.get_by_text("Worked example")).to_be_visible()
    axe()
    screenshot("metric")
    page.goto("/measure/programmes/")
    axe()
    screenshot("quality-programmes")
