"""Golden items from proposal to answer: agreed by two, mixed in unseen, recorded once, flagged with their guideline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.policy import add_policy, publish_version
from evenkeel.quality import Gold, GoldAnswer, draw_due, propose_gold, retire_gold, say_gold, set_gold_mix, start_plan
from evenkeel.quality.gold_keeping import keep_up
from evenkeel.quality.models import Draw, GoldHanding
from evenkeel.work import Decision, Queue, Task, change_queue, decide, return_lease, take_back, take_batch
from evenkeel.work.api.written import decision_written, lease_written

from .conftest import NOW, SYSTEM, House
from .gold_world import GoldWorld, gold_world


@pytest.fixture
def world(house: House) -> GoldWorld:
    return gold_world(house)


def test_two_experts_of_one_mind_put_it_in_force(world: GoldWorld) -> None:
    house, (edda, egon) = world.house, world.experts
    (item,) = world.items(1)
    said: dict[str, Any] = {"rationale": "A threat.", "provenance": "adjudication", "form": house.form.form, "now": NOW}
    gold = propose_gold(SYSTEM, item=item, answer={"label": "Unsafe"}, **said)
    assert (gold.state, gold.voices.count()) == (Gold.PROPOSED, 0)
    assert propose_gold(SYSTEM, item=item, answer="Unsafe", **said) == gold
    assert say_gold(house.actor(edda), gold=gold, label="Unsafe", now=NOW).state == Gold.PROPOSED
    with pytest.raises(NotNow):
        say_gold(house.actor(edda), gold=gold, label="Unsafe", now=NOW)
    assert say_gold(house.actor(egon), gold=gold, label="Unsafe", now=NOW).state == Gold.IN_FORCE
    # Another answer from somewhere puts it in doubt instead of making a second one.
    assert propose_gold(SYSTEM, item=item, answer="Safe", **said).state == Gold.FLAGGED
    with pytest.raises(Invalid) as wrong:
        propose_gold(SYSTEM, item=item, answer="Purple", **{**said, "rationale": " ", "provenance": "gossip"})
    assert set(wrong.value.fields) == {"answer", "rationale", "provenance"}
    partner = house.person("Pia", "quality_manager", organisation=house.partner)
    with pytest.raises(Refused):
        say_gold(house.actor(partner), gold=gold, label="Unsafe", now=NOW)


def test_an_expert_against_keeps_it_out(world: GoldWorld) -> None:
    (edda, egon) = world.experts
    (item,) = world.items(1)
    gold = propose_gold(
        world.house.actor(edda), item=item, answer="Safe", rationale="Harmless.", provenance="by_hand",
        form=world.house.form.form, now=NOW,
    )  # fmt: skip
    assert say_gold(world.house.actor(egon), gold=gold, label="Unsafe", now=NOW).state == Gold.PROPOSED
    third = world.house.person("Third", "quality_manager")
    assert say_gold(world.house.actor(third), gold=gold, label="Safe", now=NOW).state == Gold.PROPOSED
    assert retire_gold(SYSTEM, gold=gold, why="Nobody is sure.", now=NOW).state == Gold.RETIRED


def test_golds_take_places_unseen_and_their_answers_are_no_decisions_about_items(world: GoldWorld) -> None:
    house, queue = world.house, world.house.queue
    mo = house.person("Mo", "moderator")
    world.golds(6)
    world.items(40, queue=queue)
    change_queue(SYSTEM, queue=queue, batch_size=20, now=NOW)
    set_gold_mix(SYSTEM, queue=queue, share=0.5, now=NOW)
    start_plan(SYSTEM, programme=house.programme, name="All", rate=1, salt=3, now=NOW)
    queue.refresh_from_db()
    first = take_batch(house.actor(mo), queue=queue, now=NOW)
    planted = [lease for lease in first if lease.planted_id is not None]
    assert len(first) == queue.batch_size
    assert 0 < len(planted) <= 6
    # Taking again shows the same, in the same order; nothing in the answer sets a golden item apart.
    again = take_batch(house.actor(mo), queue=queue, now=NOW)
    assert [lease.pk for lease in again] == [lease.pk for lease in first]
    assert {frozenset(lease_written(lease)) for lease in first} == {frozenset(lease_written(again[0]))}
    golden = planted[0]
    task = Task.objects.get(pk=golden.task_id)
    assert (task.wanted, task.leased, task.closed_at is not None) == (1, 1, True)
    made = decide(house.actor(mo), lease_id=golden.pk, answer={"label": "Safe"}, client_key="golden-answer-1", now=NOW)
    assert (made.origin, made.planted, made.violates, made.enqueued_at) == ("desk", True, None, None)
    assert decision_written(made)["origin"] == "desk"
    take_back(house.actor(mo), decision=made, now=NOW)
    (back,) = [lease for lease in take_batch(house.actor(mo), queue=queue, now=NOW) if lease.task_id == task.pk]
    return_lease(house.actor(mo), lease_id=back.pk, now=NOW)
    task.refresh_from_db()
    assert (task.wanted, task.decided, task.leased, task.closed_at is not None) == (0, 0, 0, True)
    was = world.work(mo, queue)
    assert world.settle() == sum(was) > 0
    assert world.settle() == 0
    answers = GoldAnswer.objects.all()
    assert all(each.is_right for each in answers)
    draw_due(world.now)
    assert not Draw.objects.filter(decision__planted=True).exists()
    assert Draw.objects.count() == Decision.objects.filter(planted=None, taken_back=None).count()


def test_nobody_meets_one_twice_and_new_people_meet_more(world: GoldWorld) -> None:
    house, queue = world.house, world.house.queue
    mo = house.person("Mo", "moderator")
    world.golds(8)
    world.items(60, queue=queue)
    set_gold_mix(SYSTEM, queue=queue, share=0.5, now=NOW)
    was: list[bool] = []
    for _day in range(4):
        was += world.work(mo, queue)
        world.settle()
        world.now += timedelta(days=1)
    handed = list(GoldHanding.objects.values_list("gold", flat=True))
    assert len(handed) == len(set(handed)) == sum(was) == 8
    labels = list(GoldAnswer.objects.order_by("answered_at").values_list("truth", flat=True))
    assert abs(labels.count("Safe") - labels.count("Unsafe")) <= 1
    assert not any(world.work(mo, queue))


def test_a_queue_without_golds_asks_for_none(world: GoldWorld, django_assert_max_num_queries: object) -> None:
    world.golds(2)
    world.items(10, queue=world.house.queue)
    mo = world.house.person("Mo", "moderator")
    assert not any(world.work(mo, world.house.queue))
    assert Queue.objects.get(pk=world.house.queue.pk).watches_people is None


def test_a_new_version_flags_what_it_touches_until_experts_confirm(world: GoldWorld) -> None:
    house, (edda, egon) = world.house, world.experts
    policy = add_policy(SYSTEM, name="Safety", now=NOW)
    publish_version(SYSTEM, policy=policy, body_markdown="# One", now=NOW)
    change_queue(SYSTEM, queue=house.queue, policy=policy, now=NOW)
    touched, other = world.golds(2)
    assert touched.policy_version is not None
    Gold.objects.filter(pk=other.pk).update(policy_version=None)
    later = NOW + timedelta(days=1)
    publish_version(SYSTEM, policy=policy, body_markdown="# Two", what_changed="All of it.", now=later)
    keep_up(later)
    touched.refresh_from_db()
    other.refresh_from_db()
    assert (touched.state, other.state) == (Gold.FLAGGED, Gold.IN_FORCE)
    assert [step.state for step in touched.steps.all()] == ["flagged"]
    for expert in (edda, egon):
        touched = say_gold(house.actor(expert), gold=touched, label=touched.label, now=later)
    assert (touched.state, touched.policy_version and touched.policy_version.number) == (Gold.IN_FORCE, 2)
    assert keep_up(later) == 0
    Gold.objects.filter(pk=touched.pk).update(expires_at=later)
    assert keep_up(later) == 1
    touched.refresh_from_db()
    assert touched.state == Gold.RETIRED
