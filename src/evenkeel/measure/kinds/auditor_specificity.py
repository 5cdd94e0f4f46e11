from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import AUDITOR_CHECKS
from ..metric import Example, Rate, metric


@metric
class AuditorSpecificity(Rate):
    slug = "auditor_specificity"
    title = _("Auditors: wrong found wrong")
    why = _("Of decisions that are wrong, the share that auditors found wrong.")
    formula = "said wrong and wrong / wrong; Wilson"
    guard = "auditor_sensitivity"
    grain = _("checked audit of a wrong decision")
    population = _("Checked audits of decisions that the check found wrong.")
    facts = (AUDITOR_CHECKS,)
    fact = AUDITOR_CHECKS
    at = "audited_at"
    example = Example(
        rows=[
            {"said_right": False, "truly_right": False},
            {"said_right": True, "truly_right": False},
            {"said_right": True, "truly_right": True},
        ],
        value=0.5,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return ~rows.truly_right

    @classmethod
    def value(cls, rows: Any) -> Any:
        return 1.0 - rows.said_right.cast("float64")
