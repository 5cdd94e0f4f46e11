"""What this room writes to the log: totals of groups of five people or more, and nothing of anybody alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column

from .models import ExposureTotal

EXPOSURES = fact(
    Fact(
        name="exposures",
        why="Minutes of difficult content, day by day, by groups of five people or more. Nobody's own.",
        at="at",
        columns={
            "id": Column(kind="id", why="the row"),
            "sign": Column(kind="whole", why="1; -1 when it was taken back"),
            "at": Column(kind="moment", why="the end of the day (UTC)"),
            "organisation_id": Column(kind="id", why="organisation", is_dimension=True),
            "site_id": Column(kind="id", why="site; empty where a site has fewer than five", is_dimension=True),
            "team_id": Column(kind="id", why="team; empty where a team has fewer than five", is_dimension=True),
            "people": Column(kind="whole", why="how many people saw such content that day; five or more"),
            "seconds": Column(kind="number", why="how long all of them together"),
            "severe_seconds": Column(kind="number", why="of it, content of severity 3 and more"),
        },
    )
)


def exposure_row(total: ExposureTotal) -> dict[str, Any]:
    """A group's day as the log has it, at the day's last moment."""
    return {
        "id": total.pk,
        "sign": 1,
        "at": datetime.combine(total.day, time(), tzinfo=UTC) + timedelta(days=1, microseconds=-1),
        "organisation_id": total.organisation_id,
        "site_id": total.site_id,
        "team_id": total.team_id,
        "people": total.people,
        "seconds": total.seconds,
        "severe_seconds": total.severe_seconds,
    }


@source(EXPOSURES)
def totals_that_stand() -> Iterator[dict[str, Any]]:
    """Every total."""
    yield from map(exposure_row, ExposureTotal.objects.order_by("pk").iterator(chunk_size=5_000))
