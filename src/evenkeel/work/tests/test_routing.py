"""Routing: conditions, their order, what arrives, what is applied again, and why an item went where it went."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Person
from evenkeel.work import (
    Item,
    NewItem,
    Programme,
    Queue,
    RoutingRule,
    Task,
    add_items,
    add_rule,
    apply_rules,
    close_queue,
    explain_route,
    fill_queue,
    set_default_queue,
    take_batch,
)
from evenkeel.work.acts.routing import MOST_RULES, change_rule, drop_rule, move_rule
from evenkeel.work.rules.routing import (
    OPERATORS,
    Facts,
    as_lines,
    check_condition,
    comparisons_of,
    condition_text,
    from_lines,
    holds,
)

from .factories import (
    NOW,
    SYSTEM,
    as_actor,
    make_form,
    make_items,
    make_person,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db

GERMAN = {"all": [{"field": "language", "operator": "is", "value": ["de"]}]}
RISKY = {"all": [{"field": "risk", "operator": "at_least", "value": 3}]}


def leaf(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"all": [{"field": field, "operator": operator, "value": value}]}


def facts(**attributes: Any) -> Facts:
    return Facts(key="k-1", kind="text", language="de", attributes=attributes)


# ------------------------------------------------------------------ conditions on plain values


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (leaf("language", "is", ["fr", "DE"]), True),
        (leaf("language", "is_not", ["de"]), False),
        (leaf("market", "is", ["at"]), True),
        (leaf("tags", "is", ["b"]), True),
        (leaf("risk", "at_least", 3), True),
        (leaf("risk", "above", 3), False),
        (leaf("risk", "below", 3.5), True),
        (leaf("risk", "at_most", 2), False),
        (leaf("market", "at_least", 3), False),
        (leaf("nothing", "is_not", ["x"]), True),
        (leaf("nothing", "is", ["None"]), False),
        (leaf("key", "starts_with", "K-"), True),
        (leaf("market", "contains", "a"), True),
        (leaf("nothing", "missing"), True),
        (leaf("risk", "present"), True),
        ({"all": []}, True),
        ({"any": [*leaf("risk", "above", 9)["all"], {"all": [*GERMAN["all"], *RISKY["all"]]}]}, True),
    ],
)
def test_a_condition_holds_or_not(condition: dict[str, Any], expected: bool) -> None:
    said = facts(market="AT", tags=["a", "b"], risk=3)
    assert holds(check_condition(condition), said) is expected


@pytest.mark.parametrize(
    "condition",
    [
        None, [], {}, {"all": "x"}, {"all": [1]}, {"any": []}, leaf("", "is", ["x"]), leaf("x", "like", "y"),
        leaf("x", "is", []), leaf("x", "at_least", "much"), leaf("x", "at_least", True), leaf("x", "contains", ""),
        {"all": [], "any": []}, {"all": [{"field": "x", "operator": "is", "value": ["a"], "else": 1}]},
        {"all": [{"all": [{"all": [{"all": []}]}]}]}, leaf("x\0", "is", ["y"]), leaf("x", "is", [{}]),
        {"all": [leaf("x", "present")["all"][0]] * 51}, leaf("x", "at_least", 10**400),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_asked_is_not_saved(condition: Any) -> None:
    with pytest.raises(Invalid) as wrong:
        check_condition(condition)
    assert wrong.value.fields["condition"]


words = st.text(alphabet="ab c'\"\\é-", min_size=1, max_size=6).filter(
    lambda said: said.strip() == said and "  " not in said
)
leaves = st.one_of(
    st.builds(
        lambda name, value: {"field": name, "operator": "is", "value": value},
        words,
        st.lists(words, min_size=1, max_size=3),
    ),
    st.builds(lambda name, value: {"field": name, "operator": "above", "value": value}, words, st.integers(-9, 9)),
    st.builds(lambda name: {"field": name, "operator": "missing"}, words),
)


@given(st.lists(leaves, max_size=4))
def test_lines_say_what_the_condition_says(parts: list[dict[str, Any]]) -> None:
    condition = check_condition({"all": parts})
    lines = as_lines(condition)
    assert lines is not None
    assert from_lines(lines, meets="all") == condition


@given(
    leaves,
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
)
def test_no_attribute_breaks_a_rule(part: dict[str, Any], said: Any) -> None:
    for slug in OPERATORS:
        condition = {"all": [part | {"operator": slug, "value": part.get("value", "x")}]}
        found = facts(**{part["field"]: said})
        assert isinstance(holds(condition, found), bool)
        assert [test.holds for test in comparisons_of(condition, found)] == [holds(condition, found)]
        assert condition_text(condition)


# ------------------------------------------------------------------ what arrives


def arrive(programme: Programme, key: str, *, language: str = "", **attributes: Any) -> Item:
    item = NewItem(key=key, content={"text": "x"}, language=language, attributes=attributes)
    return add_items(SYSTEM, programme=programme, items=[item], now=NOW)[0]


def queues_of(item: Item) -> list[str]:
    return list(Task.objects.filter(item=item).values_list("queue__name", flat=True))


@pytest.fixture
def programme() -> Programme:
    made = make_programme("Routed", partners=[make_vendor("Partner")])
    form = make_form(made)
    for name in ("German", "Risky", "Rest"):
        make_queue(made, name=name, form=form)
    add_rule(
        SYSTEM, programme=made, title="In German", condition=GERMAN, queue=Queue.objects.get(name="German"), now=NOW
    )
    add_rule(SYSTEM, programme=made, title="Risk", condition=RISKY, queue=Queue.objects.get(name="Risky"), now=NOW)
    return made


def rule(title: str) -> RoutingRule:
    return RoutingRule.objects.get(title=title, ended_at=None)


def test_the_first_rule_that_fits_counts(programme: Programme) -> None:
    assert queues_of(arrive(programme, "a", language="de", risk=9)) == ["German"]
    assert queues_of(arrive(programme, "b", risk=9)) == ["Risky"]
    assert queues_of(arrive(programme, "c")) == []
    move_rule(SYSTEM, rule=rule("Risk"), place=0, now=NOW)
    assert queues_of(arrive(programme, "d", language="de", risk=9)) == ["Risky"]
    set_default_queue(SYSTEM, programme=programme, queue=Queue.objects.get(name="Rest"), now=NOW)
    assert queues_of(arrive(programme, "e")) == ["Rest"]
    assert set(Task.objects.exclude(routed_by=None).values_list("item__key", "routed_by__title")) == {
        ("a", "In German"), ("b", "Risk"), ("d", "Risk"), ("e", "Everything else"),
    }  # fmt: skip


def test_a_rule_to_a_closed_queue_is_passed_over(programme: Programme) -> None:
    close_queue(SYSTEM, queue=Queue.objects.get(name="German"), now=NOW)
    item = arrive(programme, "a", language="de", risk=9)
    assert queues_of(item) == ["Risky"]
    assert [step.outcome for step in explain_route(SYSTEM, item).steps] == ["closed", "matched"]


def test_a_changed_rule_keeps_its_place_and_what_it_placed(programme: Programme) -> None:
    item = arrive(programme, "a", language="de")
    old = rule("In German")
    new = change_rule(
        SYSTEM,
        rule=old,
        title="German or Swiss",
        condition=leaf("language", "is", ["de", "gsw"]),
        queue=old.queue,
        now=NOW,
    )
    assert (new.place, Task.objects.get(item=item).routed_by_id) == (old.place, old.pk)
    with pytest.raises(NotNow, match="meanwhile"):
        drop_rule(SYSTEM, rule=old, now=NOW)
    drop_rule(SYSTEM, rule=new, now=NOW)
    assert queues_of(arrive(programme, "b", language="de")) == []


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 6)), max_size=8))
def test_moving_keeps_every_rule_once(moves: list[tuple[int, int]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        programme = make_programme()
        queue = make_queue(programme)
        made = [
            add_rule(SYSTEM, programme=programme, title=f"R{n}", condition=RISKY, queue=queue, now=NOW)
            for n in range(5)
        ]
        order = list(range(5))
        for which, place in moves:
            move_rule(SYSTEM, rule=made[which], place=place, now=NOW)
            order.remove(which)
            order.insert(max(0, min(place, 4)), which)
        found = RoutingRule.objects.filter(programme=programme).order_by("place").values_list("title", "place")
        assert list(found) == [(f"R{which}", number) for number, which in enumerate(order)]
        transaction.set_rollback(True)


def test_rules_are_applied_to_what_is_there(programme: Programme) -> None:
    rest, german = Queue.objects.get(name="Rest"), Queue.objects.get(name="German")
    early = [arrive(programme, f"x{n}") for n in range(4)]
    fill_queue(SYSTEM, queue=rest, item_ids=[item.pk for item in early[:3]], now=NOW)
    taken = take_batch(as_actor(make_person("moderator")), queue=rest, now=NOW)
    assert len(taken) == 3
    untouched = arrive(programme, "y")
    fill_queue(SYSTEM, queue=rest, item_ids=[untouched.pk], now=NOW)
    set_default_queue(SYSTEM, programme=programme, queue=german, now=NOW)
    done = apply_rules(SYSTEM, programme=programme, now=NOW)
    assert (done.placed, done.moved, done.left, done.nowhere) == (1, 0, 0, 0)
    done = apply_rules(SYSTEM, programme=programme, moves=True, now=NOW)
    assert (done.placed, done.moved, done.left) == (0, 1, 3)
    assert queues_of(untouched) == ["German"]
    assert apply_rules(SYSTEM, programme=programme, moves=True, now=NOW).moved == 0


def test_a_rule_leads_to_a_queue_of_its_own_programme(programme: Programme) -> None:
    with pytest.raises(Invalid) as wrong:
        add_rule(SYSTEM, programme=programme, title="x", condition=RISKY, queue=make_queue(), now=NOW)
    assert "queue" in wrong.value.fields
    RoutingRule.objects.bulk_create(
        RoutingRule(programme=programme, queue=rule("Risk").queue, title="x", place=n, since=NOW)
        for n in range(5, MOST_RULES + 3)
    )
    with pytest.raises(NotNow, match="at most"):
        add_rule(SYSTEM, programme=programme, title="x", condition=RISKY, queue=rule("Risk").queue, now=NOW)


# ------------------------------------------------------------------ pages and API, as three people


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_rules_are_written_on_the_page(programme: Programme) -> None:
    owner = client_of(make_person("quality_manager"))
    page = f"/work/programmes/{programme.pk}/routing/"
    rest = Queue.objects.get(name="Rest")
    said = {
        "title": "Wide",
        "meets": "any",
        "condition": "reach above 1000\nmarket is 'New Zealand', at",
        "queue": rest.pk,
    }
    assert owner.post(page, said).status_code == 302
    assert rule("Wide").condition["any"][1]["value"] == ["New Zealand", "at"]
    assert "New Zealand" in owner.get(page).text
    wrong = owner.post(page, said | {"condition": "reach much 3"})
    assert wrong.status_code == 422
    assert "operators are" in wrong.text
    assert owner.post(page, {"default_queue": rest.pk}).status_code == 302
    change = f"/work/routing/{rule('Wide').pk}/"
    assert "market is" in owner.get(change).text
    assert owner.post(change, said | {"title": "Wider"}).status_code == 302
    wider = rule("Wider")
    owner.post(f"/work/routing/{wider.pk}/moving/", {"to": "up"})
    assert rule("Wider").place == 1
    assert owner.post(f"/work/programmes/{programme.pk}/routing/applying/", {"moves": "yes"}).status_code == 302
    owner.post(f"/work/routing/{wider.pk}/dropping/")
    assert not RoutingRule.objects.filter(title="Wider", ended_at=None).exists()


def test_rules_are_seen_and_changed_by_those_who_may(programme: Programme) -> None:
    page = f"/work/programmes/{programme.pk}/routing/"
    moderator, stranger = client_of(make_person("moderator")), client_of(make_person("quality_manager", make_vendor()))
    assert "In German" in moderator.get(page).text
    target = f"/work/routing/{rule('Risk').pk}/"
    for client, status in ((moderator, 403), (stranger, 404)):
        assert client.post(page, {"default_queue": ""}).status_code == status
        assert client.post(f"{target}dropping/").status_code == status
        assert client.post(f"{target}moving/", {"to": "up"}).status_code == status
        assert client.get(target).status_code == status
    assert stranger.get(page).status_code == 404
    assert rule("Risk").ended_at is None


def test_a_program_writes_rules_and_asks_why(programme: Programme) -> None:
    owner = client_of(make_person("quality_manager"))
    base = "/api/v1/work"

    def send(method: str, path: str, said: Any = None, status: int = 200) -> Any:
        answer = getattr(owner, method)(f"{base}{path}", json.dumps(said), content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    rest = str(Queue.objects.get(name="Rest").pk)
    condition = {"any": [{"all": GERMAN["all"]}, *RISKY["all"]]}
    made = send(
        "post", f"/programmes/{programme.pk}/routing", {"title": "Both", "queue_id": rest, "condition": condition}
    )
    assert made["place"] == 2
    assert send("post", f"/routing/{made['id']}/move", {"place": 0})["place"] == 0
    bad = send("put", f"/routing/{made['id']}", {"title": "Both", "queue_id": rest, "condition": {"all": [{}]}}, 422)
    assert "condition" in bad["fields"]
    assert send("put", f"/programmes/{programme.pk}/routing/default", {"queue_id": rest})[-1]["is_default"]
    item = arrive(programme, "api", language="de")
    found = owner.get(f"{base}/items/{item.pk}/route").json()
    assert found["matched"]["title"] == "Both"
    assert [step["outcome"] for step in found["steps"]] == ["matched", *["not reached"] * 3]
    assert [test["holds"] for test in found["steps"][0]["tests"]] == [True, False]
    assert found["queues"] == [{"queue_id": rest, "rule_id": made["id"]}]
    assert send("post", f"/programmes/{programme.pk}/routing/apply", {})["placed"] == 0
    send("delete", f"/routing/{made['id']}", status=204)
    send("delete", f"/routing/{made['id']}", status=404)
    foreign = {"title": "x", "queue_id": str(make_queue().pk), "condition": condition}
    assert "queue_id" in send("post", f"/programmes/{programme.pk}/routing", foreign, 422)["fields"]


def test_the_items_page_says_why(programme: Programme) -> None:
    item = arrive(programme, "b", risk=1)
    page = f"/work/items/{item.pk}/route/"
    seen = client_of(make_person("quality_manager")).get(page).text
    assert "No rule fits" in seen
    assert "does not hold" in seen
    assert client_of(make_person("moderator")).get(page).status_code == 404
    assert client_of(make_person("quality_manager", make_vendor())).get(page).status_code == 404


def test_a_person_of_one_queue_sees_the_rules_to_that_queue(programme: Programme) -> None:
    person = make_person("quality_manager", target=Queue.objects.get(name="German"))
    explained = explain_route(as_actor(person), arrive(programme, "a", language="de", risk=9))
    assert [step.rule.title for step in explained.steps] == ["In German"]


def test_a_second_filling_leaves_what_waits_and_adds_the_rest() -> None:
    programme = make_programme()
    queue, items = make_queue(programme, target_s=60), make_items(3, programme)
    assert fill_queue(SYSTEM, queue=queue, item_ids=[items[1].pk], priority=2, now=NOW) == 1
    (first,) = Task.objects.filter(queue=queue).values()
    assert fill_queue(SYSTEM, queue=queue, priority=1, now=NOW) == 2
    assert Task.objects.values().get(pk=first["id"]) == first
    assert list(Task.objects.filter(queue=queue).order_by("-priority").values_list("priority", flat=True)) == [2, 1, 1]
    assert fill_queue(SYSTEM, queue=queue, priority=5, now=NOW) == 0
    assert fill_queue(SYSTEM, queue=queue, item_ids=[], now=NOW) == 0
