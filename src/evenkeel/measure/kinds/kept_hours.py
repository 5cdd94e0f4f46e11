from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import SCHEDULE
from ..metric import Example, Total, metric


@metric
class KeptHours(Total):
    subject = "productivity"
    slug = "kept_hours"
    title = _("Planned hours kept")
    why = _("Planned hours that were spent in the planned state.")
    formula = "Σ kept_s / 3600"
    unit = "hours"
    guard = "adherence"
    owner = "lead"
    grain = _("person's planned day")
    population = _("Planned days of people.")
    facts = (SCHEDULE,)
    fact = SCHEDULE
    at = "day"
    example = Example(rows=[{"kept_s": 7200.0}, {"kept_s": 3600.0}], value=3, n=2)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.kept_s / 3600
