from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import OF_PEOPLE, Example, ShareOfSums, metric


@metric
class Utilisation(ShareOfSums):
    subject = "productivity"
    slug = "utilisation"
    title = _("Utilisation")
    why = _(
        "Share of time on duty spent on items or waiting for them; the rest are breaks, meetings, training, coaching "
        "and faults."
    )
    formula = "(handling + available) / paid time; people's days as clusters"
    source = "WFM Labs glossary; wfmclubs metrics"
    better = "up"
    guard = "occupancy"
    owner = "lead"
    grain = _("person's day")
    population = _("Stretches of time that are over, as they stand after corrections.")
    facts = (TIME,)
    above = "tool_hours"
    below = "paid_hours"
    places = OF_PEOPLE
    example = Example(
        beside={
            "tool_hours": [{"state": "production", "seconds": 5400.0}],
            "paid_hours": [{"state": "production", "seconds": 5400.0}, {"state": "break", "seconds": 1800.0}],
        },
        value=0.75,
        n=1,
    )
