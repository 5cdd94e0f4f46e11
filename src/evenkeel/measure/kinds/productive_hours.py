from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import Example, Total, metric


@metric
class ProductiveHours(Total):
    subject = "productivity"
    slug = "productive_hours"
    title = _("Productive hours")
    why = _("Hours in the state production: the time that decisions are made in.")
    formula = "Σ seconds in production / 3600"
    unit = "hours"
    guard = "accuracy"
    owner = "lead"
    grain = _("stretch of time")
    population = _("Stretches of time that are over, as they stand after corrections.")
    facts = (TIME,)
    fact = TIME
    at = "day"
    example = Example(
        rows=[{"state": "production", "seconds": 5400.0}, {"state": "break", "seconds": 900.0}], value=1.5, n=1
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.state == "production"

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.seconds / 3600
