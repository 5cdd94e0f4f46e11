from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITOR_CHECKS

from ..metric import Example, WeightedRate, metric


@metric
class AuditorSensitivity(WeightedRate):
    slug = "auditor_sensitivity"
    title = _("Auditors: right found right")
    why = _("Of decisions that are right, the share that auditors found right.")
    formula = (
        "said right and right / right, each case by 1 / odds of being settled; Wilson on the effective sample size"
    )
    guard = "auditor_specificity"
    grain = _("settled audit of a right decision")
    population = _("Settled audits of decisions that the expert found right.")
    # Odds that nobody knows count as certain.
    weighs_by_odds = False
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
    def weight(cls, rows: Any) -> Any:
        return 1.0 / rows.pi.fill_null(1.0)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.said_right.cast("float64")
