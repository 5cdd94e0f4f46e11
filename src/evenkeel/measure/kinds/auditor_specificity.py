from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITOR_CHECKS

from ..metric import Example, WeightedRate, metric


@metric
class AuditorSpecificity(WeightedRate):
    slug = "auditor_specificity"
    title = _("Auditors: wrong found wrong")
    why = _("Of decisions that are wrong, the share that auditors found wrong.")
    formula = (
        "said wrong and wrong / wrong, each case by 1 / odds of being settled; Wilson on the effective sample size"
    )
    guard = "auditor_sensitivity"
    grain = _("settled audit of a wrong decision")
    population = _("Settled audits of decisions that the expert found wrong.")
    # Odds that nobody knows count as certain.
    weighs_by_odds = False
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
    def weight(cls, rows: Any) -> Any:
        return 1.0 / rows.pi.fill_null(1.0)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return 1.0 - rows.said_right.cast("float64")
