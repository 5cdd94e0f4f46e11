"""Appeals: taken in once, ruled on by somebody else, told to whoever sent them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people import Person
from evenkeel.work import Decision, Item, Queue, Task, take_batch
from evenkeel.work.acts.appeals import overturn, receive_appeal, set_appeal_rule, take_appeal, uphold
from evenkeel.work.acts.webhooks import add_endpoint
from evenkeel.work.models import Appeal, AppealRuling, Delivery
from evenkeel.work.rules.appeals import why_not_rule

from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_house,
    make_person,
    make_programme,
    make_queue,
    make_team,
    make_vendor,
)

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def decided(person: Person, queue: Queue, label: str = "Yes") -> Decision:
    actor = as_actor(person)
    return make_decision(actor, take_batch(actor, queue=queue, now=NOW)[0], label)


def appealed(decision: Decision, key: str = "case-1") -> Appeal:
    return receive_appeal(
        SYSTEM, programme=decision.programme, key=key, decision=decision, statement="It was a joke.", now=NOW
    )


@pytest.fixture
def queue() -> Queue:
    return make_queue(items=3, batch_size=1)


@pytest.fixture
def moderator() -> Person:
    return make_person("moderator")


@pytest.fixture
def specialist() -> Person:
    return make_person("specialist")


def facts() -> list[dict[str, Any]]:
    return waiting_rows("appeals")


def test_the_same_key_is_the_same_appeal(queue: Queue, moderator: Person) -> None:
    first = decided(moderator, queue)
    made = appealed(first)
    assert appealed(first) == made
    by_item = receive_appeal(SYSTEM, programme=queue.programme, key="case-1", item_key=first.item.key, now=NOW)
    assert by_item == made
    assert len(facts()) == 1
    other = decided(moderator, queue)
    with pytest.raises(Invalid) as wrong:
        appealed(other)
    assert list(wrong.value.fields) == ["key"]


@pytest.mark.parametrize("said", [{"key": " "}, {"key": "x" * 201}, {"item_key": "none"}, {"item_key": "a\x00"}])
def test_an_appeal_that_is_about_nothing_is_refused(queue: Queue, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as wrong:
        receive_appeal(SYSTEM, programme=queue.programme, now=NOW, **({"key": "k"} | said))
    assert list(wrong.value.fields) == list(said)


def test_nobody_rules_on_her_own_decision(queue: Queue) -> None:
    both = make_person(["moderator", "specialist"])
    made = appealed(decided(both, queue))
    assert take_appeal(as_actor(both), now=NOW) is None
    with pytest.raises(NotNow, match="yourself"):
        uphold(as_actor(both), appeal=made, reason="Right.", now=NOW)
    with pytest.raises(Refused):
        uphold(as_actor(make_person("lead")), appeal=made, reason="Right.", now=NOW)
    assert take_appeal(as_actor(make_person("specialist")), now=NOW) == made


def test_another_team_rules_when_the_queue_says_so(queue: Queue) -> None:
    team, other = make_team(make_house()), make_team(make_house())
    same, different = make_person("specialist", team=team), make_person("specialist", team=other)
    made = appealed(decided(make_person("moderator", team=team), queue))
    set_appeal_rule(SYSTEM, queue=queue, is_other_team=True, minutes=60, now=NOW)
    assert take_appeal(as_actor(same), now=NOW) is None
    with pytest.raises(NotNow, match="team"):
        uphold(as_actor(same), appeal=made, reason="Right.", now=NOW)
    assert take_appeal(as_actor(different), now=NOW) == made


def test_it_is_in_one_persons_hands_until_it_lapses(queue: Queue, moderator: Person, specialist: Person) -> None:
    made, other = appealed(decided(moderator, queue)), make_person("specialist")
    assert take_appeal(as_actor(specialist), now=NOW) == take_appeal(as_actor(specialist), now=NOW) == made
    assert take_appeal(as_actor(other), now=after(minutes=29)) is None
    assert take_appeal(as_actor(other), now=after(minutes=30)) == made


def test_overturning_corrects_the_decision_and_leaves_it_as_it_was(
    queue: Queue, moderator: Person, specialist: Person
) -> None:
    first = decided(moderator, queue)
    made, actor = appealed(first), as_actor(specialist)
    with pytest.raises(Invalid):
        overturn(actor, appeal=made, answer={"label": "Yes"}, reason="Same.", now=NOW)
    with pytest.raises(Invalid):
        overturn(actor, appeal=made, answer={"label": "Nonsense"}, reason="Hm.", now=NOW)
    assert Decision.objects.count() == 1
    take_appeal(actor, now=NOW)
    ruling = overturn(actor, appeal=made, answer={"label": "No"}, reason="It was one.", now=after(minutes=5))
    correction = ruling.correction
    assert correction is not None
    assert (correction.corrects, correction.origin, correction.label) == (first, "appeal", "No")
    assert (correction.worker.person, correction.active_ms) == (specialist, 300_000)
    first.refresh_from_db()
    assert first.label == "Yes"
    assert Task.objects.get(item=first.item_id).decided == 1
    received, ruled = facts()
    assert (received["is_decided"], received["is_reversed"]) == (False, None)
    assert (ruled["is_decided"], ruled["is_reversed"], ruled["turnaround_s"]) == (True, True, 300)
    assert (ruled["worker_id"], ruled["label"], ruled["corrected_label"]) == (str(first.worker_id), "Yes", "No")
    with pytest.raises(NotNow):
        uphold(actor, appeal=made, reason="Or not.", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        AppealRuling.objects.update(outcome="upheld", correction=None)


def test_the_sender_is_told_once_an_endpoint(queue: Queue, moderator: Person, specialist: Person) -> None:
    add_endpoint(SYSTEM, programme=queue.programme, name="Product", url="https://example.org/hook", now=NOW)
    made = appealed(decided(moderator, queue))
    uphold(as_actor(specialist), appeal=made, reason="Right.", now=NOW)
    delivery = Delivery.objects.get()
    said = json.loads(delivery.body)
    assert (said["event"], said["appeal"], said["outcome"], said["reason"]) == (
        "appeal.ruled",
        "case-1",
        "upheld",
        "Right.",
    )
    assert "content" not in said
    assert delivery.next_try_at == NOW


def test_a_correction_can_be_appealed_by_the_items_key(queue: Queue, moderator: Person, specialist: Person) -> None:
    first = decided(moderator, queue)
    ruling = overturn(
        as_actor(specialist), appeal=appealed(first), answer={"label": "No"}, reason="So.", now=after(minutes=1)
    )
    again = receive_appeal(
        SYSTEM, programme=queue.programme, key="case-2", item_key=first.item.key, now=after(minutes=2)
    )
    assert again.decision == ruling.correction
    assert take_appeal(as_actor(specialist), now=after(minutes=3)) is None


ids = st.uuids()


@given(ids, st.none() | ids, st.sets(ids, max_size=3), st.sets(ids, max_size=3), st.booleans())
def test_who_may_rule(worker: Any, team: Any, deciders: set[Any], teams: set[Any], is_other: bool) -> None:
    def reason(worker_id: Any, team_id: Any) -> str | None:
        return why_not_rule(
            worker_id=worker_id, team_id=team_id, deciders=deciders, decider_teams=teams, is_other_team=is_other
        )

    assert (reason(worker, team) is None) == (worker not in deciders and not (is_other and team in teams))
    assert all(reason(decider, None) for decider in deciders)
    assert all(bool(reason(worker, each)) == (is_other or worker in deciders) for each in teams)


def test_pages_for_the_specialist_a_colleague_and_a_stranger(specialist: Person, moderator: Person) -> None:
    partner = make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=2, batch_size=1)
    made = appealed(decided(moderator, queue), "case-9")
    address, client = made.get_absolute_url(), client_of(specialist)
    page = client.get(address)
    assert "It was a joke." in page.text
    assert "With key" in page.text
    assert moderator.name not in page.text + client.get("/work/appeals/").text
    assert "<td>Unsafe</td>" in client.get("/work/appeals/").text
    assert moderator.name in client_of(make_person("lead")).get("/work/appeals/").text
    for person in (moderator, make_person(["specialist", "lead"], partner)):
        other = client_of(person)
        assert other.get(address).status_code == other.post(address).status_code == 404
        assert "case-9" not in other.get("/work/appeals/").text
    assert client_of(moderator).post("/work/appeals/taking/").status_code == 403
    assert client.post("/work/appeals/taking/")["Location"] == address
    assert client.post(address, {}).status_code == 422
    said = {"outcome": "overturned", "reason": "It was one."}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"answer-JSON": '{"label": "No"}'}).status_code == 302
    assert "case-9" in client.get("/work/appeals/?state=overturned").text
    assert "case-9" not in client.get("/work/appeals/?state=open").text
    assert client.post("/work/appeals/taking/")["Location"] == "/work/appeals/"
    rule = f"/work/queues/{queue.pk}/appeals/"
    assert client.get(rule).status_code == 403
    manager = client_of(make_person("quality_manager"))
    assert manager.post(rule, {"minutes": 0}).status_code == 422
    assert manager.post(rule, {"minutes": 90, "is_other_team": "on"}).status_code == 302
    assert 'value="90"' in manager.get(rule).text


def test_the_api_takes_appeals_in_and_rules(queue: Queue, moderator: Person, specialist: Person) -> None:
    def post(person: Person, path: str, **said: Any) -> Any:
        answer = client_of(person).post(f"/api/v1/work{path}", json.dumps(said), content_type="application/json")
        return answer.json() | {"status": answer.status_code}

    sender, first = make_person("data_scientist"), decided(moderator, queue)
    base = f"/programmes/{queue.programme_id}/appeals"
    assert post(sender, base, key="a")["fields"].keys() == {"decision_id"}
    made = post(sender, base, key="a", decision_id=str(first.pk), statement="Why?")
    assert post(sender, base, key="a", item_key=first.item.key)["id"] == made["id"]
    assert post(moderator, base, key="b", decision_id=str(first.pk))["status"] == 404
    stranger = make_person(["data_scientist", "specialist"], make_vendor())
    assert post(stranger, base, key="b", decision_id=str(first.pk))["status"] == 404
    assert post(specialist, "/appeals/take")["appeal"]["id"] == made["id"]
    assert post(stranger, "/appeals/take")["appeal"] is None
    assert post(specialist, f"/appeals/{made['id']}/uphold", reason=" ")["fields"].keys() == {"reason"}
    assert post(specialist, f"/appeals/{made['id']}/overturn", reason="x", answer={})["status"] == 422
    said = post(specialist, f"/appeals/{made['id']}/overturn", reason="So.", answer={"label": "No"})
    assert (said["outcome"], said["correction_id"] is not None) == ("overturned", True)
    assert post(specialist, f"/appeals/{made['id']}/uphold", reason="No.")["status"] == 409
    rows = client_of(sender).get("/api/v1/work/appeals?key=a&is_open=false").json()["rows"]
    assert [row["reason"] for row in rows] == ["So."]
    assert Item.objects.filter(appeals__key="a").exists()
