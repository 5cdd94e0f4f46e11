from django.utils.translation import gettext_lazy as _

from ..awaited import SCHEDULE
from ..metric import Example, ShareOfSums, metric


@metric
class Adherence(ShareOfSums):
    subject = "productivity"
    slug = "adherence"
    title = _("Adherence")
    why = _("Share of planned time that was spent in the planned state. Not known until a schedule is on record.")
    formula = "minutes in the planned state / minutes planned; people's days as clusters"
    source = "WFM Labs glossary"
    guard = "occupancy"
    owner = "lead"
    grain = _("person's planned day")
    population = _("Planned days of people.")
    facts = (SCHEDULE,)
    above = "kept_hours"
    below = "planned_hours"
    example = Example(
        beside={"kept_hours": [{"kept_s": 25_200.0}], "planned_hours": [{"planned_s": 28_800.0}]}, value=0.875, n=1
    )
