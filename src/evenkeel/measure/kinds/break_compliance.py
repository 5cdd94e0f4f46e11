from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME

from ..metric import Example, ShareOfDays, metric


@metric
class BreakCompliance(ShareOfDays):
    subject = "wellness"
    slug = "break_compliance"
    title = _("Breaks kept")
    why = _(
        "Share of people's days with six or more hours at work in which there were at least thirty minutes of break. "
        "A total: it is never shown of one person."
    )
    formula = "days with break ≥ 0.5 h / days with work ≥ 6 h; Wilson"
    is_guarded = True
    source = "Directive 2003/88/EC, article 4"
    guard = "occupancy"
    owner = "lead"
    grain = _("person's day")
    population = _("People's days with six or more hours in production or audit.")
    facts = (TIME,)
    above = "break_hours"
    below = "worked_hours"
    places = ("organisation", "site", "team")
    example = Example(
        beside={
            "break_hours": [{"worker_id": "a", "state": "break", "seconds": 2700.0}],
            "worked_hours": [
                {"worker_id": "a", "state": "production", "seconds": 23_400.0},
                {"worker_id": "b", "state": "production", "seconds": 23_400.0},
                {"worker_id": "c", "state": "production", "seconds": 7200.0},
            ],
        },
        value=0.5,
        n=2,
    )

    @classmethod
    def people_of(cls) -> str:
        return cls.below

    @classmethod
    def is_kept(cls, above: float, below: float) -> bool | None:
        return above >= 0.5 if below >= 6 else None
