from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import SCHEDULE
from ..metric import Example, Total, metric


@metric
class PlannedHours(Total):
    subject = "productivity"
    slug = "planned_hours"
    title = _("Planned hours")
    why = _("Hours that the schedule planned.")
    formula = "Σ planned_s / 3600"
    unit = "hours"
    guard = "adherence"
    owner = "lead"
    grain = _("person's planned day")
    population = _("Planned days of people.")
    facts = (SCHEDULE,)
    fact = SCHEDULE
    at = "day"
    example = Example(rows=[{"planned_s": 7200.0}, {"planned_s": 3600.0}], value=3, n=2)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.planned_s / 3600
