"""What this room writes to the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column

from .models import TimeSpan
from .rules.timeline import Stretch, by_day

TIME = fact(
    Fact(
        name="time",
        why="One row a stretch of somebody's time and day. A correction appends the old row with sign -1 and the new one.",
        at="ended_at",
        columns={
            "id": Column(kind="id", why="the stretch; the same for its pieces on several days"),
            "sign": Column(kind="whole", why="1; -1 when it was corrected"),
            "day": Column(kind="day", why="the calendar day at the site", is_dimension=True),
            "began_at": Column(kind="moment", why="from when on"),
            "ended_at": Column(kind="moment", why="until when"),
            "seconds": Column(kind="number", why="how long"),
            "state": Column(kind="text", why="production, audit, training, coaching, …", is_dimension=True),
            "origin": Column(kind="text", why="person, desk, inactivity, system, lead or import", is_dimension=True),
            "worker_id": Column(kind="id", why="whose time", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "programme_id": Column(kind="id", why="programme, in production", is_dimension=True),
            "queue_id": Column(kind="id", why="queue, in production", is_dimension=True),
        },
    )
)


def time_rows(span: TimeSpan, *, sign: int = 1) -> Iterator[dict[str, Any]]:
    """A stretch that is over as rows of the log, one a day of its site's zone; with sign -1 when it was corrected."""
    zone = span.site.time_zone if span.site is not None else "UTC"
    stretch = Stretch(state=span.state, began_at=span.began_at, ended_at=span.ended_at)
    for day, piece in by_day(stretch, zone):
        assert piece.ended_at is not None
        yield {
            "id": span.pk,
            "sign": sign,
            "day": day,
            "began_at": piece.began_at,
            "ended_at": piece.ended_at,
            "seconds": piece.seconds(until=piece.ended_at),
            "state": span.state,
            "origin": span.origin,
            "worker_id": span.worker_id,
            "organisation_id": span.organisation_id,
            "site_id": span.site_id,
            "team_id": span.team_id,
            "programme_id": span.programme_id,
            "queue_id": span.queue_id,
        }


@source(TIME)
def time_that_stands() -> Iterator[dict[str, Any]]:
    """Every stretch that is over."""
    spans = TimeSpan.objects.filter(ended_at__isnull=False).select_related("site").order_by("pk")
    for span in spans.iterator(chunk_size=5_000):
        yield from time_rows(span)
