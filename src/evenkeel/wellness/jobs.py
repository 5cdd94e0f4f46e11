"""What time does to exposure: a day that is over is told of groups, so that it can be watched without watching anybody."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max, Q, Sum

from evenkeel.ground import log
from evenkeel.ground.jobs import job

from .facts import EXPOSURES, exposure_row
from .models import Exposure, ExposureTotal
from .rules import SEVERE_FROM, Dose, Group, groups_of_enough

_LOOK_BACK = 7


@job(every_s=3600)
def tell_totals(now: datetime) -> None:
    """Write the totals of each day that is over (UTC) and not yet told, of groups of five people or more."""
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    last = ExposureTotal.objects.aggregate(last=Max("day"))["last"]
    first = max(last + timedelta(days=1), yesterday - timedelta(days=_LOOK_BACK)) if last else yesterday
    for number in range((yesterday - first).days + 1):
        tell_day(first + timedelta(days=number))


def tell_day(day: date) -> int:
    """Write the totals of one day; returns how many groups there are. A day that was told is left alone."""
    with transaction.atomic():
        if ExposureTotal.objects.filter(day=day).exists():
            return 0
        made = [
            ExposureTotal(
                day=day,
                organisation_id=group.organisation,
                site_id=group.site,
                team_id=group.team,
                people=len(doses),
                seconds=sum(dose.seconds for dose in doses.values()),
                severe_seconds=sum(dose.severe_seconds for dose in doses.values()),
            )
            for group, doses in groups_of_enough(_doses(day)).items()
        ]
        ExposureTotal.objects.bulk_create(made)
        log.append(EXPOSURES, [exposure_row(total) for total in made])
        return len(made)


def _doses(day: date) -> dict[Group, dict[object, Dose]]:
    since = datetime.combine(day, time(), tzinfo=UTC)
    rows = Exposure.objects.filter(at__gte=since, at__lt=since + timedelta(days=1)).order_by()
    place = ("worker__organisation", "worker__site", "worker__team")
    sums = rows.values("worker", *place).annotate(
        all=Sum("seconds"), severe=Sum("seconds", filter=Q(severity__gte=SEVERE_FROM))
    )
    found: defaultdict[Group, dict[object, Dose]] = defaultdict(dict)
    for row in sums:
        group = Group(*(row[name] for name in place))
        found[group][row["worker"]] = Dose(seconds=row["all"], severe_seconds=row["severe"] or 0.0)
    return dict(found)
