"""What routing may ask, and what a person may see of herself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, Ruling
from evenkeel.people import Worker

from .models import Exposure, ExposureLimit
from .rules import Limit, day_of, reached_limit


def may_take(worker_id: UUID, *, severity: int, now: datetime) -> Ruling:
    """May this worker be given more content of `severity` today? One query when no limit touches the severity.

    The day is that of the worker's site. The reason names the rule, not how much anybody has had.
    """
    # Limits begin at severity 1: ordinary content is not asked about.
    limits = _limits(worker_id, severity) if severity else []
    if not limits:
        return Ruling(True, _("No limit of exposure applies."))
    reached = reached_limit(severity, limits, _seconds_today(worker_id, now))
    if reached is None:
        return Ruling(True, _("Within the limit of exposure."))
    return Ruling(False, _("You have reached today's limit for content of this kind. Other queues are open to you."))


def own_minutes_today(actor: Actor, *, now: datetime) -> float | None:
    """How many minutes of difficult content (severity 1 and worse) the actor herself has seen today; None for a non-worker.

    It takes the actor and not an id, so that nobody can ask it about anybody else.
    """
    if actor.worker_id is None:
        return None
    return sum(_seconds_today(actor.worker_id, now).values()) / 60


def _limits(worker_id: UUID, severity: int) -> list[Limit]:
    found = ExposureLimit.objects.filter(organisation__workers=worker_id, severity_from__lte=severity)
    return [Limit(severity_from=limit.severity_from, minutes_a_day=limit.minutes_a_day) for limit in found]


def _seconds_today(worker_id: UUID, now: datetime) -> dict[int, float]:
    zone = Worker.objects.filter(pk=worker_id).values_list("site__time_zone", flat=True).first()
    since, until = day_of(now, zone or "UTC")
    rows = Exposure.objects.filter(worker_id=worker_id, at__gte=since, at__lt=until)
    return dict(rows.values_list("severity").annotate(total=Sum("seconds")).values_list("severity", "total"))
