"""One look at the figures: both windows' estimates and the ranked drivers, stored together so that they fit each other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .models import Driver, Investigation, RecipeRun
from .recipes import keep, recipe_of, run


def look(investigation: Investigation, *, by_id: UUID | None = None, now: datetime) -> list[Driver]:
    """Compute figures and drivers anew from the audits known by now, in place of those of the look before.

    What was asked, of which data, and what came out is kept as a run, so that anybody can ask again.
    """
    outcome = run(recipe_of(investigation))
    investigation.baseline = outcome.result["baseline"]
    investigation.current = outcome.result["current"]
    investigation.scan = outcome.scan
    investigation.looked_at = now
    investigation.save(update_fields=["baseline", "current", "scan", "looked_at"])
    investigation.drivers.all().delete()
    for driver in outcome.found.rows:
        driver.investigation = investigation
    keep(outcome, investigation=investigation, purpose=RecipeRun.LOOK, by_id=by_id, now=now)
    return Driver.objects.bulk_create(outcome.found.rows)
