"""One look at the figures: both windows' estimates and the ranked drivers, stored together so that they fit each other."""

from __future__ import annotations

from datetime import date, datetime

from evenkeel.measure import figure

from . import drivers
from .models import Driver, Investigation


def look(investigation: Investigation, *, now: datetime) -> list[Driver]:
    """Compute figures and drivers anew from the audits known by now, in place of those of the look before."""
    found = drivers.find(investigation)
    investigation.baseline = _figure(investigation, since=investigation.baseline_since, until=investigation.since)
    investigation.current = _figure(investigation, since=investigation.since, until=investigation.until)
    investigation.scan = found.to_dict()
    investigation.looked_at = now
    investigation.save(update_fields=["baseline", "current", "scan", "looked_at"])
    investigation.drivers.all().delete()
    return Driver.objects.bulk_create(found.rows)


def _figure(investigation: Investigation, *, since: date, until: date) -> dict[str, object]:
    said = figure(
        investigation.metric,
        programme=investigation.programme,
        queue=investigation.queue,
        organisation=investigation.organisation,
        site=investigation.site,
        team=investigation.team,
        since=since,
        until=until,
    )
    return said.to_dict()
