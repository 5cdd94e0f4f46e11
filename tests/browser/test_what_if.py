"""Asking what if, as people see it: the empty page, the form by keyboard, a study under way, figures side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from django.conf import LazySettings
from playwright.sync_api import Page, expect

from evenkeel.people import Person
from evenkeel.twin import WhatIfStudy
from evenkeel.twin.studies.carrying import carry_on
from evenkeel.twin.studies.folder import NOW, StudyFolder
from evenkeel.work.tests import factories

LogIn = Callable[[Person], Page]
Axe = Callable[..., None]
Shot = Callable[[str], None]


def line(
    score: str, name: str, *, hits: float | None = None, value: float | None = None, unit: str = ""
) -> dict[str, object]:
    return {"score": score, "name": name, "n": 1, "hits": hits, "value": value, "goal": "", "unit": unit, "values": []}


def lived(folder: StudyFolder, *, variant: int, seed: int) -> None:
    """A run as its process leaves it: fewer audits, later and less sharply."""
    lines = [
        line("alarms", "faults seen", hits=0 if variant == 1 and seed == 2 else 1),
        line("alarms", "days until seen", value=1.0 + 4 * (variant == 1) + seed % 2, unit=" days"),
        line("alarms", "signals about nothing, a week", value=0.2 + 0.5 * (variant == 2)),
        line("audits", "hours of audits, a week", value=20.0 - 12 * (variant == 1) + seed / 10),
        line("headline", "half width of its interval", value=0.4 + 0.3 * (variant == 1) + seed / 100, unit=" points"),
    ]
    folder.keep_result(variant, seed, {"lines": lines, "decisions": 9000, "audits": 450, "took_s": 30.0})


def test_what_if_reads_well(
    transactional_db: None, settings: LazySettings, tmp_path: Path, log_in: LogIn, axe: Axe, screenshot: Shot
) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    page = log_in(factories.make_person("quality_manager", name="Ada Example"))
    page.goto("/what-if/")
    expect(page.get_by_text("Nothing asked yet")).to_be_visible()
    axe()
    screenshot("what-if-empty")

    page.get_by_role("link", name="Ask what if").first.click()
    page.get_by_label("What do you want to know?").fill("A fifth of the audits, or more alarms?")
    first = page.get_by_role("group", name="Variant 1")
    first.get_by_label("Name").fill("fewer audits")
    first.get_by_label("Other numbers").fill("audits.rat=1")
    page.keyboard.press("Enter")
    expect(first.get_by_text("there is no number 'rat'").first).to_be_visible()
    axe()
    screenshot("what-if-wrong")
    first.get_by_label("Other numbers").fill("")
    first.get_by_label("Audited (%)").fill("1")
    second = page.get_by_role("group", name="Variant 2")
    second.get_by_label("Name").fill("more alarms")
    second.get_by_label("Alarm budget (a week)").fill("4")
    page.get_by_role("button", name="Live through it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waits for its turn")).to_be_visible()

    found = WhatIfStudy.objects.get()
    folder = StudyFolder.of(tmp_path, found.pk)
    for seed in (1, 2, 3):
        for variant in range(3):
            if (variant, seed) != (2, 3):
                lived(folder, variant=variant, seed=seed)
    now = datetime.now(UTC)
    folder.write(NOW, '{"variant": 2, "seed": 3}')
    carry_on(now=now, begin=lambda _folder, _place: None)
    expect(page.get_by_text("Lives through organisation 3, more alarms")).to_be_visible()
    expect(page.get_by_text("8 of 9 runs").first).to_be_visible()
    axe()
    screenshot("what-if-under-way")
    lived(folder, variant=2, seed=3)
    carry_on(now=now, begin=lambda _folder, _place: None)
    # The page hears of it by itself.
    expect(page.get_by_text("Over 3 organisations.")).to_be_visible()
    axe()
    screenshot("what-if-side-by-side")
    page.emulate_media(color_scheme="dark")
    axe(again=True)
    page.emulate_media(color_scheme="light")
    page.goto("/what-if/")
    axe()
    screenshot("what-if-list")
