from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import CALIBRATIONS

from ..metric import Example, Rate, metric


@metric
class CalibrationAlignment(Rate):
    subject = "agreement"
    slug = "calibration_alignment"
    title = _("Alignment in calibration")
    why = _("Share of blind answers in calibration sessions that are the one settled on afterwards.")
    formula = "aligned / given; Wilson"
    guard = "agreement_percent"
    grain = _("answer in a session")
    population = _("Answers given blind in calibration sessions.")
    facts = (CALIBRATIONS,)
    fact = CALIBRATIONS
    at = "judged_at"
    example = Example(rows=[{"is_aligned": True}, {"is_aligned": False}], value=0.5, n=2)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_aligned.cast("float64")
