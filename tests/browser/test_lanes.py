"""The pages of questions, escalations, appeals, lanes, incidents and events: for every eye, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenkeel.ground import clock
from evenkeel.people import Person
from evenkeel.work import Item, Programme, take_batch
from evenkeel.work.acts.appeals import receive_appeal
from evenkeel.work.acts.escalations import escalate, set_tier
from evenkeel.work.acts.event_modes import begin_event_mode
from evenkeel.work.acts.incidents import note_incident, open_incident
from evenkeel.work.acts.questions import ask
from evenkeel.work.acts.restricted import restrict_item, set_lane
from evenkeel.work.acts.webhooks import add_endpoint
from evenkeel.work.models import Escalation
from evenkeel.work.tests.factories import (
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_person,
    make_policy,
    make_programme,
    make_queue,
)

NOW = after(minutes=0)


@pytest.fixture
def addresses(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """One of each, with the address of its page."""
    monkeypatch.setattr(clock, "now", lambda: after(minutes=30))
    programme: Programme = make_programme("Assistant safety")
    queue = make_queue(programme, name="First look", items=6, batch_size=4, policy=make_policy("Safe answers"))
    moderator = make_person("moderator", name="Ada Example")
    actor = as_actor(moderator)
    set_tier(SYSTEM, programme=programme, level=1, name="Specialists", minutes=20, now=NOW)
    set_tier(SYSTEM, programme=programme, level=2, name="Policy team", minutes=240, now=NOW)
    lane = set_lane(SYSTEM, programme=programme, kind="legal", name="Court", minutes=60, now=NOW)
    first, second, third, *_rest = take_batch(actor, queue=queue, now=NOW)
    question = ask(actor, lease_id=first.pk, body="Is it praise when they quote?", now=NOW)
    escalate(actor, lease_id=second.pk, reason="public_interest", note="A minister.", now=NOW)
    decision = make_decision(actor, third, "Yes")
    appeal = receive_appeal(
        SYSTEM, programme=programme, key="case-4711", decision=decision, statement="It was a joke.", now=NOW
    )
    last = Item.objects.order_by("-id")[0]
    restricted = restrict_item(SYSTEM, item=last, lane=lane, reason="A court asks.", now=NOW)
    incident = open_incident(SYSTEM, programme=programme, title="Filter is off", impact=4, urgency=3, now=NOW)
    note_incident(SYSTEM, incident=incident, body="Since noon.", now=after(minutes=5))
    mode = begin_event_mode(
        SYSTEM, programme=programme, name="Election", begins_at=NOW, until=after(hours=9), languages=["fr"],
        guidance="Polls close at eight.", now=NOW,
    )  # fmt: skip
    add_endpoint(SYSTEM, programme=programme, name="Product", url="https://example.org/hook", now=NOW)
    base = programme.get_absolute_url()
    return {
        "questions": "/work/questions/",
        "question": question.get_absolute_url(),
        "escalations": "/work/escalations/",
        "escalation": Escalation.objects.get().get_absolute_url(),
        "appeals": "/work/appeals/",
        "appeal": appeal.get_absolute_url(),
        "restricted": "/work/restricted/",
        "restricted-item": restricted.get_absolute_url(),
        "incidents": "/work/incidents/",
        "incident": incident.get_absolute_url(),
        "incident-opening": "/work/incidents/opening/",
        "event-modes": "/work/event-modes/",
        "event-mode": mode.get_absolute_url(),
        "event-beginning": f"{base}event-modes/",
        "tiers": f"{base}tiers/",
        "lanes": f"{base}lanes/",
        "endpoints": f"{base}endpoints/",
        "severity-matrix": f"{base}severity-matrix/",
        "appeal-rule": f"/work/queues/{queue.pk}/appeals/",
        "programme": base,
        "queues": "/work/queues/",
    }


def test_every_page_can_be_used_by_everybody(
    addresses: dict[str, str],
    log_in: Callable[[Person], Page],
    axe: Callable[[], None],
    screenshot: Callable[[str], None],
) -> None:
    page = log_in(make_person(["specialist", "quality_manager", "administrator"], name="Sol Specialist"))
    for name, address in addresses.items():
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        if name == "restricted-item":
            page.get_by_role("button", name="Show the item").click()
            expect(page.get_by_text("With key")).to_be_visible()
        axe()
        screenshot(f"lanes-{name}")
        page.set_viewport_size({"width": 390, "height": 844})
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not too_wide, f"{name} is wider than a phone"
        page.set_viewport_size({"width": 1280, "height": 860})
