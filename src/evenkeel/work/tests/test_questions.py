"""Questions: asked beside an item, answered once, told to everybody who met it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.people import Person, unread_notices
from evenkeel.people.notices import notices_of
from evenkeel.work import Lease, Queue, Task, take_batch
from evenkeel.work.acts.questions import answer_question, ask, withdraw_question
from evenkeel.work.models import AnswerReader, Question, QuestionAnswer
from evenkeel.work.queries.questions import open_questions

from .factories import (
    NOW,
    after,
    as_actor,
    make_decision,
    make_person,
    make_policy,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def queue() -> Queue:
    return make_queue(items=1, overlap=3, batch_size=1, policy=make_policy())


@pytest.fixture
def asker() -> Person:
    return make_person("moderator")


@pytest.fixture
def owner() -> Person:
    return make_person("quality_manager")


def asked(person: Person, queue: Queue, *, is_aside: bool = False) -> tuple[Lease, Question]:
    actor = as_actor(person)
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    return lease, ask(actor, lease_id=lease.pk, body=" Is sarcasm praise? ", is_aside=is_aside, now=NOW)


def test_the_owner_is_told_without_a_word_of_the_content(queue: Queue, asker: Person, owner: Person) -> None:
    _lease, question = asked(asker, queue)
    assert question.body == "Is sarcasm praise?"
    notice = notices_of(owner).get()
    assert "sarcasm" not in notice.title
    assert notice.url == question.get_absolute_url()
    assert unread_notices(asker) == 0
    assert open_questions(queue) == 1


def test_the_answer_reaches_everybody_who_met_the_item(queue: Queue, asker: Person, owner: Person) -> None:
    decided, holds, neither = (make_person("moderator") for _each in range(3))
    make_decision(as_actor(decided), take_batch(as_actor(decided), queue=queue, now=NOW)[0])
    take_batch(as_actor(holds), queue=queue, now=NOW)
    _lease, question = asked(asker, queue)
    answer_question(as_actor(owner), question=question, body="Yes, see Violence.", now=after(minutes=5))
    assert [unread_notices(person) for person in (asker, decided, holds, neither)] == [1, 1, 1, 0]
    assert AnswerReader.objects.count() == 3
    assert open_questions(queue) == 0
    for person, sees in ((asker, True), (decided, True), (holds, True), (neither, False)):
        assert ("Yes, see Violence." in client_of(person).get("/work/questions/mine/").text) is sees


def test_it_is_answered_once_and_for_good(queue: Queue, asker: Person, owner: Person) -> None:
    _lease, question = asked(asker, queue)
    answer_question(as_actor(owner), question=question, body="Yes.", now=NOW)
    with pytest.raises(NotNow):
        answer_question(as_actor(owner), question=question, body="No.", now=NOW)
    with pytest.raises(NotNow):
        withdraw_question(as_actor(asker), question=question, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionAnswer.objects.update(body="No.")


def test_an_item_put_aside_keeps_its_place_and_comes_back_with_the_answer(owner: Person) -> None:
    queue, asker, other = make_queue(items=1), make_person("moderator"), make_person("moderator")
    lease, question = asked(asker, queue, is_aside=True)
    assert take_batch(as_actor(asker), queue=queue, now=NOW) == []
    assert take_batch(as_actor(other), queue=queue, now=after(days=1)) == []
    answer_question(as_actor(owner), question=question, body="Yes.", now=after(days=1))
    again = take_batch(as_actor(asker), queue=queue, now=after(days=1))
    assert [each.task_id for each in again] == [lease.task_id]
    make_decision(as_actor(asker), again[0], now=after(days=1))
    task = Task.objects.get()
    assert (task.decided, task.leased, task.closed_at) == (1, 0, after(days=1))


def test_with_more_people_an_item_the_place_put_aside_is_not_handed_to_her_again(owner: Person) -> None:
    queue, asker = make_queue(items=1, overlap=2), make_person("moderator")
    asked(asker, queue, is_aside=True)
    assert take_batch(as_actor(asker), queue=queue, now=NOW) == []
    assert len(take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)) == 1
    assert Task.objects.get().leased == 2


def test_a_withdrawn_question_gives_the_item_back(queue: Queue, asker: Person, owner: Person) -> None:
    lease, question = asked(asker, queue, is_aside=True)
    for _twice in range(2):
        withdraw_question(as_actor(asker), question=question, now=NOW)
    assert Lease.objects.get(ended_at=None).task_id == lease.task_id
    with pytest.raises(NotNow):
        answer_question(as_actor(owner), question=question, body="Yes.", now=NOW)


def test_nobody_asks_about_what_she_does_not_hold(queue: Queue, asker: Person) -> None:
    lease, _question = asked(asker, queue, is_aside=True)
    for person, problem in ((asker, NotNow), (make_person("moderator"), NotFound)):
        with pytest.raises(problem):
            ask(as_actor(person), lease_id=lease.pk, body="And now?", now=NOW)
    with pytest.raises(NotNow):
        ask(Actor.system("no worker"), lease_id=lease.pk, body="And now?", now=NOW)


@pytest.mark.parametrize("body", ["", "  ", "x" * 4001, "a\x00b"])
def test_a_question_has_words(queue: Queue, asker: Person, body: str) -> None:
    actor = as_actor(asker)
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    with pytest.raises(Invalid) as wrong:
        ask(actor, lease_id=lease.pk, body=body, now=NOW)
    assert "body" in wrong.value.fields


def test_pages_for_the_owner_a_colleague_and_a_stranger() -> None:
    partner = make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=2, overlap=2, policy=make_policy())
    asker, owner = make_person("moderator"), make_person("quality_manager")
    _lease, question = asked(asker, queue)
    address = question.get_absolute_url()
    assert "With key" in client_of(owner).get(address).text
    page = client_of(asker).get(address)
    assert page.status_code == 200
    assert "With key" not in page.text
    assert client_of(make_person("qa_specialist")).get(address).status_code == 200
    for person in (make_person("moderator"), make_person(["quality_manager", "moderator"], partner)):
        client = client_of(person)
        assert client.get(address).status_code == client.post(f"{address}withdrawal/").status_code == 404
        assert client.post(address, {"body": "Hm."}).status_code == 404
        assert "sarcasm" not in client.get("/work/questions/").text + client.get("/work/questions/mine/").text
    with pytest.raises(Refused):
        answer_question(as_actor(make_person("lead")), question=question, body="Hm.", now=NOW)
    assert question.policy is not None
    policy = question.policy.get_absolute_url()
    assert "sarcasm" in client_of(owner).get(policy).text
    assert "sarcasm" not in client_of(make_person("moderator")).get(policy).text
    assert "Open questions: 1" in client_of(owner).get(queue.get_absolute_url()).text
    assert client_of(owner).post(address, {"body": ""}).status_code == 422
    assert client_of(owner).post(address, {"body": "Yes."}).status_code == 302
    assert "sarcasm" in client_of(owner).get("/work/questions/?state=answered").text
    assert "sarcasm" not in client_of(owner).get("/work/questions/?state=open").text


def test_the_api_asks_lists_answers_and_withdraws(queue: Queue, asker: Person, owner: Person) -> None:
    lease = take_batch(as_actor(asker), queue=queue, now=NOW)[0]
    client, answerer = client_of(asker), client_of(owner)
    base, json = "/api/v1/work", "application/json"
    assert client.post(f"{base}/leases/{lease.pk}/ask", {"body": ""}, content_type=json).status_code == 422
    made = client.post(f"{base}/leases/{lease.pk}/ask", {"body": "Why?"}, content_type=json).json()
    assert client.get(f"{base}/questions").json()["rows"] == []
    assert [each["id"] for each in answerer.get(f"{base}/questions?is_open=true").json()["rows"]] == [made["id"]]
    said = answerer.post(f"{base}/questions/{made['id']}/answer", {"body": "So."}, content_type=json).json()
    assert said["answer"] == "So."
    assert client.post(f"{base}/questions/{made['id']}/withdraw").status_code == 409
    assert answerer.get(f"{base}/questions?is_open=true").json()["rows"] == []
