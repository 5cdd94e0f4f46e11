"""Who is handed what: skills, caps, teams, overlap, priority; and why somebody gets nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.kernel import vote_certainty
from evenkeel.people import Person, end_grant
from evenkeel.people.acts import add_worker_skill
from evenkeel.people.models import RoleGrant
from evenkeel.wellness import record_exposure, set_limit
from evenkeel.work import (
    Decision,
    Lease,
    NewItem,
    Queue,
    Task,
    add_items,
    change_queue,
    close_queue,
    fill_queue,
    put_down,
    return_lease,
    take_back,
    take_batch,
    why_not,
)
from evenkeel.work.filling import price, take_up
from evenkeel.work.jobs import take_up_what_is_due
from evenkeel.work.rules.overlap import drawn_for_more
from evenkeel.work.rules.priority import TIME_LEFT, due_at, due_before, priority_of, urgency_at

from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_house,
    make_items,
    make_person,
    make_programme,
    make_queue,
    make_team,
    make_vendor,
    worker_of,
)

pytestmark = pytest.mark.django_db


def first_of(queue: Queue, person: Person, *, asks: Person | None = None) -> str | None:
    """The slug of the rule that keeps items from the person."""
    actor = as_actor(asks) if asks else SYSTEM
    first = why_not(actor, queue=queue, worker=worker_of(person), now=NOW).first
    return first.slug if first else None


def is_handed(queue: Queue, person: Person) -> bool:
    try:
        return bool(take_batch(as_actor(person), queue=queue, now=NOW))
    except NotNow:
        return False


# ------------------------------------------------------------------ rules on plain values


def test_certainty_is_the_beta_posterior() -> None:
    from scipy.stats import beta

    for leading, others in [(0, 0), (1, 0), (2, 0), (3, 0), (2, 1), (5, 2), (9, 4)]:
        assert vote_certainty([leading, others]) == pytest.approx(beta.sf(0.5, leading + 1, others + 1))


@given(st.lists(st.integers(0, 30), max_size=5))
def test_one_more_vote_for_the_leader_makes_surer(counts: list[int]) -> None:
    ordered = sorted(counts, reverse=True) or [0]
    more = [ordered[0] + 1, *ordered[1:]]
    assert 0 < vote_certainty(counts) <= vote_certainty(more) < 1
    assert vote_certainty(counts) == vote_certainty(counts[::-1])


@given(st.integers(60, 10**6), st.floats(-2, 2))
def test_the_step_of_a_task_is_the_same_seen_from_the_clock_and_from_the_task(target_s: int, share: float) -> None:
    due = due_at(NOW, target_s)
    assert due is not None
    now = due - timedelta(seconds=round(target_s * share))
    urgency = urgency_at(due, target_s, now)
    for step in range(1, len(TIME_LEFT) + 1):
        # Within a second of the border floating point may differ.
        if abs((due_before(step, target_s, now) - due).total_seconds()) > 1:
            assert (due <= due_before(step, target_s, now)) == (urgency >= step)


@given(
    st.floats(allow_nan=False),
    st.dictionaries(st.sampled_from(["risk", "reach"]), st.integers() | st.text() | st.none()),
)
def test_a_priority_is_always_a_number_that_sorts(given_: float, attributes: dict[str, Any]) -> None:
    assert 0 < priority_of(given_, attributes, by_risk=True, urgency=4) <= 1e300


# ------------------------------------------------------------------ who


def test_a_queue_asks_for_skills_that_are_in_force() -> None:
    queue = make_queue(items=1, skills=["violence"])
    person = make_person("moderator")
    assert first_of(queue, person) == "skill"
    worker = worker_of(person)
    add_worker_skill(
        SYSTEM,
        worker=worker,
        skill="violence",
        since=NOW.date() - timedelta(9),
        until=NOW.date() - timedelta(1),
        now=NOW,
    )
    assert first_of(queue, person) == "skill"
    assert not is_handed(queue, person)
    add_worker_skill(SYSTEM, worker=worker, skill="violence", since=NOW.date(), now=NOW)
    assert first_of(queue, person) is None
    assert is_handed(queue, person)


def test_a_certification_is_a_skill_that_lapses() -> None:
    queue = make_queue(items=1, certifications=["child safety"])
    person = make_person("moderator")
    worker = worker_of(person)
    add_worker_skill(SYSTEM, worker=worker, skill="child safety", since=NOW.date() - timedelta(5), now=NOW)
    assert first_of(queue, person) == "certification"
    add_worker_skill(SYSTEM, worker=worker, skill="child safety", since=NOW.date(), until=NOW.date(), now=NOW)
    assert is_handed(queue, person)


def test_the_days_cap_counts_what_is_decided_and_in_hand() -> None:
    queue = make_queue(items=5, batch_size=3, day_cap=2, undo_s=600)
    person = make_person("moderator")
    actor = as_actor(person)
    taken = take_batch(actor, queue=queue, now=NOW)
    assert len(taken) == 2
    made = make_decision(actor, taken[0])
    # What she holds she may finish, but gets no more.
    assert [lease.pk for lease in take_batch(actor, queue=queue, now=NOW)] == [taken[1].pk]
    make_decision(actor, taken[1])
    with pytest.raises(NotNow, match="2 of 2"):
        take_batch(actor, queue=queue, now=NOW)
    assert first_of(queue, person) == "cap"
    take_back(actor, decision=made, now=after(seconds=5))
    assert len(take_batch(actor, queue=queue, now=after(seconds=6))) == 1
    assert len(take_batch(actor, queue=queue, now=after(days=1))) == 2


def test_a_further_opinion_comes_from_another_team() -> None:
    queue = make_queue(items=1, overlap=3, teams_apart=True)
    house = make_house()
    team, other = make_team(house), make_team(house)
    first, mate, stranger, alone = (
        make_person("moderator", team=team),
        make_person("moderator", team=team),
        make_person("moderator", team=other),
        make_person("moderator"),
    )
    taken = take_batch(as_actor(first), queue=queue, now=NOW)
    assert take_batch(as_actor(mate), queue=queue, now=NOW) == []
    make_decision(as_actor(first), taken[0])
    assert take_batch(as_actor(mate), queue=queue, now=NOW) == []
    why = why_not(SYSTEM, queue=queue, worker=worker_of(mate), now=NOW).first
    assert why is not None
    assert "her own team" in why.found
    assert is_handed(queue, stranger)
    assert is_handed(queue, alone)


def test_what_the_queue_bars_is_refused() -> None:
    queue = make_queue(items=2, may_skip=False, may_return=False)
    actor = as_actor(make_person("moderator"))
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    with pytest.raises(NotNow, match="skipped"):
        return_lease(actor, lease_id=lease.id, is_skip=True, now=NOW)
    with pytest.raises(NotNow, match="only on leaving"):
        return_lease(actor, lease_id=lease.id, now=NOW)
    assert put_down(actor, now=NOW) == 2
    assert Lease.objects.filter(ended_at=None).count() == 0


# ------------------------------------------------------------------ how many


def test_a_share_of_the_items_gets_more_people_and_the_draw_can_be_repeated() -> None:
    queue = make_queue(items=200, overlap=1, overlap_rule="share", overlap_most=2, overlap_share=0.3)
    wanted = dict(Task.objects.values_list("item_id", "wanted"))
    assert set(wanted.values()) == {1, 2}
    assert wanted == {item: 2 if drawn_for_more(item, queue.pk, 0.3) else 1 for item in wanted}
    assert 0.2 < sum(n == 2 for n in wanted.values()) / 200 < 0.4


@pytest.mark.parametrize(
    ("labels", "asked"),
    [(["No", "No", "No"], 3), (["No", "Yes", "No", "No"], 5), (["No", "Yes", "Yes", "No", "No"], 5)],
)
def test_an_adaptive_item_is_asked_until_it_is_sure_or_asked_often_enough(labels: list[str], asked: int) -> None:
    queue = make_queue(items=1, overlap=2, overlap_rule="adaptive", overlap_most=5, overlap_target=0.9)
    for label in labels:
        actor = as_actor(make_person("moderator"))
        make_decision(actor, take_batch(actor, queue=queue, now=NOW)[0], label)
    task = Task.objects.get()
    assert (task.wanted, task.closed_at is not None) == (asked, len(labels) == asked)


def test_taking_back_opens_an_adaptive_item_again() -> None:
    queue = make_queue(items=1, overlap=2, overlap_rule="adaptive", overlap_most=4, overlap_target=0.8)
    actors = [as_actor(make_person("moderator")) for _ in range(2)]
    made = [make_decision(actor, take_batch(actor, queue=queue, now=NOW)[0]) for actor in actors]
    assert Task.objects.get().closed_at is not None
    take_back(actors[0], decision=made[0], now=NOW)
    lease = take_batch(actors[0], queue=queue, now=NOW)[0]
    make_decision(actors[0], lease, "Yes")
    assert (Task.objects.get().wanted, Task.objects.get().closed_at) == (3, None)


# ------------------------------------------------------------------ what first


def test_risk_times_reach_comes_first_and_time_left_moves_ahead() -> None:
    programme = make_programme()
    queue = make_queue(programme, priority_rule="risk", target_s=1_000, batch_size=1)
    said = {"low": {"risk": 1}, "wide": {"risk": 2, "reach": 10}, "high": {"risk": 15}}
    for name, attributes in said.items():
        add_items(
            SYSTEM,
            programme=programme,
            items=[NewItem(key=name, content={"text": "x"}, attributes=attributes)],
            now=NOW,
        )
    fill_queue(SYSTEM, queue=queue, now=NOW)
    assert list(Task.objects.order_by("-priority").values_list("item__key", flat=True)) == ["wide", "high", "low"]
    late = add_items(
        SYSTEM,
        programme=programme,
        items=[NewItem(key="fresh", content={"text": "x"}, attributes={"risk": 100})],
        now=after(seconds=1_000),
    )
    fill_queue(SYSTEM, queue=queue, item_ids=[late[0].pk], now=after(seconds=1_000))
    take_up_what_is_due(now=after(seconds=1_000))
    assert list(Task.objects.order_by("-priority").values_list("item__key", "urgency")) == [
        ("wide", 4), ("high", 4), ("fresh", 0), ("low", 4),
    ]  # fmt: skip


def test_steps_taken_one_by_one_or_at_once_come_to_the_same() -> None:
    programme = make_programme()
    first, second = (make_queue(programme, priority_rule="risk", target_s=1_000) for _ in range(2))
    make_items(3, programme)
    for queue in (first, second):
        fill_queue(SYSTEM, queue=queue, now=NOW)
    for seconds in range(0, 1_100, 50):
        take_up(first, now=after(seconds=seconds))
    take_up(second, now=after(seconds=1_100))
    assert take_up(second, now=after(seconds=1_100)) == 0
    assert set(Task.objects.values_list("priority", "urgency")) == {(16.0, 4)}


def test_a_changed_rule_prices_what_waits_anew() -> None:
    programme = make_programme()
    queue = make_queue(programme)
    add_items(
        SYSTEM, programme=programme, items=[NewItem(key="a", content={"text": "x"}, attributes={"risk": 7})], now=NOW
    )
    fill_queue(SYSTEM, queue=queue, priority=1, now=NOW)
    change_queue(SYSTEM, queue=queue, priority_rule="risk", target_s=100, now=NOW)
    assert price(queue, now=after(seconds=60)) == 1
    task = Task.objects.get()
    assert (task.priority, task.urgency, task.due_at) == (28.0, 1, after(seconds=100))
    change_queue(SYSTEM, queue=queue, priority_rule="arrival", now=NOW)
    price(queue, now=NOW)
    assert Task.objects.get().priority == 1


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"overlap_rule": "sometimes"}, "overlap_rule"),
        ({"overlap_rule": "share", "overlap": 3, "overlap_most": 3}, "overlap_most"),
        ({"overlap_share": float("nan")}, "overlap_share"),
        ({"overlap_target": 1.0}, "overlap_target"),
        ({"target_s": 5}, "target_s"),
        ({"day_cap": 0}, "day_cap"),
        ({"skills": [""]}, "skills"),
        ({"may_skip": "yes"}, "may_skip"),
        ({"prelabel": "loud"}, "prelabel"),
    ],
)
def test_a_rule_that_cannot_work_names_its_field(rules: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        make_queue(**rules)
    assert field in wrong.value.fields


# ------------------------------------------------------------------ why not


def test_why_not_names_the_first_rule_that_hand_out_would_stop_at() -> None:
    partner = make_vendor()
    queue = make_queue(items=1, languages=["de"])
    person = make_person("moderator", languages=["en"])
    assert first_of(queue, person) == "language"
    assert first_of(queue, make_person("moderator", partner, languages=["de"])) == "engaged"
    assert first_of(queue, make_person("lead", languages=["de"])) == "grant"
    ready = make_person("moderator", languages=["de"])
    assert first_of(queue, ready) is None
    end_grant(SYSTEM, grant=RoleGrant.objects.get(person=ready), now=NOW)
    assert first_of(queue, ready) == "grant"
    close_queue(SYSTEM, queue=queue, now=NOW)
    assert first_of(queue, make_person("moderator", languages=["de"])) == "open"


def test_why_not_says_what_became_of_all_that_waits() -> None:
    queue = make_queue(items=1, overlap=2)
    one, two, three = (make_person("moderator") for _ in range(3))
    make_decision(as_actor(one), take_batch(as_actor(one), queue=queue, now=NOW)[0])

    def found(person: Person) -> str:
        first = why_not(SYSTEM, queue=queue, worker=worker_of(person), now=NOW).first
        return first.found if first else ""

    assert "decided or skipped" in found(one)
    lease = take_batch(as_actor(two), queue=queue, now=NOW)[0]
    assert "somebody's hands" in found(three)
    make_decision(as_actor(two), lease)
    assert "is decided" in found(three)


def test_a_limit_of_exposure_is_told_to_nobody_but_herself() -> None:
    queue = make_queue(items=1, severity=3)
    person = make_person("moderator")
    set_limit(SYSTEM, organisation=make_house(), severity_from=2, minutes_a_day=10, now=NOW)
    record_exposure(worker_of(person).id, seconds=600, severity=2, now=NOW)
    assert first_of(queue, person, asks=person) == "exposure"
    assert first_of(queue, person, asks=make_person("lead")) is None
    assert not is_handed(queue, person)


@settings(max_examples=25)
@given(data=st.data())
def test_why_not_and_hand_out_agree(data: Any) -> None:
    """Whatever is asked and whatever is brought: who is told of no rule is handed something, and nobody else is."""
    from django.db import transaction

    with transaction.atomic():
        house = make_house()
        teams = [None, make_team(house)]
        queue = make_queue(
            items=data.draw(st.integers(0, 1)),
            overlap=2,
            languages=data.draw(st.sampled_from([[], ["de"], ["de", "en"]])),
            skills=data.draw(st.sampled_from([[], ["x"]])),
            day_cap=data.draw(st.sampled_from([None, 1])),
            teams_apart=data.draw(st.booleans()),
        )
        people = []
        for _ in range(2):
            roles = data.draw(st.sampled_from([["moderator"], ["lead"]]))
            person = make_person(
                roles, team=data.draw(st.sampled_from(teams)), languages=data.draw(st.sampled_from([["de"], ["en"]]))
            )
            if data.draw(st.booleans()):
                add_worker_skill(SYSTEM, worker=worker_of(person), skill="x", since=NOW.date(), now=NOW)
            people.append(person)
        for person in people:
            expected = first_of(queue, person) is None
            from evenkeel.ground.errors import Problem

            try:
                taken = take_batch(as_actor(person), queue=queue, now=NOW)
            except Problem:
                taken = []
            assert bool(taken) == expected
        transaction.set_rollback(True)


# ------------------------------------------------------------------ pages and API, as three people


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_lead_asks_about_those_she_sees_and_a_worker_about_herself() -> None:
    partner = make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=1, languages=["de"])
    person, lead = make_person("moderator"), make_person("lead")
    worker = worker_of(person)
    page, api = f"/work/queues/{queue.pk}/why-not/", f"/api/v1/work/queues/{queue.pk}/why_not"
    assert "asks for de" in client_of(lead).get(page, {"worker": str(worker.pk)}).text
    assert worker.name in client_of(lead).get(page, {"q": worker.code}).text
    assert client_of(lead).get(api, {"worker_id": str(worker.pk)}).json()["first"]["slug"] == "language"
    assert "asks for de" in client_of(person).get(page).text
    assert client_of(person).get(api).json()["first"]["slug"] == "language"
    colleague = client_of(make_person("moderator"))
    assert colleague.get(page, {"worker": str(worker.pk)}).status_code == 404
    assert colleague.get(api, {"worker_id": str(worker.pk)}).status_code == 404
    assert worker.name not in colleague.get(page, {"q": worker.code}).text
    theirs = client_of(make_person("lead", partner))
    assert theirs.get(page, {"worker": str(worker.pk)}).status_code == 404
    assert worker.name not in theirs.get(page, {"q": worker.code}).text
    assert client_of(make_person("lead", make_vendor())).get(page).status_code == 404
    assert theirs.get(page, {"worker": "nonsense"}).status_code == 404
    assert client_of(make_person("lead", is_worker=False)).get(api).status_code == 422


def test_hand_out_rules_are_set_by_form_and_by_program() -> None:
    queue = make_queue()
    owner = client_of(make_person(["quality_manager"]))
    page = f"/work/queues/{queue.pk}/settings/"
    form = owner.get(page).context["form"]
    said = {name: form[name].value() for name in form.fields}
    said = {name: value for name, value in said.items() if value is not None and value is not False}
    said |= {
        "overlap_rule": "share",
        "overlap_most": 2,
        "overlap_share": 12.5,
        "skills": "b, a",
        "day_cap": 40,
        "target_s": 900,
    }
    del said["may_skip"]
    answer = owner.post(page, said)
    assert answer.status_code == 302, answer.context["form"].errors
    queue.refresh_from_db()
    assert (queue.overlap_share, queue.skills, queue.day_cap, queue.may_skip, queue.may_ask) == (
        0.125,
        ["a", "b"],
        40,
        False,
        True,
    )
    assert owner.post(page, said | {"overlap_most": 1}).status_code == 422
    assert "12.5" in owner.get(f"/work/queues/{queue.pk}/").text
    body = {
        "name": "By program",
        "form_id": str(queue.form_id),
        "handout": {"overlap_rule": "adaptive", "overlap_target": 0.8},
    }
    url = f"/api/v1/work/programmes/{queue.programme_id}/queues"
    made = owner.post(url, json.dumps(body), content_type="application/json").json()
    assert (made["handout"]["overlap_rule"], made["handout"]["overlap_target"], made["handout"]["may_skip"]) == (
        "adaptive",
        0.8,
        True,
    )
    body["handout"] = {"overlap_target": 7}
    refused = owner.post(url, json.dumps(body | {"name": "x"}), content_type="application/json")
    assert refused.status_code == 422
    assert "overlap_target" in refused.json()["fields"]


def test_two_leases_of_one_item_in_the_same_hands_are_decided_once() -> None:
    queue = make_queue(items=1, overlap=3, lease_s=60)
    actor = as_actor(make_person("moderator"))
    old = take_batch(actor, queue=queue, now=NOW)[0]
    new = take_batch(actor, queue=queue, now=after(seconds=61))[0]
    assert new.pk != old.pk
    take_batch(as_actor(make_person("moderator")), queue=queue, now=after(seconds=200))
    from evenkeel.work.jobs import give_back_lapsed_leases

    give_back_lapsed_leases(now=after(seconds=200))
    make_decision(actor, old, now=after(seconds=201))
    with pytest.raises(NotNow, match="decided this item"):
        make_decision(actor, new, now=after(seconds=202))
    assert Decision.objects.count() == 1
