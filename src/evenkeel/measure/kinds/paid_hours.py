from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import OF_PEOPLE, Example, Total, metric


@metric
class PaidHours(Total):
    subject = "productivity"
    slug = "paid_hours"
    title = _("Hours on duty")
    why = _("Hours from coming to going, breaks and all else included.")
    formula = "Σ seconds of all states / 3600"
    unit = "hours"
    guard = "utilisation"
    owner = "lead"
    grain = _("stretch of time")
    population = _("Stretches of time that are over, as they stand after corrections.")
    facts = (TIME,)
    fact = TIME
    at = "day"
    places = OF_PEOPLE
    kept = (("state",),)
    example = Example(
        rows=[{"state": "production", "seconds": 5400.0}, {"state": "break", "seconds": 1800.0}], value=2, n=2
    )

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.seconds / 3600
