from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITOR_CHECKS

from ..metric import Example, WeightedRate, metric


@metric
class AuditorAccuracy(WeightedRate):
    slug = "auditor_accuracy"
    title = _("Accuracy of auditors")
    why = _("Share of audits that an expert, asked after a second blind audit, confirmed.")
    formula = "confirmed / checked, each case by 1 / odds of being settled; Wilson on the effective sample size"
    guard = "audit_coverage"
    grain = _("settled audit")
    population = _("Audits that a second auditor judged blind and an expert settled.")
    # Odds that nobody knows count as certain.
    weighs_by_odds = False
    facts = (AUDITOR_CHECKS,)
    fact = AUDITOR_CHECKS
    at = "audited_at"
    example = Example(
        rows=[{"is_right": True}, {"is_right": True}, {"is_right": False}, {"is_right": True}], value=0.75, n=4
    )

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return 1.0 / rows.pi.fill_null(1.0)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_right.cast("float64")
