"""The floor at this moment: who is where, what waits, what will be late next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.people import TIME_VIEW, OnDuty, on_duty
from evenkeel.work import QueueNow, queues_now

from .models import BacklogTarget

AT_A_QUEUE = ("production", "audit")


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """Which part of the floor is looked at; None: all of it."""

    site: UUID | None = None
    team: UUID | None = None
    queue: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class QueueLine:
    """A queue with the people at it and what may wait in it; both are None where they are not known to the reader."""

    now: QueueNow
    people: int | None
    most: int | None

    @property
    def is_over(self) -> bool:
        """Whether more waits than may."""
        return self.most is not None and self.now.waiting > self.most

    @property
    def is_unattended(self) -> bool:
        """Whether something waits and nobody is there to take it."""
        return self.people == 0 and self.now.waiting > 0


@dataclass(frozen=True, kw_only=True)
class Floor:
    """What a lead sees at a glance. `people` is empty for whoever may not see people's time."""

    at: datetime
    queues: Sequence[QueueLine]
    people: Sequence[OnDuty]
    sees_people: bool
    places: Sequence[OnDuty] = field(default=())

    @property
    def waiting(self) -> int:
        return sum(line.now.waiting for line in self.queues)

    @property
    def late(self) -> int:
        return sum(line.now.late for line in self.queues)

    @property
    def next_due_at(self) -> datetime | None:
        """The first target that is still ahead, in whichever queue."""
        return min((at for line in self.queues if (at := line.now.next_due_at) is not None), default=None)

    @property
    def at_queues(self) -> int:
        """How many are in production or audit."""
        return sum(one.state in AT_A_QUEUE for one in self.people)


def floor(actor: Actor, *, narrowed: Narrowed, now: datetime) -> Floor:
    """The floor as the actor may see it, in seven queries, however long the history.

    A site or team narrows the people, and the queues to those at which its people are or which are named.
    """
    everybody = on_duty(actor)
    sees_people = actor.has(TIME_VIEW)
    people = [one for one in everybody if _is_there(one, narrowed)]
    queues = queues_now(actor, now=now)
    if narrowed.queue is not None:
        queues = [each for each in queues if each.queue_id == narrowed.queue]
    elif narrowed.site is not None or narrowed.team is not None:
        theirs = {one.queue_id for one in people}
        queues = [each for each in queues if each.queue_id in theirs]
    targets = dict(
        BacklogTarget.objects.filter(queue__in=[each.queue_id for each in queues]).values_list("queue_id", "most")
    )
    at: dict[UUID, int] = {}
    for one in people:
        if one.queue_id is not None and one.state in AT_A_QUEUE:
            at[one.queue_id] = at.get(one.queue_id, 0) + 1
    lines = [
        QueueLine(now=each, people=at.get(each.queue_id, 0) if sees_people else None, most=targets.get(each.queue_id))
        for each in queues
    ]
    return Floor(at=now, queues=_urgent_first(lines), people=people, sees_people=sees_people, places=everybody)


def _is_there(one: OnDuty, narrowed: Narrowed) -> bool:
    return (
        (narrowed.site is None or one.site_id == narrowed.site)
        and (narrowed.team is None or one.team_id == narrowed.team)
        and (narrowed.queue is None or one.queue_id == narrowed.queue)
    )


def _urgent_first(lines: Sequence[QueueLine]) -> list[QueueLine]:
    """What is late, over its target or soon due stands above; the rest as it came, by programme and name."""
    return sorted(
        lines,
        key=lambda line: (
            not line.now.late,
            not line.is_over,
            line.now.next_due_at is None,
            line.now.next_due_at.timestamp() if line.now.next_due_at else 0.0,
            not line.now.waiting,
        ),
    )
