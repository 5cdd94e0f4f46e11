from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import OF_PEOPLE, Example, Total, metric


@metric
class WorkedHours(Total):
    subject = "productivity"
    slug = "worked_hours"
    title = _("Hours at work on items")
    why = _("Hours in the states production and audit, wherever.")
    formula = "Σ seconds in production, audit / 3600"
    unit = "hours"
    guard = "break_compliance"
    owner = "lead"
    grain = _("stretch of time")
    population = _("Stretches of time that are over, as they stand after corrections.")
    facts = (TIME,)
    fact = TIME
    at = "day"
    places = OF_PEOPLE
    example = Example(
        rows=[{"state": "production", "seconds": 5400.0}, {"state": "meeting", "seconds": 900.0}], value=1.5, n=1
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.state.isin(["production", "audit"])

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.seconds / 3600
