"""Where there is no fault, or nothing to look at, no driver is named. Each has a world of its own, hence a file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenkeel.improve import Investigation, Windows, open_investigation

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story

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
