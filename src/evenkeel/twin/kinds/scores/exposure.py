"""Do limits of exposure hold?"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from evenkeel.work import Decision

from ...scoring import SCORES, Line, Run, Score


@SCORES.register
class ExposureLimits(Score):
    slug = "exposure"
    title = "Limits of exposure"
    why = (
        "People who reach their day's limit of difficult content are handed no more of it: by what they decided, not by the "
        "product's own ledger. Whoever is at her last item may finish it. Asked of runs by acts, where work is handed out."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        limits = run.told["plan"].get("limits") or {}
        limit_s = 60 * int(limits.get("minutes_a_day", 0))
        days = _days(run, int(limits.get("severity_from", 3))) if limit_s else []
        over = [total - last - limit_s for total, last in days]
        yield Line(
            score=cls.slug, name="days handed more after the limit", n=len(days),
            hits=sum(seconds >= 0.5 for seconds in over), goal="0",
        )  # fmt: skip
        yield Line(
            score=cls.slug, name="days on which somebody reached it", n=len(days),
            hits=sum(total >= limit_s for total, _last in days),
        )  # fmt: skip


def _days(run: Run, severity: int) -> list[tuple[float, float]]:
    """Every person's day with difficult content: seconds of it altogether, and those of its last item."""
    rows = Decision.objects.filter(programme=run.programme, queue__severity__gte=severity).order_by("decided_at", "pk")
    found: dict[tuple[object, object], tuple[float, float]] = {}
    for worker, zone, at, active_ms in rows.values_list(
        "worker_id", "worker__site__time_zone", "decided_at", "active_ms"
    ):
        day = at.astimezone(ZoneInfo(zone or "UTC")).date()
        seconds = (active_ms or 0) / 1000
        found[worker, day] = (found.get((worker, day), (0.0, 0.0))[0] + seconds, seconds)
    return list(found.values())
