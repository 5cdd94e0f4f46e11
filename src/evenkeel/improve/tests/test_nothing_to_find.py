"""Worlds of their own, hence a file: no fault, nothing to look at, and a site that fell where one team raised a signal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenkeel.improve import Investigation, Windows, open_from_signal, open_investigation
from evenkeel.people import Worker

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story, actor_of

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))


def opened(story: Story) -> Investigation:
    return open_investigation(
        SYSTEM, title="Why?", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW
    )


def test_without_a_fault_nothing_is_called_a_cause() -> None:
    found = opened(Story.told(is_faulty=False))
    assert found.scan["verdict"] == "none"
    assert not found.drivers.filter(is_cause=True).exists()


def test_without_audits_there_is_nothing_to_compare() -> None:
    found = opened(Story.make())
    assert found.scan == {"verdict": "no_data", "change": None, "mix": None, "rate": None}
    assert not found.drivers.exists()
    assert "there are no rows" in found.statement


def test_of_a_teams_signal_the_site_is_named_whose_other_team_fell_alike() -> None:
    """No alarm chose the other team, so its days prove what the team's own days alone could not."""
    story = Story.make()
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]

    def answer(worker: Worker, day: date, truth: str, number: int) -> str:
        is_struck = worker.organisation_id == story.vendor.pk and day >= FAULT
        is_wrong = number // 3 % 2 == 0 if is_struck else number % 11 == 0
        return "Spam" if is_wrong and truth != "Spam" else truth

    story.audit(story.workers, days, answer)
    made = open_from_signal(actor_of(story.manager), signal=story.signal(), now=NOW)
    assert made.scan["verdict"] == "beyond"
    first, *others = made.drivers.all()
    assert (first.title, first.is_cause, first.is_beyond) == ("Northline", True, True)
    # What stands there is the team's own.
    assert first.current_n == made.current["n"]
    assert not any(driver.is_beyond for driver in others)
    assert [driver.is_unproven for driver in others[:2]] == [True, True]
    run = made.runs.get()
    assert run.recipe["apart_elsewhere"] == []
    assert run.data["elsewhere"]
