from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import OF_PEOPLE, Example, Total, metric


@metric
class BreakHours(Total):
    subject = "wellness"
    slug = "break_hours"
    title = _("Hours of break")
    why = _("Hours of break and of wellness time.")
    formula = "Σ seconds in break, wellness / 3600"
    unit = "hours"
    guard = "utilisation"
    owner = "lead"
    grain = _("stretch of time")
    population = _("Stretches of time that are over, as they stand after corrections.")
    facts = (TIME,)
    fact = TIME
    at = "day"
    places = OF_PEOPLE
    example = Example(
        rows=[{"state": "break", "seconds": 5400.0}, {"state": "meeting", "seconds": 900.0}], value=1.5, n=1
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.state.isin(["break", "wellness"])

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.seconds / 3600
