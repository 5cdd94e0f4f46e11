"""Auditing: handed out once, judged blind, put right without losing what was said."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people import Person
from evenkeel.quality import (
    AuditTask,
    ExpertAnswer,
    Verdict,
    answer_in_force,
    correct_verdict,
    draw_due,
    give_verdict,
    return_audit,
    set_expert_answer,
    start_plan,
    take_audit,
    verdict_in_force,
)
from evenkeel.quality.rules import AUDIT_LEASE_S

from .conftest import NOW, SYSTEM, House, worker_of


@pytest.fixture
def moderator(house: House) -> Person:
    return house.person("Mo", "moderator")


@pytest.fixture
def auditor(house: House) -> Person:
    return house.person("Ada", "qa_specialist")


@pytest.fixture
def drawn(house: House, moderator: Person) -> list[AuditTask]:
    """Four drawn decisions: Safe, Safe, Unsafe, Unsure."""
    start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    house.decide(moderator, ["Safe", "Safe", "Unsafe", "Unsure"])
    draw_due(house.later)
    return list(AuditTask.objects.select_related("draw__decision").order_by("id"))


def test_an_audit_is_judged_and_logged_with_its_odds(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    actor, now = house.actor(auditor), house.later
    task = take_audit(actor, programme=house.programme, now=now)
    assert task == drawn[0]
    made = give_verdict(
        actor, task_id=drawn[0].id, answer={"label": "Unsafe"}, comment=" A slur. ", client_key="k" * 12, active_ms=4_000,
        now=now,
    )  # fmt: skip
    assert (made.is_right, made.error_class, made.comment) == (False, "under_enforcement", "A slur.")
    assert AuditTask.objects.get(pk=drawn[0].pk).closed_at == now
    (row,) = waiting_rows("audits")
    assert (row["sign"], row["pi"], row["decided_label"], row["audited_label"]) == (1, 1.0, "Safe", "Unsafe")


def test_the_same_key_sent_again_is_the_same_verdict(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    actor, said = house.actor(auditor), {"answer": {"label": "Safe"}, "client_key": "k" * 12, "now": house.later}
    take_audit(actor, now=house.later)
    first = give_verdict(actor, task_id=drawn[0].id, **said)  # type: ignore[arg-type]
    assert give_verdict(actor, task_id=drawn[0].id, **said) == first  # type: ignore[arg-type]
    assert Verdict.objects.count() == 1
    assert len(waiting_rows("audits")) == 1
    take_audit(actor, now=house.later)
    with pytest.raises(Invalid):
        give_verdict(actor, task_id=drawn[1].id, **said)  # type: ignore[arg-type]


def test_nobody_audits_her_own_decision(house: House, moderator: Person, drawn: list[AuditTask]) -> None:
    from evenkeel.people import Role, give_grant

    give_grant(SYSTEM, person=moderator, role=Role.objects.get(slug="qa_specialist"), now=NOW)
    actor = house.actor(moderator)
    assert take_audit(actor, now=house.later) is None
    with pytest.raises(NotNow):
        give_verdict(actor, task_id=drawn[0].id, answer={"label": "Safe"}, client_key="k" * 12, now=house.later)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditTask.objects.filter(pk=drawn[0].pk).update(auditor=worker_of(moderator))


def test_an_audit_in_hand_comes_first_and_is_nobody_elses(
    house: House, auditor: Person, drawn: list[AuditTask]
) -> None:
    ben = house.actor(house.person("Ben", "qa_specialist"))
    ada = house.actor(auditor)
    assert take_audit(ada, now=house.later) == take_audit(ada, now=house.later) == drawn[0]
    assert take_audit(ben, now=house.later) == drawn[1]
    with pytest.raises(NotNow):
        give_verdict(ben, task_id=drawn[0].id, answer={"label": "Safe"}, client_key="k" * 12, now=house.later)


def test_an_audit_that_was_left_lying_is_handed_on(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    ada, ben = house.actor(auditor), house.actor(house.person("Ben", "qa_specialist"))
    take_audit(ada, now=house.later)
    after = house.later + timedelta(seconds=AUDIT_LEASE_S)
    assert take_audit(ben, now=after) == drawn[0]
    with pytest.raises(NotNow):
        give_verdict(ada, task_id=drawn[0].id, answer={"label": "Safe"}, client_key="k" * 12, now=after)


def test_an_audit_given_back_waits_again(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    ada, ben = house.actor(auditor), house.actor(house.person("Ben", "qa_specialist"))
    take_audit(ada, now=house.later)
    with pytest.raises(NotNow):
        return_audit(ben, task_id=drawn[0].id, now=house.later)
    return_audit(ada, task_id=drawn[0].id, now=house.later)
    assert take_audit(ben, now=house.later) == drawn[0]


def test_an_answer_outside_the_form_is_refused(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    ada = house.actor(auditor)
    take_audit(ada, now=house.later)
    with pytest.raises(Invalid) as refused:
        give_verdict(ada, task_id=drawn[0].id, answer={"label": "Maybe"}, client_key="k" * 12, now=house.later)
    assert list(refused.value.fields) == ["label"]
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("label", ["Safe", "Unsafe"])
def test_a_refusal_tells_nothing_of_the_first_answer(
    house: House, auditor: Person, drawn: list[AuditTask], label: str
) -> None:
    ada = house.actor(auditor)
    take_audit(ada, now=house.later)
    for kind in ("over_enforcement", "under_enforcement", "wrong_selection", ""):
        with pytest.raises(Invalid) as refused:
            give_verdict(
                ada,
                task_id=drawn[0].id,
                answer={"label": label},
                error_class=kind,
                client_key="k" * 12,
                now=house.later,
            )
        assert refused.value.sentence == "This kind of error cannot be named here."


def test_a_correction_is_a_new_row_and_the_log_takes_the_old_one_out(
    house: House, auditor: Person, drawn: list[AuditTask]
) -> None:
    ada, now = house.actor(auditor), house.later
    take_audit(ada, now=now)
    first = give_verdict(ada, task_id=drawn[0].id, answer={"label": "Unsafe"}, client_key="a" * 12, now=now)
    ben = house.actor(house.person("Ben", "qa_specialist"))
    with pytest.raises(NotNow):
        correct_verdict(ben, verdict=first, answer={"label": "Safe"}, client_key="b" * 12, now=now)
    second = correct_verdict(ada, verdict=first, answer={"label": "Safe"}, client_key="c" * 12, now=now)
    assert (second.is_right, second.corrects) == (True, first)
    assert verdict_in_force(drawn[0].draw) == second
    assert [row["sign"] for row in waiting_rows("audits")] == [1, -1, 1]
    with pytest.raises(NotNow):
        correct_verdict(ada, verdict=first, answer={"label": "Unsure"}, client_key="d" * 12, now=now)
    assert correct_verdict(ada, verdict=first, answer={"label": "Safe"}, client_key="c" * 12, now=now) == second


def test_after_the_verdict_the_class_of_error_may_be_named(
    house: House, auditor: Person, drawn: list[AuditTask]
) -> None:
    ada, now = house.actor(auditor), house.later
    take_audit(ada, now=now)
    first = give_verdict(ada, task_id=drawn[0].id, answer={"label": "Safe"}, client_key="a" * 12, now=now)
    with pytest.raises(Invalid):
        correct_verdict(
            ada, verdict=first, answer={"label": "Safe"}, error_class="wrong_selection", client_key="b" * 12, now=now
        )
    second = correct_verdict(
        ada, verdict=first, answer={"label": "Safe"}, error_class="technical_error", client_key="c" * 12, now=now
    )
    assert (second.is_right, second.error_class) == (False, "technical_error")


def test_a_partners_auditor_gets_her_own_peoples_decisions_alone(house: House, drawn: list[AuditTask]) -> None:
    outsider = house.actor(house.person("Vera", "qa_specialist", organisation=house.partner))
    assert take_audit(outsider, now=house.later) is None
    with pytest.raises(NotFound):
        give_verdict(outsider, task_id=drawn[0].id, answer={"label": "Safe"}, client_key="k" * 12, now=house.later)
    theirs = house.person("Wim", "moderator", organisation=house.partner)
    (decision,) = house.decide(theirs, ["Safe"], now=house.later)
    draw_due(house.later + timedelta(seconds=house.queue.undo_s))
    task = take_audit(outsider, now=house.later)
    assert task is not None
    assert task.draw.decision == decision


def test_whoever_judged_a_decision_is_not_asked_again_by_another_plan(
    house: House, auditor: Person, moderator: Person, drawn: list[AuditTask]
) -> None:
    start_plan(SYSTEM, programme=house.programme, name="Second", rate=1, now=house.later)
    (decision,) = house.decide(moderator, ["Safe"], now=house.later)
    after = house.later + timedelta(seconds=house.queue.undo_s)
    draw_due(after)
    twice = AuditTask.objects.filter(draw__decision=decision).order_by("id")
    assert twice.count() == 2
    ada, ben = house.actor(auditor), house.actor(house.person("Ben", "qa_specialist"))
    judged = []
    while (task := take_audit(ada, now=after)) is not None:
        key = f"key-{task.id}"
        judged.append(give_verdict(ada, task_id=task.id, answer={"label": "Safe"}, client_key=key, now=after))
    assert len(judged) == len({each.draw.decision_id for each in judged}) == 5
    assert take_audit(ben, now=after) == twice.get(closed_at=None)


def test_a_moderator_audits_nothing(house: House, moderator: Person, drawn: list[AuditTask]) -> None:
    with pytest.raises(Refused):
        take_audit(house.actor(moderator), now=house.later)


def test_verdicts_and_draws_cannot_be_changed(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    ada = house.actor(auditor)
    take_audit(ada, now=house.later)
    made = give_verdict(ada, task_id=drawn[0].id, answer={"label": "Safe"}, client_key="k" * 12, now=house.later)
    for thing in (made, drawn[0].draw):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(thing).objects.filter(pk=thing.pk).update(id=drawn[1].id)


def test_experts_answers_form_a_chain(house: House, drawn: list[AuditTask]) -> None:
    item = drawn[0].draw.decision.item
    manager = house.actor(house.person("Qi", "quality_manager"))
    first = set_expert_answer(manager, item=item, label="Safe", source="panel", now=NOW)
    assert set_expert_answer(manager, item=item, label="Safe", source="panel", now=NOW) == first
    second = set_expert_answer(manager, item=item, label="Unsafe", source="panel", now=NOW)
    assert (answer_in_force(item), second.replaces, ExpertAnswer.objects.count()) == (second, first, 2)
    assert [row["sign"] for row in waiting_rows("expert_answers")] == [1, -1, 1]
    with pytest.raises(Invalid):
        set_expert_answer(manager, item=item, label=" ", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_two_audits(house: House, auditor: Person, drawn: list[AuditTask]) -> None:
    actors = [
        house.actor(auditor),
        *(house.actor(house.person(name, "qa_specialist")) for name in ("Ben", "Cem", "Dia")),
    ]
    barrier, taken, failed = Barrier(len(actors)), [], []

    def take(at: int) -> None:
        try:
            barrier.wait()
            taken.append(take_audit(actors[at], now=house.later))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(at,)) for at in range(len(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len({task.pk for task in taken if task}) == len(actors)
