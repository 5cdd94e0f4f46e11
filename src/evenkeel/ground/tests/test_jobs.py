"""Periodic jobs run when due, in one process at a time; queued work runs if what asked for it was committed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from evenkeel.ground import jobs
from evenkeel.ground.jobs import all_jobs, drain, enqueue, job, run_all, run_due, standing
from evenkeel.ground.models import JobClock

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
Ran = list[Any]


@pytest.fixture(autouse=True)
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    monkeypatch.setattr(jobs, "_jobs", {})
    return []


@pytest.fixture
def tick(ran: Ran) -> Callable[..., None]:
    @job(every_s=60)
    def tick(*, now: datetime) -> None:
        ran.append(now)

    return tick


@pytest.mark.django_db
def test_it_runs_at_once_and_then_when_due(tick: Any, ran: Ran) -> None:
    for after_s in (0, 1, 59, 60, 61, 200):
        run_due(NOW + timedelta(seconds=after_s))
    assert [(at - NOW).total_seconds() for at in ran] == [0, 60, 200]


@pytest.mark.django_db
def test_a_run_is_named_and_noted(tick: Any) -> None:
    (name,) = run_due(NOW)
    assert name == tick.job_name
    assert run_due(NOW) == []
    kept = JobClock.objects.get(name=name)
    assert (kept.last_started_at, kept.due_at, kept.busy_until, kept.busy_by, kept.last_error) == (
        NOW,
        NOW + timedelta(seconds=60),
        None,
        "",
        "",
    )
    (row,) = standing()
    assert (row["name"], row["every_s"], row["last_error"]) == (name, 60, "")


@pytest.mark.django_db
def test_a_job_that_fails_says_so_and_comes_round_again_while_others_run(ran: Ran) -> None:
    @job(every_s=60)
    def a_broken(*, now: datetime) -> None:
        raise ZeroDivisionError("by nought")

    @job(every_s=60)
    def b_well(*, now: datetime) -> None:
        ran.append(now)

    assert len(run_due(NOW)) == 2
    assert ran == [NOW]
    assert JobClock.objects.get(name=a_broken.job_name).last_error == "ZeroDivisionError: by nought"  # type: ignore[attr-defined]
    assert len(run_due(NOW + timedelta(seconds=60))) == 2


@pytest.mark.django_db
def test_of_two_processes_one_gets_the_job(tick: Any, ran: Ran) -> None:
    run_due(NOW)
    JobClock.objects.update(due_at=NOW)
    (due,) = all_jobs()
    assert jobs._claim(due, NOW)
    assert not jobs._claim(due, NOW)
    # Due again, but still in the first one's hands.
    JobClock.objects.update(due_at=NOW)
    assert not jobs._claim(due, NOW)
    assert run_due(NOW) == []


@pytest.mark.django_db
def test_a_job_whose_machine_went_away_is_taken_over_in_time(tick: Any, ran: Ran) -> None:
    JobClock.objects.create(
        name=tick.job_name, due_at=NOW, busy_until=NOW + timedelta(minutes=30), busy_by="elsewhere/7/abcd"
    )
    assert run_due(NOW) == []
    assert run_due(NOW + timedelta(minutes=30)) == [tick.job_name]


@pytest.mark.django_db
def test_a_job_of_a_dead_process_of_this_machine_is_free_at_once(tick: Any) -> None:
    dead = f"{jobs._MACHINE}/999999999/abcd"
    JobClock.objects.create(name=tick.job_name, due_at=NOW, busy_until=NOW + timedelta(minutes=30), busy_by=dead)
    assert run_due(NOW) == [tick.job_name]


@pytest.mark.django_db
def test_a_job_of_an_earlier_process_with_our_number_is_free_at_once(tick: Any) -> None:
    # In a container every start has the same number.
    earlier = f"{jobs._MACHINE}/{os.getpid()}/before"
    JobClock.objects.create(name=tick.job_name, due_at=NOW, busy_until=NOW + timedelta(minutes=30), busy_by=earlier)
    assert run_due(NOW) == [tick.job_name]


@pytest.mark.django_db
def test_a_job_of_a_living_process_is_left_to_it(tick: Any) -> None:
    living = f"{jobs._MACHINE}/{os.getppid()}/abcd"
    JobClock.objects.create(name=tick.job_name, due_at=NOW, busy_until=NOW + timedelta(minutes=30), busy_by=living)
    assert run_due(NOW) == []


@pytest.mark.django_db
def test_who_ran_too_long_does_not_free_what_another_holds_now(ran: Ran) -> None:
    @job(every_s=60)
    def slow(*, now: datetime) -> None:
        JobClock.objects.update(busy_by="elsewhere/7/abcd", busy_until=NOW + timedelta(hours=1))

    run_due(NOW)
    assert JobClock.objects.get().busy_by == "elsewhere/7/abcd"


@pytest.mark.django_db
def test_all_are_run_as_often_as_asked(tick: Any, ran: Ran) -> None:
    run_all(NOW)
    run_all(NOW)
    assert ran == [NOW, NOW]


@pytest.fixture
def send(ran: Ran) -> Callable[..., None]:
    @job()
    def send(*, to: str) -> None:
        ran.append(to)

    return send


@pytest.mark.django_db(transaction=True)
def test_queued_work_is_done_once_after_the_commit(send: Any, ran: Ran) -> None:
    with transaction.atomic():
        enqueue(send, to="ada")
        assert ran == []
    drain()
    assert ran == ["ada"]
    drain()
    assert ran == ["ada"]


@pytest.mark.django_db(transaction=True)
def test_work_for_a_change_that_was_taken_back_is_never_done(send: Any, ran: Ran) -> None:
    def broken() -> None:
        with transaction.atomic():
            enqueue(send, to="ada")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    drain()
    assert ran == []


@pytest.mark.django_db(transaction=True)
def test_work_that_fails_does_not_hold_up_the_next(ran: Ran, caplog: pytest.LogCaptureFixture) -> None:
    @job()
    def fail(*, to: str) -> None:
        raise ZeroDivisionError

    @job()
    def work(*, to: str) -> None:
        ran.append(to)

    enqueue(fail, to="ada")
    enqueue(work, to="ben")
    drain()
    assert ran == ["ben"]


@pytest.mark.django_db
def test_one_off_work_has_no_clock(send: Any) -> None:
    assert run_due(NOW) == []
    assert standing() == []
    assert [each.name for each in all_jobs()] == [send.job_name]


@pytest.mark.django_db
def test_all_are_run_and_noted_due_or_not(tick: Any, ran: Ran) -> None:
    run_due(NOW)
    run_all(NOW + timedelta(seconds=1))
    assert ran == [NOW, NOW + timedelta(seconds=1)]
    kept = JobClock.objects.get(name=tick.job_name)
    assert (kept.last_started_at, kept.due_at, kept.busy_by) == (ran[1], ran[1] + timedelta(seconds=60), "")


@pytest.mark.django_db
def test_running_all_leaves_what_another_machine_is_at(tick: Any, ran: Ran) -> None:
    JobClock.objects.create(
        name=tick.job_name, due_at=NOW, busy_until=NOW + timedelta(minutes=5), busy_by="elsewhere/17/a"
    )
    run_all(NOW, wait_s=0)
    assert ran == []
    run_all(NOW + timedelta(minutes=5), wait_s=0)
    assert len(ran) == 1
