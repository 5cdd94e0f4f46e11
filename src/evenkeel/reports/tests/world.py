"""Twelve weeks of work at two sites for the tests of this room, written straight into the log and rolled up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evenkeel.ground.access import Actor
from evenkeel.measure import roll_up
from evenkeel.measure.tests.floor import Floor
from evenkeel.people import Person, actor_for

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
DAYS = 84


@dataclass
class World:
    """The floor and whoever looks at it."""

    floor: Floor

    @classmethod
    def told(cls) -> World:
        """Twelve people in two queues; queue B is right less often in the last week."""
        floor = Floor.make(workers=12, items=12, name="Harassment")
        decisions, audits = [], []
        for back in range(DAYS, 0, -1):
            at = NOW - timedelta(days=back) + timedelta(hours=3)
            # One day in three: enough for every figure, little enough for a test.
            if back > 8 and back % 3:
                continue
            for worker in range(12):
                queue, is_late = worker // 6, back <= 7 and worker >= 6
                decisions.append(
                    floor.decision(worker, worker, at=at, queue=queue, label="No", active_ms=9_000 + 500 * queue)
                )
                right = [(back + worker + n) % (2 if is_late else 9) != 0 for n in range(2)]
                audits += [
                    floor.audit(worker, worker, is_right=is_right, pi=0.5, at=at, queue=queue) for is_right in right
                ]
        floor.write(decisions=decisions, audits=audits, now=NOW)
        roll_up(now=NOW)
        return cls(floor=floor)


def actor_of(person: Person) -> Actor:
    """She as she may act now."""
    return actor_for(person, now=NOW)
