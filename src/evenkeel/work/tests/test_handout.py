"""Handing out: what a person is given, in which order, and what keeps it from her."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.errors import NotNow, Refused
from evenkeel.people import Worker
from evenkeel.wellness import record_exposure, set_limit
from evenkeel.work import (
    Item,
    Lease,
    Task,
    close_queue,
    fill_queue,
    renew_leases,
    return_lease,
    return_leases,
    take_batch,
)
from evenkeel.work.handout import waiting_for
from evenkeel.work.jobs import give_back_lapsed_leases

from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_form,
    make_house,
    make_items,
    make_person,
    make_programme,
    make_queue,
    make_vendor,
    worker_of,
)

pytestmark = pytest.mark.django_db


def keys(leases: list[Lease]) -> list[str]:
    return [lease.task.item.key for lease in leases]


def test_it_hands_out_a_batch_in_the_order_of_the_queue() -> None:
    queue = make_queue(items=5, batch_size=3)
    taken = take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)
    assert keys(taken) == sorted(keys(taken))
    assert len(taken) == 3
    assert {lease.expires_at for lease in taken} == {NOW + timedelta(seconds=queue.lease_s)}
    assert list(Task.objects.filter(leased=1).order_by("id")) == [lease.task for lease in taken]


def test_it_hands_out_the_more_urgent_first() -> None:
    queue = make_queue(items=2, batch_size=1)
    urgent = make_items(1, queue.programme)
    fill_queue(SYSTEM, queue=queue, item_ids=[urgent[0].id], priority=5, now=NOW)
    assert keys(take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)) == [urgent[0].key]


def test_it_gives_two_people_different_items() -> None:
    queue = make_queue(items=4, batch_size=2)
    first = take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)
    second = take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)
    assert not set(keys(first)) & set(keys(second))
    assert len(second) == 2


def test_it_gives_one_item_to_as_many_people_as_the_queue_wants() -> None:
    queue = make_queue(items=1, overlap=2)
    taken = [take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW) for _ in range(3)]
    assert [len(leases) for leases in taken] == [1, 1, 0]


def test_taking_again_gives_the_same_and_fills_up() -> None:
    queue = make_queue(items=5, batch_size=2)
    actor = as_actor(make_person("moderator"))
    first = take_batch(actor, queue=queue, now=NOW)
    assert [lease.id for lease in take_batch(actor, queue=queue, now=after(seconds=5))] == [lease.id for lease in first]
    make_decision(actor, first[0], now=after(seconds=6))
    again = take_batch(actor, queue=queue, now=after(seconds=7))
    assert again[0].id == first[1].id
    assert len(again) == 2


def test_it_never_gives_a_person_what_she_has_decided() -> None:
    queue = make_queue(items=2, overlap=3, batch_size=10)
    actor = as_actor(make_person("moderator"))
    taken = take_batch(actor, queue=queue, now=NOW)
    make_decision(actor, taken[0])
    return_lease(actor, lease_id=taken[1].id, now=NOW)
    assert keys(take_batch(actor, queue=queue, now=NOW)) == [taken[1].task.item.key]


def test_it_never_gives_the_same_item_twice_by_another_queue_with_the_same_form() -> None:
    programme = make_programme()
    form = make_form(programme)
    first, second = (make_queue(programme, form=form) for _ in range(2))
    other_question = make_queue(programme)
    items = [item.id for item in make_items(1, programme)]
    for queue in (first, second, other_question):
        fill_queue(SYSTEM, queue=queue, item_ids=items, now=NOW)
    actor = as_actor(make_person("moderator"))
    make_decision(actor, take_batch(actor, queue=first, now=NOW)[0])
    assert take_batch(actor, queue=second, now=NOW) == []
    assert len(take_batch(actor, queue=other_question, now=NOW)) == 1


def test_a_skipped_item_goes_to_somebody_else_and_never_comes_back() -> None:
    queue = make_queue(items=1)
    actor, other = (as_actor(make_person("moderator")) for _ in range(2))
    taken = take_batch(actor, queue=queue, now=NOW)
    return_lease(actor, lease_id=taken[0].id, is_skip=True, now=NOW)
    assert take_batch(actor, queue=queue, now=NOW) == []
    assert keys(take_batch(other, queue=queue, now=NOW)) == keys(taken)


def test_returning_twice_is_returning_once() -> None:
    queue = make_queue(items=1)
    actor = as_actor(make_person("moderator"))
    lease = take_batch(actor, queue=queue, now=NOW)[0]
    return_lease(actor, lease_id=lease.id, now=NOW)
    assert return_lease(actor, lease_id=lease.id, is_skip=True, now=NOW).ending == Lease.RETURNED
    assert Task.objects.get().leased == 0


def test_leaving_the_desk_gives_everything_back() -> None:
    queue = make_queue(items=3)
    actor, other = (as_actor(make_person("moderator")) for _ in range(2))
    take_batch(actor, queue=queue, now=NOW)
    assert return_leases(actor, queue=queue, now=NOW) == 3
    assert len(take_batch(other, queue=queue, now=NOW)) == 3


def test_a_lapsed_lease_is_free_for_others_at_once() -> None:
    queue = make_queue(items=1, lease_s=60)
    actor, other = (as_actor(make_person("moderator")) for _ in range(2))
    take_batch(actor, queue=queue, now=NOW)
    assert take_batch(other, queue=queue, now=after(seconds=59)) == []
    assert len(take_batch(other, queue=queue, now=after(seconds=60))) == 1
    assert Lease.objects.get(worker=actor.worker_id).ending == Lease.LAPSED


def test_time_gives_lapsed_leases_back() -> None:
    queue = make_queue(items=3, lease_s=60)
    take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)
    give_back_lapsed_leases(now=after(seconds=30))
    assert Task.objects.filter(leased=1).count() == 3
    give_back_lapsed_leases(now=after(seconds=60))
    assert Task.objects.filter(leased=0).count() == 3


def test_renewing_keeps_what_is_in_hand() -> None:
    queue = make_queue(items=2, lease_s=60)
    actor = as_actor(make_person("moderator"))
    take_batch(actor, queue=queue, now=NOW)
    renewed = renew_leases(actor, queue=queue, now=after(seconds=50))
    assert {lease.expires_at for lease in renewed} == {after(seconds=110)}
    give_back_lapsed_leases(now=after(seconds=100))
    assert Task.objects.filter(leased=1).count() == 2


def test_a_closed_queue_hands_nothing_out() -> None:
    queue = make_queue(items=1)
    close_queue(SYSTEM, queue=queue, now=NOW)
    with pytest.raises(NotNow, match="closed"):
        take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)


def test_a_queue_asks_for_a_language() -> None:
    queue = make_queue(items=1, languages=["de"])
    with pytest.raises(NotNow, match="asks for de"):
        take_batch(as_actor(make_person("moderator", languages=["en"])), queue=queue, now=NOW)
    assert len(take_batch(as_actor(make_person("moderator", languages=["de"])), queue=queue, now=NOW)) == 1


def test_an_item_in_a_language_goes_to_those_who_speak_it() -> None:
    queue = make_queue(languages=["de", "fr"])
    german = make_items(1, queue.programme, language="de") + make_items(1, queue.programme)
    french = make_items(1, queue.programme, language="fr")
    fill_queue(SYSTEM, queue=queue, now=NOW)
    taken = take_batch(as_actor(make_person("moderator", languages=["de"])), queue=queue, now=NOW)
    assert keys(taken) == [item.key for item in german]
    assert Item.objects.get(pk=french[0].pk).key not in keys(taken)


def test_the_limit_of_exposure_is_obeyed_and_names_no_figure() -> None:
    queue = make_queue(items=1, severity=3)
    person = make_person("moderator")
    set_limit(SYSTEM, organisation=make_house(), severity_from=2, minutes_a_day=10, now=NOW)
    record_exposure(worker_of(person).id, seconds=600, severity=2, now=NOW)
    with pytest.raises(NotNow) as refused:
        take_batch(as_actor(person), queue=queue, now=after(hours=1))
    assert not any(sign.isdigit() for sign in refused.value.sentence)
    assert len(take_batch(as_actor(person), queue=queue, now=after(days=1))) == 1


def test_somebody_who_left_is_handed_nothing() -> None:
    queue = make_queue(items=1)
    person = make_person("moderator")
    Worker.objects.filter(person=person).update(left_on=NOW.date() - timedelta(days=1))
    with pytest.raises(NotNow, match="ended"):
        take_batch(as_actor(person), queue=queue, now=NOW)


def test_only_a_worker_with_a_grant_that_reaches_the_queue_takes() -> None:
    queue, elsewhere = make_queue(items=1), make_queue(items=1)
    assert len(take_batch(as_actor(make_person("moderator", target=queue)), queue=queue, now=NOW)) == 1
    with pytest.raises(Refused, match="elsewhere, but not here"):
        take_batch(as_actor(make_person("moderator", target=elsewhere)), queue=queue, now=NOW)
    with pytest.raises(Refused, match="None of your roles"):
        take_batch(as_actor(make_person("lead")), queue=queue, now=NOW)
    with pytest.raises(NotNow, match="no worker record"):
        take_batch(as_actor(make_person("moderator", is_worker=False)), queue=queue, now=NOW)


def test_a_partners_people_take_where_their_organisation_takes_part() -> None:
    partner, stranger = make_vendor(), make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=1)
    with pytest.raises(Refused):
        take_batch(as_actor(make_person("moderator", stranger)), queue=queue, now=NOW)
    assert len(take_batch(as_actor(make_person("moderator", partner)), queue=queue, now=NOW)) == 1


def test_it_walks_the_index_of_open_tasks() -> None:
    queue = make_queue(items=2)
    tasks = waiting_for(queue, worker_of(make_person("moderator")))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So few rows would be read in a heap; the question is whether the index can serve the order.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = tasks[:10].explain()
    assert "work_task_open" in plan
    # Of tables as empty as these PostgreSQL knows nothing, and read all that she ever decided for each task of the walk.
    assert "work_decision_by_item" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
    assert "Sort" not in plan


def test_it_asks_the_database_no_more_for_a_large_batch() -> None:
    counts = []
    for batch_size in (1, 50):
        queue = make_queue(items=60, batch_size=batch_size)
        actor = as_actor(make_person("moderator"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(take_batch(actor, queue=queue, now=NOW)) == batch_size
        counts.append(len(queries))
    assert counts[0] == counts[1]
