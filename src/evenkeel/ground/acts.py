"""Acts: one verb, whole and alone.

    with act("work:queue:edit", actor, on=queue, now=now) as deed:
        deed.require(not queue.is_closed, _("A closed queue keeps its name."))
        ...
        deed.record("renamed", before={...}, after={...})
        deed.tell("queue.renamed", queue_id=queue.id)

The order is always the same: may they? - is it allowed now? - change, in one transaction - trail - tell. An act that
records nothing is a bug and says so.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from . import access, events, trail
from .access import Actor
from .errors import NotNow
from .models import TrailEntry
from .shapes import driver, together


class Deed:
    """One act under way."""

    def __init__(self, scope: str, actor: Actor, on: Model | None, now: datetime, *, waits_for_disk: bool = True):
        self.scope, self.actor, self.on, self.now = scope, actor, on, now
        self._recorded = 0
        connection = driver.here()
        self._is_outermost = not connection.in_atomic_block
        # PostgreSQL asks this of a transaction whenever before its end, so it is said along with the trail.
        self._may_be_lost = self._is_outermost and not waits_for_disk and connection.vendor == "postgresql"
        # Entries that go with the act's last writes; None while they are written at once.
        self._last: list[TrailEntry] | None = None

    def require(self, condition: object, sentence: Any, *, code: str = "not-now") -> None:
        """Refuse with `NotNow` (409) unless the condition holds; the transaction is rolled back."""
        if not condition:
            raise NotNow(sentence, code=code)

    def record(
        self,
        verb: str,
        *,
        on: Model | None = None,
        organisation_id: UUID | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        **detail: Any,
    ) -> None:
        """Write one row of the trail, in this transaction. `verb` is in the past tense."""
        said = dict(detail)
        if before is not None:
            said["before"] = dict(before)
        if after is not None:
            said["after"] = dict(after)
        self._write(verb, [(on or self.on, said)], organisation_id=organisation_id)

    def record_together(
        self, verb: str, each: Sequence[tuple[Model, Mapping[str, Any]]], *, organisation_id: UUID | None = None
    ) -> None:
        """One row of the trail about several things of one kind that were done alike: (thing, detail)."""
        self._write(verb, each, organisation_id=organisation_id)

    def _write(
        self, verb: str, told: Sequence[tuple[Model | None, Mapping[str, Any]]], *, organisation_id: UUID | None = None
    ) -> None:
        entry = trail.entry_about(
            actor=self.actor,
            scope=self.scope,
            verb=verb,
            each=told,
            organisation_id=organisation_id or self.actor.organisation_id,
            now=self.now,
        )
        if self._last is None:
            self._put([entry])
        else:
            self._last.append(entry)
        self._recorded += 1

    def _put(self, entries: Sequence[TrailEntry]) -> None:
        with together():
            trail.put(entries)
            if self._may_be_lost:
                driver.let_loss_happen(driver.here())
                self._may_be_lost = False

    @contextmanager
    def last(self) -> Iterator[None]:
        """The act's last writes, by shapes: they go to the database together with its commit. Nothing of it may follow."""
        with together(commits=self._is_outermost):
            self._last = []
            yield
            if self._last:
                self._put(self._last)
            self._last = None

    def tell(self, event: str, **facts: Any) -> None:
        """Tell an event, past tense, once the transaction has committed."""
        events.tell_after_commit(event, **facts)


@contextmanager
def act(
    scope: str, actor: Actor, *, now: datetime, on: Model | None = None, waits_for_disk: bool = True
) -> Iterator[Deed]:
    """Open an act: checks the permission, opens one transaction, insists on a trail row.

    An act that does not wait for the disk is there for everybody at once, but a power cut within the next second may make
    it as if it had not been, with all that did not wait after it; never without what was written on top of it. For acts
    whose loss harms nobody: a hand-out, not a decision.
    """
    access.require(actor, scope, on)
    deed = Deed(scope, actor, on, now, waits_for_disk=waits_for_disk)
    with _transaction(waits_for_disk=waits_for_disk):
        yield deed
        if not deed._recorded:
            raise AssertionError(f"the act {scope} left no trail; call deed.record(...)")


# SQLite lets one write at a time, and whoever finds it busy sleeps and tries again. Within a process a lock is fairer and
# wakes the next one at once.
_one_writer = threading.Lock()
_NORMAL = 1


@contextmanager
def _transaction(*, waits_for_disk: bool) -> Iterator[None]:
    on = driver.here()
    if on.in_atomic_block or on.vendor != "sqlite":
        driver.notice_hang_up(on)
        with transaction.atomic():
            yield
        return
    with _one_writer:
        if waits_for_disk:
            with transaction.atomic():
                yield
            return
        # In WAL mode NORMAL leaves the disk to the next commit that waits, or to the next checkpoint.
        with connection.cursor() as cursor:
            before = int(cursor.execute("PRAGMA synchronous").fetchone()[0])
            cursor.execute(f"PRAGMA synchronous={min(before, _NORMAL)}")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute(f"PRAGMA synchronous={before}")
