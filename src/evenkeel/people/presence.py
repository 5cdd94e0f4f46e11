"""Signs of life, and work that tells the clock: what rooms above and the edges say while people work."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.ground.shapes import Shape

from . import scopes
from .acts.time import resume, switch_state
from .models import TimeSpan, Worker
from .rules.timeline import IDLE
from .timekeeping import SIGN_EVERY, see

# What this process noted last, by worker. It spares the database all but one write in half a minute.
_noted: dict[UUID, datetime] = {}
_MOST = 20_000


def sign_of_life(actor: Actor, *, now: datetime) -> None:
    """Somebody did something: she is not idle. No act and no fact, but that whoever was thought idle is back at work."""
    worker_id = actor.worker_id
    if worker_id is None or (now < _noted.get(worker_id, now) + SIGN_EVERY and worker_id in _noted):
        return
    if len(_noted) > _MOST:
        _noted.clear()
    _noted[worker_id] = now
    see(worker_id, at=now)
    idle = TimeSpan.objects.filter(worker=worker_id, ended_at=None, state=IDLE, origin="inactivity")
    if idle.exists() and actor.has_as_own(scopes.TIME_OWN):
        resume(actor, worker=Worker.objects.get(pk=worker_id), now=now)


def note_work(
    actor: Actor, *, state: str, programme_id: UUID | None = None, queue_id: UUID | None = None, now: datetime
) -> None:
    """Somebody takes work: she is in production, or audits. One look-up when she is in that state already.

    Nothing for those without a worker record, and for programs whose token leaves the clock out.
    """
    if actor.worker_id is None or not actor.has_as_own(scopes.TIME_OWN):
        return
    running = _RUNNING.first(worker=actor.worker_id)
    if running is not None and (running.state, running.queue_id) == (state, queue_id):
        return
    switch_state(
        actor,
        worker=Worker.objects.get(pk=actor.worker_id),
        state=state,
        origin="desk",
        programme_id=programme_id,
        queue_id=queue_id,
        now=now,
    )


_RUNNING = Shape(lambda *, worker: TimeSpan.objects.filter(worker=worker, ended_at=None).only("state", "queue_id"))
