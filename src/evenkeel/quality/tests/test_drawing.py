"""Drawing: with known odds, once, after the undo window, and the same again for whoever replays it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground import trail
from evenkeel.ground.append_only import lift
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person
from evenkeel.quality import AuditTask, Draw, SamplingPlan, draw_due, end_plan, import_labels, replay_plan, start_plan
from evenkeel.quality.rules import draw, error_class
from evenkeel.work import take_back

from .conftest import NOW, SPEC, SYSTEM, House

ids = st.integers(0, 2**128 - 1).map(lambda n: UUID(int=n))


@given(st.lists(ids, max_size=50, unique=True), st.integers(0, 2**32 - 1), st.floats(0.001, 1.0))
def test_a_draw_is_the_same_for_whoever_asks_again(found: list[UUID], salt: int, rate: float) -> None:
    one = {said.decision_id: said for said in draw(found, salt=salt, rate=rate)}
    other = {said.decision_id: said for said in draw(found[::-1], salt=salt, rate=rate)}
    assert one == other
    assert all(0 < said.u < 1 and said.is_drawn == (said.u < rate) for said in one.values())


@given(st.lists(ids, max_size=50, unique=True), st.integers(0, 2**32 - 1), st.floats(0.001, 0.5))
def test_a_higher_rate_draws_what_a_lower_one_drew(found: list[UUID], salt: int, rate: float) -> None:
    few = {said.decision_id for said in draw(found, salt=salt, rate=rate) if said.is_drawn}
    many = {said.decision_id for said in draw(found, salt=salt, rate=2 * rate) if said.is_drawn}
    assert few <= many


@pytest.mark.parametrize(
    ("decided", "audited", "kind"),
    [
        ("Safe", "Safe", ""),
        ("Unsafe", "Safe", "over_enforcement"),
        ("Safe", "Unsafe", "under_enforcement"),
        ("Unsure", "Unsafe", "wrong_selection"),
        ("gone from the form", "Unsafe", "wrong_selection"),
    ],
)
def test_the_class_of_an_error_follows_from_the_two_labels(decided: str, audited: str, kind: str) -> None:
    assert error_class(SPEC["fields"][0]["choices"], decided=decided, audited=audited) == kind  # type: ignore[index]


def test_what_the_form_says_of_violations_outweighs_its_colours() -> None:
    choices = [
        {"value": "A", "tone": "good", "is_violation": True},
        {"value": "B", "tone": "bad", "is_violation": False},
    ]
    assert error_class(choices, decided="A", audited="B") == "over_enforcement"


@pytest.fixture
def moderator(house: House) -> Person:
    return house.person("Mo", "moderator")


def plan_of(house: House, *, rate: float = 1.0, salt: int = 1) -> SamplingPlan:
    return start_plan(
        SYSTEM, programme=house.programme, queue=house.queue, name=f"Random {rate}", rate=rate, salt=salt, now=NOW
    )


def test_nothing_is_drawn_while_it_may_be_taken_back(house: House, moderator: Person) -> None:
    plan = plan_of(house)
    decided = house.decide(moderator, ["Safe", "Unsafe"])
    assert draw_due(house.later - timedelta(seconds=1)) == 0
    take_back(house.actor(moderator), decision=decided[0], now=NOW)
    assert draw_due(house.later) == 1
    made = Draw.objects.get()
    assert (made.decision, made.plan, made.pi, made.drawn_at) == (decided[1], plan, 1.0, house.later)
    assert AuditTask.objects.get().worker_id == decided[1].worker_id
    assert replay_plan(plan).is_true


def test_a_decision_that_waits_does_not_hold_up_the_others_for_ever(house: House, moderator: Person) -> None:
    plan_of(house)
    house.decide(moderator, ["Safe"], now=NOW + timedelta(seconds=60))
    house.decide(moderator, ["Safe"], now=NOW)
    assert draw_due(house.later) == 1
    assert draw_due(house.later) == 0
    assert draw_due(house.later + timedelta(seconds=60)) == 1
    assert Draw.objects.count() == 2


def test_each_decision_is_drawn_once_and_as_the_hash_says(house: House, moderator: Person) -> None:
    plan = plan_of(house, rate=0.4)
    decided = [*house.decide(moderator, ["Safe"] * 20), *house.decide(moderator, ["Unsafe"] * 20)]
    for _again in range(3):
        draw_due(house.later)
    said = {d.decision_id for d in draw([d.id for d in decided], salt=plan.salt, rate=0.4) if d.is_drawn}
    assert {made.decision_id for made in Draw.objects.all()} == said
    assert 0 < len(said) < 40
    found = replay_plan(SamplingPlan.objects.get())
    assert (found.decisions, found.draws, found.is_true) == (40, len(said), True)
    assert [entry.verb for entry in trail.history(plan)] == ["drew", "started"]


def test_a_replay_finds_what_was_tampered_with(house: House, moderator: Person) -> None:
    from django.db import connection

    plan = plan_of(house, rate=0.5)
    house.decide(moderator, ["Safe"] * 30)
    draw_due(house.later)
    lift(connection, "quality_draw")
    drawn = list(Draw.objects.order_by("id"))
    AuditTask.objects.filter(draw=drawn[0]).delete()
    drawn[0].delete()
    Draw.objects.filter(pk=drawn[1].pk).update(pi=0.25)
    said = draw([d.id for d in house.queue.decisions.all()], salt=plan.salt, rate=0.5)
    spared = next(d for d in said if not d.is_drawn)
    Draw.objects.create(plan=plan, decision_id=spared.decision_id, pi=0.5, u=0.1, drawn_at=NOW)
    found = replay_plan(SamplingPlan.objects.get())
    assert {(m.kind, m.decision_id) for m in found.mismatches} == {
        ("missing", drawn[0].decision_id), ("odds", drawn[1].decision_id), ("extra", spared.decision_id),
    }  # fmt: skip


def test_a_plan_draws_what_was_made_while_it_ran(house: House, moderator: Person) -> None:
    house.decide(moderator, ["Safe"])
    start = NOW + timedelta(minutes=10)
    plan = start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=start)
    house.decide(moderator, ["Safe"], now=start)
    end_plan(SYSTEM, plan=plan, now=start + timedelta(seconds=1))
    house.decide(moderator, ["Safe"], now=start + timedelta(seconds=1))
    assert draw_due(start + timedelta(hours=1)) == 1
    assert draw_due(start + timedelta(hours=2)) == 0
    assert replay_plan(SamplingPlan.objects.get()).is_true
    with pytest.raises(NotNow):
        end_plan(SYSTEM, plan=plan, now=start)


def test_imported_decisions_are_drawn_only_when_the_plan_says_so(house: House, write: object) -> None:
    path = write("l.csv", "item,worker,label\na,r,Safe\nb,r,Unsafe\n")  # type: ignore[operator]
    for name, covers in (("Without", False), ("With", True)):
        start_plan(SYSTEM, programme=house.programme, name=name, rate=1, covers_imports=covers, now=NOW)
    import_labels(SYSTEM, labels=path, programme_name=house.programme.name, now=NOW)
    assert draw_due(house.later) == 2
    assert {made.plan.name for made in Draw.objects.all()} == {"With"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "Taken"}, "name"),
        ({"rate": 0}, "rate"),
        ({"rate": 1.5}, "rate"),
        ({"salt": 2**32}, "salt"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_by_field(house: House, said: dict[str, object], wrong: str) -> None:
    start_plan(SYSTEM, programme=house.programme, name="Taken", rate=0.1, now=NOW)
    with pytest.raises(Invalid) as refused:
        start_plan(SYSTEM, **{"programme": house.programme, "name": "New", "rate": 0.1, "now": NOW} | said)  # type: ignore[arg-type]
    assert list(refused.value.fields) == [wrong]
    assert SamplingPlan.objects.count() == 1


def test_only_who_may_starts_a_plan(house: House, moderator: Person) -> None:
    manager = house.person("Qi", "quality_manager")
    start_plan(house.actor(manager), programme=house.programme, name="Random", rate=0.1, now=NOW)
    with pytest.raises(Refused):
        start_plan(house.actor(moderator), programme=house.programme, name="Other", rate=0.1, now=NOW)
