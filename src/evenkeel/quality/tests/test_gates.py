"""Gates and exams at the desk: the next hand-out obeys, why-not names the gate, and there is always a way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.policy import Certificate, add_certification, add_policy, publish_version
from evenkeel.quality import (
    ExamSitting,
    GateVerdict,
    end_gate,
    let_back_through,
    open_exam,
    set_gold_mix,
    start_gate,
)
from evenkeel.work import add_queue, change_queue, take_batch, why_not

from .conftest import NOW, SYSTEM, House, worker_of
from .gold_world import GoldWorld, gold_world

QUICK: dict[str, Any] = {"good": 0.95, "bad": 0.6, "risk_good": 0.1, "risk_bad": 0.1, "most": 20}


@pytest.fixture
def world(house: House) -> GoldWorld:
    return gold_world(house)


def refused(world: GoldWorld, person: object, queue: object) -> str:
    """What hand-out says to somebody whom it hands nothing."""
    with pytest.raises(NotNow) as no:
        take_batch(world.house.actor(person), queue=queue, now=world.now)  # type: ignore[arg-type]
    return str(no.value.sentence)


def test_a_gate_routes_away_within_the_minute_and_a_word_leads_back(world: GoldWorld) -> None:
    house, queue = world.house, world.house.queue
    mo, lea = house.person("Mo", "moderator"), house.person("Lea", "lead")
    other = world.queue("Other")
    for each in (queue, other):
        world.items(40, queue=each)
    world.golds(20)
    set_gold_mix(SYSTEM, queue=queue, share=0.5, now=NOW)
    gate = start_gate(SYSTEM, queue=queue, name="Floor", consequence="retrain", **QUICK, now=NOW)
    while not GateVerdict.objects.exists():
        world.work(mo, queue, right=False)
        take_batch(house.actor(mo), queue=queue, now=world.now)
        world.settle()
    verdict = GateVerdict.objects.get()
    assert not verdict.is_passed
    assert verdict.n == verdict.errors < 10
    assert verdict.risk == 0.05
    said = refused(world, mo, queue)
    assert said.startswith("The gate Floor closed at ")
    told = why_not(SYSTEM, queue=queue, worker=worker_of(mo), now=world.now)
    assert told.first is not None
    assert (told.first.slug, told.first.found) == ("gate", said)
    assert told.first.fix == "Your lead lets you back once you have been retrained."
    # Only that queue, and nothing of it stays in her hands.
    assert take_batch(house.actor(mo), queue=other, now=world.now)
    with pytest.raises(Refused):
        let_back_through(house.actor(mo), verdict=verdict, why="I am fine.", now=world.now)
    with pytest.raises(Invalid):
        let_back_through(house.actor(lea), verdict=verdict, why=" ", now=world.now)
    let_back_through(house.actor(lea), verdict=verdict, why="Retrained on threats.", now=world.now)
    assert take_batch(house.actor(mo), queue=queue, now=world.now)
    with pytest.raises(NotNow):
        let_back_through(house.actor(lea), verdict=verdict, why="Again.", now=world.now)
    end_gate(SYSTEM, gate=gate, now=world.now)


def test_passing_certifies_and_the_next_run_begins(world: GoldWorld) -> None:
    house, queue = world.house, world.house.queue
    mo = house.person("Mo", "moderator")
    world.items(90, queue=queue)
    world.golds(16)
    set_gold_mix(SYSTEM, queue=queue, share=0.5, now=NOW)
    proven = add_certification(SYSTEM, name="Proven", now=NOW)
    start_gate(SYSTEM, queue=queue, name="Floor", consequence="warn", certification=proven, **QUICK, now=NOW)
    while GateVerdict.objects.count() < 2:
        world.work(mo, queue)
        world.settle()
    first, second = GateVerdict.objects.order_by("number")[:2]
    assert first.is_passed
    assert second.is_passed
    assert Certificate.objects.filter(certification=proven, worker=worker_of(mo)).count() == 1
    assert second.risk < first.risk
    assert second.last_id > first.last_id


def test_an_exam_certifies_whoever_passes_and_leads_back_through_its_gate(world: GoldWorld) -> None:
    house, queue = world.house, world.house.queue
    mo = house.person("Mo", "moderator")
    policy = add_policy(SYSTEM, name="Safety", now=NOW)
    publish_version(SYSTEM, policy=policy, body_markdown="# One", now=NOW)
    made = add_certification(SYSTEM, name="Safety 1", policy=policy, lapses_with_policy=True, now=NOW)
    room = add_queue(
        SYSTEM, programme=house.programme, name="Exam", form=house.form.form, policy=policy, undo_s=0, now=NOW
    )
    with pytest.raises(Invalid) as wrong:
        open_exam(SYSTEM, queue=queue, certification=made, good=0.9, bad=0.89, now=NOW)
    assert "bad" in wrong.value.fields
    exam = open_exam(SYSTEM, queue=room, certification=made, **QUICK, wait_days=7, now=NOW)
    change_queue(SYSTEM, queue=queue, certifications=["Safety 1"], now=NOW)
    world.items(20, queue=queue)
    world.golds(40, is_for_exams=True)
    assert "never held" in refused(world, mo, queue)

    assert all(world.work(mo, room, right=False))
    world.settle()
    failed = ExamSitting.objects.get()
    assert (failed.outcome, failed.errors) == ("failed", failed.n)
    assert refused(world, mo, room).startswith("You may sit this exam again from 2026-03-09")
    world.now += timedelta(days=8)
    world.work(mo, room)
    world.settle()
    passed = ExamSitting.objects.get(outcome="passed")
    assert passed.certificate is not None
    assert take_batch(house.actor(mo), queue=queue, now=world.now)
    assert "hold this certification" in refused(world, mo, room)

    # A new guideline ends the certificate by the next hand-out, and the exam is open again at once.
    world.now += timedelta(hours=1)
    publish_version(SYSTEM, policy=policy, body_markdown="# Two", what_changed="More.", now=world.now)
    assert "new version of its guideline" in refused(world, mo, queue)
    assert exam.gates.count() == 0
    gate = start_gate(SYSTEM, queue=queue, name="Floor", consequence="route_away", exam=exam, **QUICK, now=world.now)
    assert gate.exam == exam


def test_an_exam_is_the_way_back_from_a_gate(world: GoldWorld) -> None:
    house, queue = world.house, world.house.queue
    mo = house.person("Mo", "moderator")
    made = add_certification(SYSTEM, name="Safety 1", now=NOW)
    room = world.queue("Exam", undo_s=0)
    exam = open_exam(SYSTEM, queue=room, certification=made, **QUICK, now=NOW)
    world.golds(12, is_for_exams=True)
    world.golds(12)
    world.items(60, queue=queue)
    set_gold_mix(SYSTEM, queue=queue, share=0.5, now=NOW)
    start_gate(SYSTEM, queue=queue, name="Floor", consequence="route_away", exam=exam, **QUICK, now=NOW)
    while not GateVerdict.objects.exists():
        world.work(mo, queue, right=False)
        world.settle()
    refused(world, mo, queue)
    told = why_not(SYSTEM, queue=queue, worker=worker_of(mo), now=world.now)
    assert told.first is not None
    assert told.first.fix.startswith("Pass the exam Exam")
    while not ExamSitting.objects.exclude(outcome="").exists():
        world.work(mo, room)
        world.settle()
    assert ExamSitting.objects.get().outcome == "passed"
    assert take_batch(house.actor(mo), queue=queue, now=world.now)
