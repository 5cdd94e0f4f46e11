"""A hand-out step by step, for a request that takes and for one that decides first.

`asked` is asked first, under the worker's lock; `HandOut.begin` sees whether she may and looks for tasks; `choose` settles
which they are; `write` leases them out; `taken` is what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.acts import Deed
from evenkeel.ground.errors import NotFound
from evenkeel.ground.shapes import Asked, UpdateShape
from evenkeel.people import Worker
from evenkeel.wellness import may_take

from .. import leases, planting
from ..eligibility import asked_by, brought_by
from ..event_order import look_in_event_order
from ..models import EventMode, Lease, Queue, Task
from ..queries.counts import Counts
from ..queries.desk import form_version, newest_version_asked, queue_asked
from ..queries.event_modes import asked_of_programme, of_queue
from ..rules.eligibility import left_of_cap, why_not_handed
from ..rules.leases import expires_at

Begin = Callable[..., Counts]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a hand-out came to: the queue as it was then, what is in hand, and the two numbers of the desk if asked for."""

    queue: Queue
    leases: list[Lease]
    missing: int
    waiting: int
    decided_today: int


def asked(queue_id: UUID, *, now: datetime) -> list[Asked[Any]]:
    """The questions whose answers `HandOut.of` reads, for `gather`: the queue as it is now, not as a page knew it."""
    return [queue_asked(queue_id), asked_of_programme(queue_id, now), newest_version_asked(queue_id)]


@dataclass(kw_only=True)
class HandOut:
    """One round of hand-out to a locked worker."""

    deed: Deed
    worker: Worker
    queue: Queue
    modes: list[EventMode]
    version_id: UUID
    held: list[Lease]
    # How many she may have in hand after it; never more than the queue's batch.
    at_most: int
    # Whether what is in hand is kept for another full time, and given back where its time is over. Not after decisions: their
    # tasks are locked by then, and leases are locked before tasks.
    keeps: bool = True
    missing: int = 0
    tasks: list[Task] = field(default_factory=list)
    planted: list[Task] = field(default_factory=list)
    places: list[Task] = field(default_factory=list)
    _found: Callable[[], list[Task]] = list
    _counting: Counts | None = None

    @classmethod
    def of(
        cls,
        deed: Deed,
        worker: Worker,
        found: Sequence[Any],
        *,
        held: list[Lease],
        at_most: int | None = None,
        keeps: bool = True,
    ) -> HandOut:
        """By what `asked` found; `NotFound` for a queue that is no more."""
        queues, modes, versions = found
        if not queues:
            raise NotFound(_("There is no such queue, or it is not yours to work in."))
        queue: Queue = queues[0]
        most = queue.batch_size if at_most is None else min(at_most, queue.batch_size)
        return cls(
            deed=deed,
            worker=worker,
            queue=queue,
            modes=of_queue(queue, modes),
            version_id=versions[0].pk,
            held=held,
            at_most=most,
            keeps=keeps,
        )

    @property
    def asks_for_tasks_alone(self) -> bool:
        """Whether `begin` asks nothing that decisions made just now could change, so that it may go along with them."""
        queue = self.queue
        asks_of_people = queue.skills or queue.certifications or queue.day_cap is not None or queue.watches_people
        return not (asks_of_people or queue.severity or self.held or self.modes)

    def begin(self) -> None:
        """Keep what she has in hand and look for as much as is missing; `NotNow` says why she may not have it."""
        now = self.deed.now
        if lapsed := [lease for lease in self.held if lease.expires_at <= now]:
            if self.keeps:
                leases.give_back(lapsed, ending=Lease.LAPSED, now=now)
            self.held = [lease for lease in self.held if lease.expires_at > now]
        asked, brought = asked_by(self.queue), brought_by(self.worker, self.queue, now=now)
        why_not = why_not_handed(asked, brought, today=now.date())
        # Whoever has had her day's share still finishes what she holds.
        may = why_not is None or (why_not.slug == "cap" and self.held)
        self.deed.require(may, why_not and why_not.found, code="not-handed")
        if self.keeps:
            self._renew()
        missing, left = max(0, self.at_most - len(self.held)), left_of_cap(asked, brought)
        self.missing = missing if left is None else min(missing, left)
        if self.missing:
            ruling = may_take(self.worker.pk, severity=self.queue.severity, now=now)
            self.deed.require(ruling, ruling.reason, code="exposure-limit")
            self._found = look_in_event_order(self.queue, self.worker, limit=self.missing, modes=self.modes)

    def _renew(self) -> None:
        """Keep leases for another full time; the list's own copies say so too."""
        until = expires_at(self.deed.now, self.queue.lease_s)
        if self.held:
            _KEPT.send(leases=[lease.pk for lease in self.held], until=until)
        for lease in self.held:
            lease.expires_at = until

    def choose(self) -> None:
        """Settle which tasks are leased out. A planted one takes the place of another."""
        self.tasks = self._found()
        if self.missing and self.queue.watches_people:
            asking = planting.Asking(
                worker=self.worker,
                queue=self.queue,
                room=self.missing,
                coming=self.tasks,
                held=self.held,
                now=self.deed.now,
            )
            self.planted, self.places = planting.planted(asking)
            displaced = {place.pk for place in self.places}
            self.tasks = [task for task in self.tasks if task.pk not in displaced]

    def write(self, counts: Begin | None = None) -> None:
        """Lease them out and record it, as the act's last writes; `counts` begins to count what a desk shows."""
        queue, now = self.queue, self.deed.now
        if self.tasks or self.planted:
            version = form_version(self.version_id)
            out: dict[str, Any] = {"worker_id": self.worker.pk, "form_version": version, "queue": queue, "now": now}
            self.held += leases.lease_out(self.tasks, **out) if self.tasks else []
            self.held += leases.plant_out(self.planted, self.places, **out) if self.planted else []
        self.deed.record("taken", on=queue, taken=len(self.tasks) + len(self.planted))
        self._counting = counts(self.worker.pk, queue, now=now) if counts is not None else None

    def taken(self) -> Taken:
        """What she has in hand now, in the order of hand-out."""
        waiting, today = self._counting.told(self.held) if self._counting is not None else (0, 0)
        return Taken(
            queue=self.queue,
            leases=planting.in_turn(self.held),
            missing=self.missing - len(self.tasks) - len(self.planted),
            waiting=waiting,
            decided_today=today,
        )


_KEPT = UpdateShape(lambda *, leases, until: (Lease.objects.filter(pk__in=leases), {"expires_at": until}))
