from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import EXPOSURES
from ..metric import Example, Mean, metric


@metric
class ExposureMinutes(Mean):
    subject = "wellness"
    slug = "exposure_minutes"
    title = _("Difficult content a day")
    why = _(
        "Mean time that people spent a day on content of severity 1 and more, over those who saw any. Known of groups of "
        "five or more only, and never of one person."
    )
    formula = "Σ time / Σ people, over groups and days; Student's interval"
    unit = "duration_ms"
    better = "down"
    guard = "break_compliance"
    owner = "lead"
    grain = _("person and day")
    population = _("People who saw difficult content that day, in groups of five or more.")
    excludes = _("Groups of fewer than five that fit into no larger one.")
    facts = (EXPOSURES,)
    fact = EXPOSURES
    at = "at"
    scale = 3_600_000.0
    places = ("organisation", "site", "team")
    example = Example(
        rows=[{"people": 5, "seconds": 18_000.0}, {"people": 15, "seconds": 27_000.0}], value=2_250_000, n=20
    )

    @classmethod
    def counts(cls, rows: Any) -> Any:
        return rows.people

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.seconds / rows.people / 3600
