"""An auditor marks anew, blind, what the moderator marked, and judges by the clauses of the guideline."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground import clock
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person
from evenkeel.quality import AuditTask, Verdict, draw_due, give_verdict, start_plan, take_audit
from evenkeel.quality.forms import audit_spec
from evenkeel.work import NewItem, add_items, decide, fill_queue, take_batch
from evenkeel.work.tests.factories import (
    NOW,
    SYSTEM,
    as_actor,
    make_form,
    make_person,
    make_policy,
    make_programme,
    make_queue,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)
LABELS = [{"value": "threat", "title": "Threat", "tone": "bad"}]
SPEC = {
    "question": "What is it?",
    "main": "ruling",
    "fields": [
        {
            "name": "ruling",
            "kind": "policy_tree",
            "title": "Ruling",
            "source": "policy",
            "actions": [{"value": "remove", "title": "Remove"}],
        },
        {"name": "where", "kind": "text_spans", "title": "Where?", "labels": LABELS, "required": True},
    ],
}


def span(start: int, end: int) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "label": "threat", "part": "text"}]


@pytest.fixture
def auditor() -> Person:
    return make_person("qa_specialist")


@pytest.fixture
def task(auditor: Person) -> AuditTask:
    programme = make_programme()
    add_items(SYSTEM, programme=programme, items=[NewItem(key="p", content={"text": "Kill them all"})], now=NOW)
    policy = make_policy(body="# Rules\n\n## Spam\n\n## Violence\n")
    queue = make_queue(programme, form=make_form(programme, SPEC), policy=policy)
    fill_queue(SYSTEM, queue=queue, now=NOW)
    start_plan(SYSTEM, programme=programme, name="All", rate=1, now=NOW)
    actor = as_actor(make_person("moderator"))
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    answer = {"ruling": {"violation": "violence", "action": "remove"}, "where": span(0, 13)}
    decide(actor, lease_id=lease.id, answer=answer, client_key="k" * 8, now=NOW)
    draw_due(LATER)
    made = take_audit(as_actor(auditor, now=LATER), now=LATER)
    assert made is not None
    return made


def test_the_audit_asks_by_the_clauses_and_keeps_what_is_marked(task: AuditTask, auditor: Person) -> None:
    spec = audit_spec(task.draw.decision)
    assert [choice["value"] for choice in spec["fields"][0]["choices"]] == ["none", "spam", "violence"]
    said: dict[str, Any] = {"task_id": task.pk, "client_key": "v" * 8, "now": LATER}
    actor = as_actor(auditor, now=LATER)
    with pytest.raises(Invalid) as wrong:
        give_verdict(actor, answer={"ruling": "violence", "where": span(0, 99)}, **said)
    assert wrong.value.fields.keys() == {"where"}
    made = give_verdict(actor, answer={"ruling": "violence", "where": span(0, 4)}, **said)
    assert made.is_right
    assert made.answer["where"][0]["quote"] == "Kill"


def test_the_page_marks_blind_and_shows_both_afterwards(
    task: AuditTask, auditor: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client.force_login(auditor)
    page = client.get(f"/quality/audits/{task.pk}/")
    assert page.status_code == 200
    assert 'id="answer-fields"' in page.text
    assert '"given": {}' in page.text
    said = {"answer-ruling": "violence", "client_key": "v" * 8, "answer-JSON": json.dumps({"where": span(0, 4)})}
    done = client.post(f"/quality/audits/{task.pk}/verdict/", said, follow=True)
    assert "first: Threat: “Kill them all”; yours: Threat: “Kill”" in done.text
    assert Verdict.objects.get().answer["ruling"] == "violence"
