"""Labels that a model suggests: who sees them when, and what a decision keeps of that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people import Person
from evenkeel.work import Decision, Queue, change_queue, fill_queue, take_back, take_batch
from evenkeel.work.acts.predictions import NewPrediction, add_predictions
from evenkeel.work.rules.prelabels import Prelabel, fitting, suggested, was_followed

from .factories import NOW, SPEC, SYSTEM, as_actor, make_decision, make_items, make_person, make_programme, make_queue

LABEL = {"name": "label", "kind": "single_choice", "choices": [{"value": "a"}, {"value": "b"}]}
BOXES = {"name": "boxes", "kind": "image_shapes", "labels": [{"value": "car"}]}
WHY = {"name": "why", "kind": "text", "limit": 5, "show_if": {"field": "label", "in": ["b"]}}


def test_what_does_not_fit_is_left_out() -> None:
    spec = {"question": "?", "main": "label", "fields": [LABEL, WHY, BOXES]}
    box = {"shape": "box", "x": 0.1, "y": 0.1, "w": 0.1, "h": 0.1, "label": "car"}
    assert fitting(spec, {"label": "a", "why": "x", "boxes": [box], "other": 1}) == {
        "label": "a",
        "boxes": [box | {"part": ""}],
    }
    assert fitting(spec, {"label": "c", "boxes": [{"shape": "circle"}]}) == {}
    assert fitting(spec, {"label": "b", "why": "far too long"}) == {"label": "b"}


def test_the_latest_that_fits_is_suggested() -> None:
    spec = {"question": "?", "main": "label", "fields": [LABEL]}
    kept: list[Any] = [{"answer": {"label": "a"}, "model": "m1"}, {"answer": {"label": "b"}, "score": 0.7}]
    assert suggested(spec, {"predictions": [*kept, {"answer": {"label": "z"}}, "nonsense", {}]}) == Prelabel(
        answer={"label": "b"}, score=0.7
    )
    for nothing in ({}, {"predictions": None}, {"predictions": "a"}, {"predictions": [1]}):
        assert suggested(spec, nothing) is None
    assert was_followed(Prelabel(answer={"label": "b"}), {"label": "b", "why": "x"})
    assert not was_followed(Prelabel(answer={"label": "b"}), {"label": "a"})


@pytest.fixture
def queue(db: None) -> Queue:
    programme = make_programme()
    items = make_items(3, programme)
    made = make_queue(programme, batch_size=3)
    fill_queue(SYSTEM, queue=made, now=NOW)
    said = [NewPrediction(item_key=item.key, answer={"label": "Yes"}, model="m1", score=0.9) for item in items[:2]]
    add_predictions(SYSTEM, programme=programme, predictions=said, now=NOW)
    return made


@pytest.fixture
def moderator(db: None) -> Person:
    return make_person("moderator")


def posted(person: Person, path: str, **said: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(f"/api/v1/work{path}", json.dumps(said), content_type="application/json").json()


@pytest.mark.parametrize(
    ("rule", "shown", "told_after", "seen"),
    [("off", False, False, None), ("hidden", False, True, False), ("shown", True, False, True)],
)
def test_the_queues_rule_says_who_sees_it_when(
    queue: Queue, moderator: Person, rule: str, shown: bool, told_after: bool, seen: bool | None
) -> None:
    change_queue(SYSTEM, queue=queue, prelabel=rule, now=NOW)
    batch = posted(moderator, f"/queues/{queue.pk}/take")
    # A prediction travels by the rule alone, never among what an item says of itself.
    assert "predictions" not in json.dumps([lease["item"] for lease in batch["leases"]])
    suggestion = {"answer": {"label": "Yes"}, "model": "m1", "score": 0.9}
    assert [lease["prelabel"] for lease in batch["leases"]] == [suggestion if shown else None] * 2 + [None]
    made = [
        posted(moderator, f"/leases/{lease['id']}/decide", answer={"label": label}, client_key=f"key-{label:>6}")
        for lease, label in zip(batch["leases"], ("Yes", "No", "Unsure"), strict=True)
    ]
    assert [each["prelabel"] for each in made] == [suggestion if told_after else None] * 2 + [None]
    rows = Decision.objects.order_by("id")
    assert [row.prelabel_seen for row in rows] == [seen, seen, None]
    assert [row.prelabel_followed for row in rows] == ([None] * 3 if seen is None else [True, False, None])
    logged = waiting_rows("decisions")
    assert [row["prelabel_seen"] for row in logged] == [seen, seen, None]


def test_who_takes_a_decision_back_has_seen_what_was_suggested(queue: Queue, moderator: Person) -> None:
    change_queue(SYSTEM, queue=queue, prelabel="hidden", now=NOW)
    actor = as_actor(moderator)
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    first = make_decision(actor, lease, "No")
    take_back(actor, decision=first, now=NOW)
    again = take_batch(actor, queue=queue, now=NOW)[0]
    second = make_decision(actor, again, "Yes")
    assert (first.prelabel_seen, second.prelabel_seen, second.prelabel_followed) == (False, True, True)


def test_predictions_come_in_all_or_none(queue: Queue) -> None:
    item = queue.programme.items.order_by("id")[2]
    client = Client()
    client.force_login(make_person("data_scientist"))
    address = f"/api/v1/work/programmes/{queue.programme_id}/predictions"

    def post(*said: dict[str, Any]) -> Any:
        return client.post(address, json.dumps({"predictions": said}), content_type="application/json")

    good = {"item": item.key, "answer": {"label": "No"}, "model": "m2"}
    assert post(good, {"item": "nobody", "answer": {"label": "No"}}).json()["fields"].keys() == {"nobody"}
    item.refresh_from_db()
    assert item.attributes == {}
    wrongs: tuple[dict[str, Any], ...] = ({"answer": {}}, {"score": 2}, {"model": "x" * 200})
    for wrong in wrongs:
        assert post(good | wrong).status_code == 422, wrong
    assert post(*[good] * 25).json() == {"items": 1}
    item.refresh_from_db()
    assert item.attributes["predictions"] == [{"answer": {"label": "No"}, "model": "m2"}] * 20
    client.force_login(make_person("moderator"))
    assert post(good).status_code == 403
    with pytest.raises(Invalid):
        add_predictions(
            SYSTEM,
            programme=queue.programme,
            predictions=[NewPrediction(item_key=item.key, answer={"x": 1}, score=float("nan"))],
            now=NOW,
        )


def test_the_form_of_the_tests_has_the_fields_that_are_suggested() -> None:
    assert fitting(SPEC, {"label": "Yes", "comment": ""}) == {"label": "Yes"}
