from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import AUDITOR_CHECKS
from ..metric import Example, Rate, metric


@metric
class AuditorSensitivity(Rate):
    slug = "auditor_sensitivity"
    title = _("Auditors: right found right")
    why = _("Of decisions that are right, the share that auditors found right.")
    formula = "said right and right / right; Wilson"
    guard = "auditor_specificity"
    grain = _("checked audit of a right decision")
    population = _("Checked audits of decisions that the check found right.")
    facts = (AUDITOR_CHECKS,)
    fact = AUDITOR_CHECKS
    at = "audited_at"
    example = Example(
        rows=[
            {"said_right": True, "truly_right": True},
            {"said_right": False, "truly_right": True},
            {"said_right": True, "truly_right": False},
        ],
        value=0.5,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.truly_right

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.said_right.cast("float64")
