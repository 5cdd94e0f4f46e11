"""A day's stretches put together: what was spent in each state on each queue, however often somebody came back to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .timeline import Stretch


@dataclass(frozen=True, kw_only=True)
class Visits:
    """The stretches of one state on one queue (None: on no queue), in order of time."""

    state: str
    queue_id: UUID | None
    stretches: tuple[Stretch, ...]

    def seconds(self, *, until: datetime) -> float:
        """Their lengths together, what still runs counted to `until`."""
        return sum(each.seconds(until=until) for each in self.stretches)


def visits_of(stretches: Iterable[Stretch]) -> list[Visits]:
    """Stretches by state and queue, in the order in which each was first come to.

    >>> from datetime import UTC, timedelta
    >>> at = [datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(minutes=each) for each in (0, 20, 30, 45)]
    >>> day = [Stretch(state=state, began_at=began, ended_at=ended)
    ...        for state, began, ended in zip(("production", "break", "production"), at[:3], at[1:])]
    >>> [(each.state, len(each.stretches), each.seconds(until=at[3]) / 60) for each in visits_of(day)]
    [('production', 2, 35.0), ('break', 1, 10.0)]
    """
    found: dict[tuple[str, UUID | None], list[Stretch]] = {}
    for each in sorted(stretches, key=lambda stretch: stretch.began_at):
        found.setdefault((each.state, each.queue_id), []).append(each)
    return [Visits(state=state, queue_id=queue_id, stretches=tuple(each)) for (state, queue_id), each in found.items()]
