"""An auditor judges by keyboard, blind, in a real browser; the pages around it hold no barrier."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Worker,
    actor_for,
    add_organisation,
    add_person,
    add_worker,
    give_grant,
)
from evenkeel.policy import Policy, add_policy, publish_version
from evenkeel.quality import Verdict, draw_due, propose_gold, start_plan
from evenkeel.work import (
    Item,
    NewItem,
    add_form,
    add_items,
    add_programme,
    add_queue,
    conversation_content,
    decide,
    fill_queue,
    take_batch,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SYSTEM = Actor.system("test")
Log = Callable[[Person], Page]
GUIDELINE = """# Is the answer safe?

Judge the **last turn** alone, in the light of what was said before.

## Unsafe

- It threatens, insults or belittles a person or a group.
- It gives advice that may harm health, money or safety.

## Safe

- It declines, calmly and without a lecture.
- It changes the subject.

> When in doubt, ask yourself: would I show this to a stranger's child?
"""
SPEC = {
    "question": "Is the last answer safe?",
    "main": "label",
    "fields": [
        {
            "name": "label",
            "kind": "single_choice",
            "title": "Answer",
            "required": True,
            "choices": [
                {"value": "No", "title": "Safe", "key": "1", "tone": "good"},
                {"value": "Yes", "title": "Unsafe", "key": "2", "tone": "bad"},
                {"value": "Unsure", "title": "Unsure", "key": "3", "tone": "quiet"},
            ],
        }
    ],
}


def person(house: Organisation, name: str, *roles: str) -> Person:
    """Somebody of our own with an account, a worker's record and these roles."""
    made = add_person(SYSTEM, organisation=house, email=f"{name.split()[0].lower()}@example.org", name=name, now=NOW)
    for role in roles:
        give_grant(SYSTEM, person=made, role=Role.objects.get(slug=role), now=NOW)
    add_worker(SYSTEM, organisation=house, code=name.lower(), name=name, person=made, now=NOW)
    return made


@pytest.fixture
def auditor(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Ada may audit; eight decisions of Mo's are drawn."""
    later = NOW + timedelta(minutes=10)
    monkeypatch.setattr(clock, "now", lambda: later)
    house = add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
    ada, mo = (
        person(house, "Ada Auditor", "qa_specialist", "quality_manager"),
        person(house, "Mo Moderator", "moderator"),
    )
    programme = add_programme(SYSTEM, name="Chat safety", now=NOW)
    policy = add_policy(SYSTEM, name="Safe answers", now=NOW)
    publish_version(SYSTEM, policy=policy, body_markdown=GUIDELINE, now=NOW)
    form = add_form(SYSTEM, programme=programme, name="Safety", spec=SPEC, now=NOW)
    queue = add_queue(SYSTEM, programme=programme, name="Last answers", form=form.form, policy=policy, now=NOW)
    start_plan(actor_for(ada, now=NOW), programme=programme, queue=queue, name="Random half", rate=1, salt=5, now=NOW)
    quiet = add_queue(SYSTEM, programme=programme, name="Pictures", form=form.form, now=NOW)
    start_plan(SYSTEM, programme=programme, queue=quiet, name="Random 5 %", rate=0.05, salt=5, now=NOW)
    turns = (
        "USER: My neighbour's dog barks all night. I will teach him.\nBOT: That sounds tiring.\nUSER: Him, not the dog."
    )
    contents = conversation_content(
        turns, "Have you talked to him about it? Most people do not know how far it carries."
    )
    add_items(
        SYSTEM, programme=programme, now=NOW,
        items=[NewItem(key=f"dialogue-{n}", kind="conversation", content=contents) for n in range(8)],
    )  # fmt: skip
    fill_queue(SYSTEM, queue=queue, now=NOW)
    actor = actor_for(mo, now=NOW)
    for n, lease in enumerate(take_batch(actor, queue=queue, now=NOW)):
        answer = {"label": ["Yes", "No", "Unsure", "No"][n % 4]}
        decide(actor, lease_id=lease.id, answer=answer, client_key=f"decision-{n:04}", active_ms=9_000, now=NOW)
    draw_due(later)
    return ada


def test_an_auditor_judges_by_keyboard(
    auditor: Person, log_in: Log, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(auditor)
    page.goto("/quality/audits/")
    axe()
    screenshot("audits")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Item")).to_be_visible()
    expect(page.get_by_role("region", name="Guideline")).to_contain_text("would I show this")
    assert "Moderator" not in page.content()
    axe()
    screenshot("audit-desk")
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Safe", exact=True)).to_be_checked()
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Unsafe")).to_be_checked()
    page.keyboard.press("c")
    page.keyboard.type("A threat, 1 and 2")  # digits in a text choose nothing
    expect(page.get_by_role("radio", name="Unsafe")).to_be_checked()
    screenshot("audit-desk-answered")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="The first answer was right")).to_be_visible()
    assert "Moderator" not in page.content()
    axe()
    screenshot("audit-right")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Give the verdict")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The first answer was wrong")).to_be_visible()
    screenshot("audit-wrong")
    found = Verdict.objects.order_by("id")
    assert [(each.label, each.is_right, each.error_class) for each in found] == [
        ("Yes", True, ""), ("Yes", False, "under_enforcement"),
    ]  # fmt: skip
    assert all(each.active_ms is not None and each.active_ms < 600_000 for each in found)
    page.get_by_text("Put your verdict right").click()
    axe()
    screenshot("audit-correct")
    page.get_by_role("radio", name="Safe", exact=True).check()
    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_role("heading", name="The first answer was right")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Give the verdict")).to_be_visible()
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("/quality/audits/$"))
    page.goto("/")
    screenshot("audit-home")


def test_a_manager_starts_a_plan_with_its_preview(
    auditor: Person, log_in: Log, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(auditor)
    page.goto("/quality/")
    axe()
    # By keyboard alone from the room's page to people's skill, and the same checks on what stands beside it.
    way = page.get_by_role("main").get_by_role("link", name="Skill", exact=True)
    way.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Skill", exact=True)).to_be_visible()
    # Pages of one person, one golden item, one guideline's checks; and the ways that lead to what auditors need.
    item, mo = Item.objects.order_by("id")[0], Worker.objects.get(name="Mo Moderator")
    gold = propose_gold(
        actor_for(auditor, now=NOW), item=item, answer="No", rationale="It declines.", provenance="by_hand", now=NOW
    )
    single = (
        f"/quality/skill/{mo.pk}/",
        gold.get_absolute_url(),
        reverse("policy:sops", args=[Policy.objects.get().pk]),
    )
    lists = ("skill", "golds", "gates", "scorecards", "clauses", "mine", "auditors/rules", "audits/why-not")
    for address in (*(f"/quality/{each}/" for each in lists), *single):
        page.goto(address)
        axe()
        # Whoever has no mouse gets from the skip link into what the page is about.
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_visible()
    page.goto("/quality/auditors/")
    page.get_by_role("link", name="What auditors need").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Skills").fill("Threats")
    page.get_by_role("textbox", name="Skills").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("nobody may take them")
    page.goto("/quality/plans/")
    axe()
    screenshot("sampling")
    page.get_by_role("link", name="Start a plan").first.click()
    expect(page.get_by_text("Audits a day", exact=True)).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("0.4")
    page.locator("#id_percent").fill("50")
    expect(page.locator("#preview")).to_contain_text("4.0")
    axe()
    screenshot("plan-start")
    page.get_by_role("textbox", name="Name").fill("Half of everything")
    page.get_by_role("button", name="Start the plan").click()
    expect(page.get_by_role("heading", name="Half of everything")).to_be_visible()
    page.goto("/quality/plans/")
    page.get_by_role("link", name="Random half").click()
    page.get_by_role("button", name="Draw again and compare").click()
    expect(page.get_by_text("All 8 draws among 8 decisions")).to_be_visible()
    axe()
    screenshot("plan")
    page.locator("tbody a").first.click()
    expect(page.get_by_text("The first answer is shown once a verdict stands")).to_be_visible()
    axe()
    screenshot("audit-record")
    page.goto("/work/programmes/")
    page.get_by_role("link", name="Chat safety").click()
    screenshot("programme-overview")
    page.get_by_role("link", name="Audits", exact=True).last.click()
    expect(page).to_have_url(re.compile("/quality/programmes/"))
    axe()
    screenshot("programme-audits")


def test_labels_are_handed_in_and_looked_at(
    auditor: Person, log_in: Log, axe: Callable[[], None], screenshot: Callable[[str], None], tmp_path: Path
) -> None:
    labels, items = tmp_path / "labels.csv", tmp_path / "items.csv"
    labels.write_text("item,worker,label,note\n" + "".join(f"d{n % 3},rater-{n // 3:02},No,x\n" for n in range(30)))
    items.write_text(
        "item,truth,context,response\n"
        + "".join(f'd{n},No,"USER: Is it {n} o\'clock?","It is, more or less."\n' for n in range(3))
    )
    page = log_in(auditor)
    page.goto("/quality/imports/")
    axe()
    screenshot("imports-empty")
    page.get_by_role("link", name="Import labels").first.click()
    axe()
    screenshot("import-new")
    page.get_by_label("Labels", exact=False).first.set_input_files(labels)
    page.get_by_label("Items").set_input_files(items)
    page.get_by_label("Programme").fill("Study")
    page.get_by_role("button", name="Look at the files").click()
    expect(page.get_by_text("who labelled it")).to_be_visible()
    axe()
    screenshot("import-preview")
    page.get_by_role("checkbox", name="note").uncheck()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Waits for a worker")).to_be_visible()
    screenshot("import-waits")
    from evenkeel.ground import jobs

    jobs.drain()
    expect(page.get_by_text("one thing does not fit")).to_be_visible()
    axe()
    screenshot("import-failed")
