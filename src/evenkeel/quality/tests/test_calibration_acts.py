"""Calibration sessions through their acts: blind, discussed, settled, offered; and doubtful labels sent to be audited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.log import flush
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people.models import Notice
from evenkeel.policy import publish_version
from evenkeel.quality import (
    AuditCheck,
    AuditTask,
    CheckAnswer,
    UnclearClause,
    Verdict,
    answer_case,
    answer_example,
    cases_for,
    draw_due,
    end_session,
    offer_gold,
    open_session,
    remark,
    request_example,
    set_check_rule,
    settle_case,
    start_plan,
    unclear_clauses,
)
from evenkeel.quality.acts.label_checks import check_chosen, check_drawn
from evenkeel.quality.clarity import judge_clauses
from evenkeel.quality.models import AgreementCut, Draw, LabelDoubt, LabelReading
from evenkeel.quality.queries.calibration import alignment_trend, divided_items, results, rings_of
from evenkeel.quality.queries.label_checks import bands_of
from evenkeel.quality.queries.own import own_calibrations
from evenkeel.quality.reading import read_labels
from evenkeel.quality.reminding import remind_due, reveal_due
from evenkeel.work import NewItem, add_items, change_queue

from .calibration_world import AFTER, DEADLINE, HOUR, Scene, make_scene
from .conftest import NOW, SYSTEM, worker_of


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(made: Scene, db: None) -> Scene:
    made.session.refresh_from_db()
    return made


def test_everybody_who_is_invited_is_told(scene: Scene) -> None:
    assert Notice.objects.filter(title__contains="March").count() == 4
    seat = scene.seat(scene.people[2])
    assert (seat.organisation, seat.site and seat.site.name, seat.is_expert) == (
        scene.house.partner,
        "Partner site",
        True,
    )
    assert scene.session.policy_version == scene.version


def test_answers_are_blind_until_everybody_has_answered(scene: Scene) -> None:
    scene.answer_all("sssuu", "sssuu", "ssuuu", "sssuu")
    found = results(scene.as_owner, scene.session)
    assert found.blind is not None
    # Of five cases four are unanimous, one is three to one: half of its pairs agree.
    assert found.blind.percent.value == pytest.approx(0.9)
    assert found.blind.percent.n == 5
    assert found.cases[2].counts == {"Safe": 3, "Unsafe": 1}


def test_the_last_answer_reveals_all(scene: Scene) -> None:
    workers = [worker_of(person) for person in scene.people[:2]]
    short = open_session(
        scene.as_owner, queue=scene.house.queue, name="Short", items=scene.items[:1], workers=workers, deadline_at=DEADLINE,
        now=NOW,
    )  # fmt: skip
    case = short.cases.select_related("session", "item").get()
    for person in scene.people[:2]:
        short.refresh_from_db()
        assert short.revealed_at is None
        scene.answer(person, case, "Safe")
    short.refresh_from_db()
    assert short.revealed_at == NOW + HOUR
    assert set(short.seats.values_list("done_at", flat=True)) == {NOW + HOUR}


def test_nothing_is_said_or_settled_while_it_is_blind(scene: Scene) -> None:
    scene.answer(scene.people[0], scene.cases[0], "Safe")
    with pytest.raises(NotNow):
        scene.answer(scene.people[0], scene.cases[0], "Unsafe")
    with pytest.raises(NotNow):
        remark(scene.as_owner, case=scene.cases[0], body="Look at this", now=NOW + HOUR)
    with pytest.raises(NotNow):
        settle_case(scene.as_owner, case=scene.cases[0], answer={"label": "Safe"}, reason="Clear", now=NOW + HOUR)


def test_the_same_key_gives_the_same_answer(scene: Scene) -> None:
    person, case = scene.people[0], scene.cases[0]
    said: dict[str, Any] = {
        "case": case, "seat": scene.seat(person), "answer": {"label": "Safe"}, "client_key": "k" * 12, "now": NOW + HOUR,
    }  # fmt: skip
    actor = scene.house.actor(person)
    assert answer_case(actor, **said) == answer_case(actor, **said)
    with pytest.raises(Refused):
        answer_case(scene.house.actor(scene.people[1]), **said | {"client_key": "m" * 12})


def test_who_has_not_answered_is_reminded_once_and_the_deadline_reveals(scene: Scene) -> None:
    for case in scene.cases:
        scene.answer(scene.people[0], case, "Safe")
    assert remind_due(DEADLINE - timedelta(days=2)) == 0
    assert remind_due(DEADLINE - timedelta(hours=20)) == 3
    assert remind_due(DEADLINE - timedelta(hours=19)) == 0
    assert Notice.objects.filter(title__contains="wait for your answer").count() == 3
    assert (reveal_due(AFTER), reveal_due(AFTER)) == (1, 0)
    scene.session.refresh_from_db()
    assert scene.session.revealed_at == DEADLINE
    scene.answer(scene.people[1], scene.cases[0], "Unsafe", now=AFTER)
    assert results(scene.as_owner, scene.session).blind is None, "the late answer is none of the blind ones"


def test_settling_writes_each_blind_answer_and_settling_anew_takes_it_back(scene: Scene) -> None:
    scene.answer_all("sssuu", "sssuu", "ssuuu", "usnuu")
    case = scene.cases[2]
    first = settle_case(scene.as_owner, case=case, answer={"label": "Safe"}, reason="No threat", now=AFTER)
    assert sorted(row["is_aligned"] for row in waiting_rows("calibrations")) == [False, False, True, True]
    second = settle_case(scene.as_owner, case=case, answer={"label": "Unsafe"}, reason="A threat", now=AFTER + HOUR)
    assert second.replaces == first
    rows = waiting_rows("calibrations")
    assert sum(row["sign"] for row in rows) == 4
    assert sum(row["sign"] * row["is_aligned"] for row in rows) == 1
    assert {row["language"] for row in rows} == {"de"}
    found = results(scene.as_owner, scene.session)
    assert {name: each.value for name, each in found.by_site.items()} == {"House site": 0.0, "Partner site": 0.5}
    trend = alignment_trend(scene.as_owner, programme_id=scene.house.programme.pk, by="site", now=AFTER)
    assert [point.estimate.n for point in trend["Partner site"]] == [2]
    partner = results(scene.house.actor(scene.people[2]), scene.session)
    assert list(partner.by_person) == ["Cy", "Dee"], "a partner's people see their own alone"


def test_only_the_owner_settles(scene: Scene) -> None:
    other = scene.house.person("Quentin", "quality_manager")
    said: dict[str, Any] = {"case": scene.cases[0], "answer": {"label": "Safe"}, "reason": "Clear", "now": AFTER}
    with pytest.raises(NotNow, match="owner"):
        settle_case(scene.house.actor(other), **said)
    with pytest.raises(Refused):
        settle_case(scene.house.actor(scene.people[0]), **said)
    with pytest.raises(Invalid):
        settle_case(scene.as_owner, **said | {"reason": " "})
    with pytest.raises(Invalid):
        settle_case(scene.as_owner, **said | {"answer": {"label": "Nonsense"}})


def test_what_is_settled_is_offered_as_golden_and_as_example(scene: Scene) -> None:
    scene.answer_all("sssuu", "sssuu", "ssuuu", "sssuu")
    settled = settle_case(scene.as_owner, case=scene.cases[2], answer={"label": "Safe"}, reason="No threat", now=AFTER)
    gold = offer_gold(scene.as_owner, settlement=settled, now=AFTER)
    assert (gold.agreeing, gold.experts, gold.item) == (2, 3, scene.items[2])
    assert offer_gold(scene.as_owner, settlement=settled, now=AFTER) == gold
    asked = request_example(scene.as_owner, settlement=settled, now=AFTER)
    assert not scene.version.policy.examples.exists(), "asking changes no guideline"
    with pytest.raises(Refused):
        answer_example(scene.house.actor(scene.people[0]), request=asked, is_taken=True, now=AFTER)
    answer_example(scene.as_owner, request=asked, is_taken=True, now=AFTER)
    example = scene.version.policy.examples.get()
    assert (example.verdict, example.language, example.why) == ("Safe", "de", "No threat")
    with pytest.raises(NotNow):
        answer_example(scene.as_owner, request=asked, is_taken=False, now=AFTER)


def test_people_talk_and_answer_again_until_it_ends(scene: Scene) -> None:
    scene.answer_all("sssuu", "uuuuu", "ssuuu", "sssuu")
    person = scene.people[1]
    remark(scene.house.actor(person), case=scene.cases[0], seat=scene.seat(person), body="I was wrong", now=AFTER)
    assert scene.answer(person, scene.cases[0], "Safe", now=AFTER).round == 2
    for other in (scene.people[0], scene.people[2]):
        scene.answer(other, scene.cases[0], "Safe", now=AFTER)
    found = results(scene.as_owner, scene.session)
    assert found.discussed is not None
    assert (found.discussed.percent.value, found.discussed.percent.n) == (1.0, 1)
    end_session(scene.as_owner, session=scene.session, now=AFTER)
    with pytest.raises(NotNow):
        scene.answer(scene.people[3], scene.cases[0], "Safe", now=AFTER)


def test_a_session_that_does_not_fit_is_refused_by_field(scene: Scene) -> None:
    workers = [worker_of(person) for person in scene.people]
    stranger = worker_of(scene.house.person("Zed", "moderator"))
    said: dict[str, Any] = {
        "queue": scene.house.queue, "name": "April", "items": scene.items, "workers": workers, "deadline_at": DEADLINE,
        "now": NOW,
    }  # fmt: skip
    wrongs: dict[str, dict[str, Any]] = {
        "name": {"name": "March"},
        "deadline": {"deadline_at": NOW},
        "items": {"items": []},
        "people": {"workers": workers[:1]},
        "experts": {"experts": [stranger]},
        "repeats": {"repeats": 1},
    }
    for field, change in wrongs.items():
        with pytest.raises(Invalid) as wrong:
            open_session(scene.as_owner, **said | change)
        assert list(wrong.value.fields) == [field]
    with pytest.raises(Invalid):
        open_session(scene.as_owner, **said | {"is_ring": True, "workers": workers[:2]})
    with pytest.raises(Refused):
        open_session(scene.house.actor(scene.people[0]), **said)


def test_a_clause_that_experts_cannot_agree_on_counts_for_the_policy(scene: Scene) -> None:
    # Three experts, five cases, no two alike on any: nothing speaks for the clause.
    scene.answer_all("sunsu", "unsun", "nsuns", "sssss")
    assert judge_clauses(scene.version, now=AFTER)
    policy_id = scene.version.policy_id
    unclear = set(unclear_clauses(policies=[policy_id]).values_list("clause", flat=True))
    assert unclear == {"Safe", "Unsafe", "Unsure"}
    # What nobody can agree on is held against nobody; sites are compared on it all the same.
    settle_case(scene.as_owner, case=scene.cases[0], answer={"label": "Safe"}, reason="So be it.", now=AFTER)
    found = results(scene.as_owner, scene.session)
    assert (found.by_person, set(found.by_site)) == ({}, {"House site", "Partner site"})
    assert own_calibrations(scene.house.actor(scene.people[0]), now=AFTER)[0].aligned.n == 0
    assert not unclear_clauses(policies=[policy_id], until=AFTER).exists(), "not before it was judged"
    judge_clauses(scene.version, now=AFTER + HOUR)
    assert UnclearClause.objects.count() == 3, "judging again opens nothing twice"
    newer = publish_version(
        SYSTEM,
        policy=scene.version.policy,
        body_markdown="# What is unsafe\n\nThreats, said so.",
        what_changed="Says threats",
        now=AFTER + HOUR,
    )
    judge_clauses(scene.version, now=AFTER + 2 * HOUR)
    judge_clauses(newer, now=AFTER + 2 * HOUR)
    assert set(UnclearClause.objects.values_list("until_at", flat=True)) == {newer.published_at}
    assert not unclear_clauses(policies=[policy_id], from_=AFTER + 2 * HOUR).exists()
    assert unclear_clauses(from_=AFTER, until=AFTER + HOUR).count() == 3


def test_cases_are_chosen_among_what_was_settled_and_what_is_doubted(scene: Scene) -> None:
    """Only where two auditors differed and an expert spoke, latest first; the most doubtful first."""
    house = scene.house
    mo, edda = house.person("Mo", "moderator"), worker_of(house.person("Edda", "quality_manager"))
    ada, bo = (worker_of(house.person(name, "qa_specialist")) for name in ("Ada", "Bo"))
    plan = start_plan(SYSTEM, programme=house.programme, name="All", rate=1, now=NOW)
    rule = set_check_rule(SYSTEM, plan=plan, share_right=1, share_wrong=1, settle_agreed=1, now=NOW)
    decisions = house.decide(mo, ["Safe"] * 4)
    draw_due(house.later)
    # What the second auditor and the expert said, and when it was closed: agreed, differed, differed later, not settled.
    said = (("Safe", "Safe", 1), ("Unsafe", "Safe", 2), ("Unsafe", "Unsafe", 3), ("Unsafe", None, None))
    for decision, (second, expert, hours) in zip(decisions, said, strict=True):
        draw = Draw.objects.get(decision=decision)
        verdict = Verdict.objects.create(
            draw=draw, auditor=ada, label="Safe", is_right=True, client_key=f"first-{draw.pk}", audited_at=NOW
        )
        closed_at = NOW + hours * HOUR if hours else None
        check = AuditCheck.objects.create(
            draw=draw, rule=rule, verdict=verdict, programme=house.programme, worker=decision.worker,
            organisation=house.house, first=ada, second=bo, pi=1, u=0, drawn_at=NOW, closed_at=closed_at,
            stage=AuditCheck.DONE if expert else AuditCheck.EXPERT,
        )  # fmt: skip
        for stage, by, label in ((AuditCheck.SECOND, bo, second), (AuditCheck.EXPERT, edda, expert)):
            if label is not None:
                CheckAnswer.objects.create(
                    audit_check=check, stage=stage, by=by, label=label, is_right=label == "Safe",
                    error_class="" if label == "Safe" else "under_enforcement",
                    client_key=f"{stage}-{draw.pk}", given_at=NOW,
                )  # fmt: skip
    for rank, decision in enumerate(reversed(decisions)):
        LabelDoubt.objects.create(
            programme=house.programme, item=decision.item, rank=rank, label="Safe", believed="Unsafe",
            chance_wrong=0.9 - rank / 10, by_people=True, by_models=False, answers=3, decision=decision,
        )  # fmt: skip

    def chosen(how: str, n: int = 9) -> list[int]:
        places = {decision.item_id: at for at, decision in enumerate(decisions)}
        return [places[item.pk] for item in cases_for(house.programme.pk, how=how, n=n)]

    assert chosen("settled") == [2, 1]
    assert chosen("settled", 1) == [2]
    assert chosen("doubted") == [3, 2, 1, 0]
    assert chosen("doubted", 2) == [3, 2]


def test_a_ring_test_compares_sites_on_the_same_items(scene: Scene) -> None:
    workers = [worker_of(person) for person in scene.people]
    session = open_session(
        scene.as_owner, queue=scene.house.queue, name="Ring 1", items=scene.items[:3], workers=workers, is_ring=True, repeats=1,
        deadline_at=DEADLINE, now=NOW,
    )  # fmt: skip
    assert (session.cycle, session.cases.count(), session.cases.exclude(repeats=None).count()) == (1, 4, 1)
    for number, person in enumerate(scene.people):
        for case in session.cases.select_related("session", "item"):
            scene.answer(person, case, "Unsafe" if number > 1 or case.item == scene.items[0] else "Safe")
    session.refresh_from_db()
    for case in session.cases.filter(repeats=None):
        label = "Unsafe" if case.item_id == scene.items[0].pk else "Safe"
        settle_case(scene.as_owner, case=case, answer={"label": label}, reason="By the guideline", now=AFTER)
    assert sum(row["sign"] for row in waiting_rows("calibrations")) == 12, "repeats are no second alignment"
    ((_session, found),) = rings_of(scene.as_owner, programme_id=scene.house.programme.pk, now=AFTER)
    here, there = found.sites
    assert (here.site, here.bias.value, here.repeated.value) == ("House site", 0.0, 1.0)
    assert there.bias.value == pytest.approx(2 / 3)
    assert there.apart_from == (), "three items tell nobody apart"
    assert found.accordance.value == 1.0
    with pytest.raises(NotNow):
        scene.answer(scene.people[0], session.cases.get(number=1), "Safe", now=AFTER)


def test_the_log_can_be_written_anew_from_what_stands(scene: Scene) -> None:
    from evenkeel.quality.facts_calibration import calibrations_that_stand

    scene.answer_all("sssuu", "sssuu", "ssuuu", "sssuu")
    for label in ("Safe", "Unsafe"):
        settle_case(scene.as_owner, case=scene.cases[0], answer={"label": label}, reason="Because", now=AFTER)
    assert [row["is_aligned"] for row in calibrations_that_stand()] == [False] * 4


# ------------------------------------------------------------------ labels of the log


def test_labels_are_read_cut_and_doubted_and_checks_tell_how_often(scene: Scene, tmp_path: Any, settings: Any) -> None:
    from dataclasses import replace

    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    house = scene.house
    change_queue(SYSTEM, queue=house.queue, overlap=3, now=NOW)
    made = add_items(
        SYSTEM,
        programme=house.programme,
        items=[NewItem(key=f"l-{n}", content={"text": str(n)}) for n in range(6)],
        now=NOW,
    )
    from evenkeel.work import decide, fill_queue, take_batch

    fill_queue(SYSTEM, queue=house.queue, item_ids=[item.id for item in made], now=NOW)
    wrong = {(2, made[0].pk), (0, made[5].pk), (2, made[5].pk)}
    for number, person in enumerate(scene.people[:3]):
        actor = house.actor(person)
        while leases := take_batch(actor, queue=house.queue, now=NOW):
            for lease in leases:
                item_id = lease.task.item_id
                label = "Unsafe" if (number, item_id) in wrong else "Safe"
                key = f"label-{number}-{item_id}"[:60]
                decide(actor, lease_id=lease.id, answer={"label": label}, client_key=key, now=NOW)
    flush(NOW + HOUR)
    assert read_labels(NOW + HOUR) == 1
    assert read_labels(NOW + HOUR) == 0, "nothing new, nothing to do"
    whole = AgreementCut.objects.get(by="all")
    assert (whole.items, whole.labels, whole.people) == (6, 18, 3)
    assert whole.percent["value"] == pytest.approx((4 + 2 / 3) / 6)
    assert {cut.key for cut in AgreementCut.objects.filter(by="class")} == {"Safe", "Unsafe"}
    assert AgreementCut.objects.filter(by="pair").count() == 3
    reading = LabelReading.objects.get(programme=house.programme)
    assert (reading.labels, reading.items) == (18, 6)
    assert divided_items(house.programme.pk, n=2)[0] in (made[0], made[5])
    doubts = list(LabelDoubt.objects.order_by("rank"))
    assert doubts
    (check,) = check_chosen(scene.as_owner, doubts=doubts[:1], now=AFTER)
    assert (check.draw.plans, check.is_drawn) == (0, False)
    assert check_chosen(scene.as_owner, doubts=doubts[:1], now=AFTER) == []
    assert AuditTask.objects.filter(draw__plan__design="doubts").count() == 1
    assert all(band.found.n == 0 for band in bands_of(house.programme.pk)), "chosen ones tell no share"
    if len(doubts) > 1:
        drawn = check_drawn(scene.as_owner, programme=house.programme, n=1, now=AFTER)
        assert drawn
        assert all(each.is_drawn for each in drawn)
    with pytest.raises(Refused):
        check_drawn(house.actor(scene.people[0]), programme=house.programme, n=1, now=AFTER)
    assert Draw.objects.filter(plan__design="doubts").count() >= 1
