"""What time does, and what should not make a person wait.

`@job(every_s=60)` marks a periodic job: idempotent, given `now`, claimed by one process at a time through `JobClock`.
`@job()` marks one-off work; `enqueue` stores it in the database with the surrounding transaction, so work for a change
that was rolled back never runs. `evenkeel serve` runs both beside the web, `evenkeel worker` runs them apart.

A process may be killed in the middle of either. Periodic jobs simply come round again; one-off work therefore only
hastens what a periodic job would find anyway.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from time import monotonic, sleep
from typing import Any, TypeVar

import structlog
from django.db import close_old_connections
from django.db.models import Q
from django_tasks import task

from . import clock
from .models import JobClock

F = TypeVar("F", bound=Callable[..., None])

# A job whose machine went away is taken over after this long; one of a dead process on this machine, at once.
_BUSY_FOR = timedelta(minutes=30)
# This process: where it runs, its number, and a sign that tells it from an earlier one of the same number.
_MACHINE, _SELF = socket.gethostname(), f"{socket.gethostname()}/{os.getpid()}/{token_hex(4)}"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A registered job; `every_s` is None for one-off work."""

    name: str
    run: Callable[..., None]
    every_s: int | None


_jobs: dict[str, Job] = {}


def job(*, every_s: int | None = None) -> Callable[[F], F]:
    """Register a job. A periodic one takes `now`; one-off work takes keyword arguments that JSON can carry."""

    def register(function: F) -> F:
        name = f"{function.__module__.removeprefix('evenkeel.')}.{function.__name__}"
        _jobs[name] = Job(name=name, run=function, every_s=every_s)
        function.job_name = name  # type: ignore[attr-defined]
        return function

    return register


def all_jobs() -> list[Job]:
    """Every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def enqueue(function: Callable[..., None], **kwargs: Any) -> None:
    """Have one-off work done soon by a worker, if the surrounding transaction commits."""
    run_one_off.enqueue(name=function.job_name, kwargs=kwargs)  # type: ignore[attr-defined]


@task()
def run_one_off(name: str, kwargs: dict[str, Any]) -> None:
    """The one task that the queue knows; it looks the work up by name."""
    _jobs[name].run(**kwargs)


def run_due(now: datetime) -> list[str]:
    """Run every periodic job that is due and that no other process has; returns their names."""
    periodic = [due for due in all_jobs() if due.every_s is not None]
    # One look for all of them: an idle install asks the database once a second, not once a second and job.
    known = dict(JobClock.objects.values_list("name", "due_at"))
    ran = []
    for due in periodic:
        if known.get(due.name, now) <= now and _claim(due, now):
            _run_claimed(due, now)
            ran.append(due.name)
    return ran


def run_all(now: datetime, *, wait_s: float = 30) -> None:
    """Run every periodic job now, due or not, in order of name; for tests, the demo and operators.

    A job that another process is at is waited for, up to `wait_s` seconds: then it is in good hands and left out. The first
    error ends it, and is raised.
    """
    for job_ in all_jobs():
        if job_.every_s is None:
            continue
        until = monotonic() + wait_s
        while not (is_claimed := _claim(job_, now, is_forced=True)) and monotonic() < until:
            sleep(0.1)
        if is_claimed and (error := _run_claimed(job_, now)):
            raise error


def _claim(due: Job, now: datetime, *, is_forced: bool = False) -> bool:
    assert due.every_s is not None
    JobClock.objects.get_or_create(name=due.name, defaults={"due_at": now})
    kept = JobClock.objects.get(name=due.name)
    is_free = Q(busy_until=None) | Q(busy_until__lte=now)
    if _is_dead(kept.busy_by):
        is_free |= Q(busy_by=kept.busy_by)
    # One conditional update: of two processes, one changes the row and the other finds nothing to change.
    rows = JobClock.objects.filter(is_free, name=due.name)
    claimed = (rows if is_forced else rows.filter(due_at__lte=now)).update(
        due_at=now + timedelta(seconds=due.every_s), busy_until=now + _BUSY_FOR, busy_by=_SELF, last_started_at=now
    )
    return claimed == 1


def _is_dead(claimer: str) -> bool:
    """Whether a claim was left by a process of this machine that is no more."""
    machine, _slash, rest = claimer.partition("/")
    number = rest.partition("/")[0]
    if machine != _MACHINE or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return claimer != _SELF
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _run_claimed(due: Job, now: datetime) -> Exception | None:
    failed = None
    try:
        due.run(now=now)
    except Exception as caught:
        failed = caught
        _log.exception("job_failed", job=due.name)
    error = f"{type(failed).__name__}: {failed}" if failed else ""
    # Only its own claim: a job that ran longer than a claim lasts may be in other hands by now.
    JobClock.objects.filter(name=due.name, busy_by=_SELF).update(
        busy_until=None, busy_by="", last_ended_at=clock.now(), last_error=error
    )
    return failed


class Worker:
    """Runs due jobs and queued work until stopped; one thread each, so that a long import does not hold up the clock."""

    def __init__(self, *, interval_s: float = 1.0):
        self._interval_s = interval_s
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start both threads; returns at once."""
        for target in (self._tick, self._drain):
            thread = threading.Thread(target=target, name=f"jobs-{target.__name__.strip('_')}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self, *, wait_s: float = 10) -> None:
        """Ask both threads to end and wait for what is under way."""
        self._stop.set()
        for thread in self._threads:
            thread.join(wait_s)

    def _tick(self) -> None:
        while not self._stop.wait(self._interval_s):
            close_old_connections()
            try:
                run_due(clock.now())
            except Exception:
                _log.exception("job_clock_failed")

    def _drain(self) -> None:
        while not self._stop.wait(self._interval_s):
            close_old_connections()
            try:
                drain()
            except Exception:
                _log.exception("job_queue_failed")


def drain() -> None:
    """Do all queued one-off work, then return."""
    from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
    from django_tasks_db.models import DBTaskResult

    # A look without a lock first: an idle install does not take the write lock every second.
    if not DBTaskResult.objects.ready().exists():
        return
    QueueWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"jobs-{threading.get_ident()}",
        excluded_queue_names=[],
    ).run()


def standing() -> list[dict[str, Any]]:
    """Every periodic job with its clock, for operators."""
    clocks = JobClock.objects.in_bulk()
    rows = []
    for due in all_jobs():
        if due.every_s is not None:
            kept = clocks.get(due.name)
            rows.append(
                {
                    "name": due.name,
                    "every_s": due.every_s,
                    "due_at": kept.due_at if kept else None,
                    "last_ended_at": kept.last_ended_at if kept else None,
                    "last_error": kept.last_error if kept else "",
                }
            )
    return rows
