"""Whoever rules away from the desk answers by the very form of the desk: clauses of the guideline, marks, conditions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid
from evenkeel.people import Person
from evenkeel.work import (
    Appeal,
    Decision,
    NewItem,
    Queue,
    add_items,
    decide,
    escalate,
    fill_queue,
    receive_appeal,
    take_batch,
)
from evenkeel.work.acts.appeals import overturn
from evenkeel.work.acts.escalations import decide_escalation, set_tier
from evenkeel.work.acts.restricted import restrict_item, set_lane, settle_restricted
from evenkeel.work.queries.restricted import way_to_settle

from .factories import NOW, SYSTEM, after, as_actor, make_form, make_person, make_policy, make_programme, make_queue

pytestmark = pytest.mark.django_db
ACTIONS = [{"value": "remove", "title": "Remove"}, {"value": "warn", "title": "Warn"}]
LABELS = [{"value": "threat", "title": "Threat", "tone": "bad"}]
SPEC = {
    "question": "What is it?",
    "main": "ruling",
    "fields": [
        {"name": "ruling", "kind": "policy_tree", "title": "Ruling", "source": "policy", "actions": ACTIONS},
        {
            "name": "where",
            "kind": "text_spans",
            "title": "Where?",
            "labels": LABELS,
            "required": True,
            "show_if": {"field": "ruling", "in": ["violence"]},
        },
    ],
}
BODY = "# Rules\n\n## Spam\n\nSeverity: 1\n\n## Violence\n\nSeverity: 3\nActions: remove\n"
RIGHT = {"ruling": {"violation": "violence"}, "where": [{"start": 0, "end": 4, "label": "threat"}]}
KEPT = {
    "ruling": {"violation": "violence", "severity": 3, "action": "remove"},
    "where": [{"start": 0, "end": 4, "label": "threat", "part": "text", "quote": "Kill"}],
}
OUTSIDE = RIGHT | {"where": [{"start": 0, "end": 400, "label": "threat"}]}


@pytest.fixture
def queue() -> Queue:
    programme = make_programme()
    items = [NewItem(key=f"p-{n}", kind="text", content={"text": "Kill them all"}) for n in range(2)]
    add_items(SYSTEM, programme=programme, items=items, now=NOW)
    made = make_queue(programme, form=make_form(programme, SPEC), policy=make_policy(body=BODY), batch_size=1)
    fill_queue(SYSTEM, queue=made, now=NOW)
    set_tier(SYSTEM, programme=programme, level=1, name="First", minutes=60, now=NOW)
    return made


@pytest.fixture
def moderator() -> Person:
    return make_person("moderator")


@pytest.fixture
def specialist() -> Person:
    return make_person("specialist")


def test_a_tier_decides_by_the_guidelines_clauses_and_marks(
    queue: Queue, moderator: Person, specialist: Person
) -> None:
    lease = take_batch(as_actor(moderator), queue=queue, now=NOW)[0]
    found = escalate(as_actor(moderator), lease_id=lease.id, reason="language", now=NOW)
    assert found is not None
    actor = as_actor(specialist)
    with pytest.raises(Invalid) as wrong:
        decide_escalation(actor, escalation=found, answer=OUTSIDE, now=NOW)
    assert wrong.value.fields.keys() == {"where"}
    made = decide_escalation(actor, escalation=found, answer=RIGHT, now=NOW)
    assert (made.label, made.answer) == ("violence", KEPT)


def test_an_appeal_is_overturned_by_them(queue: Queue, moderator: Person, specialist: Person) -> None:
    made = overturn(
        as_actor(specialist), appeal=appealed(queue, moderator), answer=RIGHT, reason="A threat.", now=after(hours=1)
    )
    assert made.correction is not None
    assert made.correction.answer == KEPT


def test_a_restricted_item_is_settled_by_them(queue: Queue, specialist: Person) -> None:
    item = queue.programme.items.order_by("id")[0]
    lane = set_lane(SYSTEM, programme=queue.programme, kind="legal", name="Court", minutes=5, now=NOW)
    found = restrict_item(SYSTEM, item=item, lane=lane, reason="A claim.", now=NOW)
    version, its_queue = way_to_settle(item)
    assert version is not None
    made = settle_restricted(
        as_actor(specialist), restricted=found, answer=RIGHT, form_version=version, queue=its_queue, now=NOW
    )
    assert made.answer == KEPT


def test_the_page_gives_the_script_the_clauses_and_tells_what_does_not_fit(
    queue: Queue, moderator: Person, specialist: Person, client: Client
) -> None:
    found = appealed(queue, moderator)
    client.force_login(specialist)
    start = start_of(client.get(found.get_absolute_url()).text)
    assert [choice["value"] for choice in start["spec"]["fields"][0]["choices"]] == ["none", "spam", "violence"]
    assert start["when"] == ["outcome", "overturned"]
    said = {"outcome": "overturned", "reason": "A threat."}
    answer = client.post(found.get_absolute_url(), said | {"answer-JSON": json.dumps(OUTSIDE)})
    assert answer.status_code == 422
    assert "Where?: Mark 1 ends behind the text." in answer.text
    # What was sent stands there again.
    assert start_of(answer.text)["given"] == OUTSIDE
    for nothing in ("", "[]", "{", '"x"'):
        assert client.post(found.get_absolute_url(), said | {"answer-JSON": nothing}).status_code == 422
    assert client.post(found.get_absolute_url(), said | {"answer-JSON": json.dumps(RIGHT)}).status_code == 302
    assert Decision.objects.get(origin="appeal").answer == KEPT


def appealed(queue: Queue, moderator: Person) -> Appeal:
    lease = take_batch(as_actor(moderator), queue=queue, now=NOW)[0]
    first = decide(
        as_actor(moderator), lease_id=lease.id, answer={"ruling": {"violation": "none"}}, client_key="k" * 8, now=NOW
    )
    return receive_appeal(SYSTEM, programme=queue.programme, key="case", decision=first, now=after(minutes=5))


def start_of(page: str) -> dict[str, Any]:
    tag = '<script id="answer-start" type="application/json">'
    found = page[page.index(tag) + len(tag) :]
    made: dict[str, Any] = json.loads(found[: found.index("</script>")])
    return made
