from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import OF_PEOPLE, Example, ShareOfSums, metric


@metric
class Occupancy(ShareOfSums):
    subject = "productivity"
    slug = "occupancy"
    title = _("Occupancy")
    why = _(
        "Of the time at the tool, the share spent on items and not waiting for them. Near 1 nobody has a moment to "
        "breathe."
    )
    formula = "handling / (handling + idle); people's days as clusters"
    source = "WFM Labs glossary; wfmclubs metrics"
    better = "neither"
    guard = "break_compliance"
    owner = "lead"
    grain = _("person's day")
    population = _("Stretches of time that are over, as they stand after corrections.")
    facts = (TIME,)
    above = "worked_hours"
    below = "tool_hours"
    places = OF_PEOPLE
    example = Example(
        beside={
            "worked_hours": [{"state": "production", "seconds": 5400.0}],
            "tool_hours": [{"state": "production", "seconds": 5400.0}, {"state": "idle", "seconds": 1800.0}],
        },
        value=0.75,
        n=1,
    )
