from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import AUDITOR_CHECKS
from ..metric import Example, Rate, metric


@metric
class AuditorAccuracy(Rate):
    slug = "auditor_accuracy"
    title = _("Accuracy of auditors")
    why = _("Share of checked audits that the check confirmed.")
    formula = "confirmed / checked; Wilson"
    guard = "audit_coverage"
    grain = _("checked audit")
    population = _("Audits that were checked by a second auditor.")
    facts = (AUDITOR_CHECKS,)
    fact = AUDITOR_CHECKS
    at = "audited_at"
    example = Example(
        rows=[{"is_right": True}, {"is_right": True}, {"is_right": False}, {"is_right": True}], value=0.75, n=4
    )

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_right.cast("float64")
