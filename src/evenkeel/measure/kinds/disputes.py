from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import DISPUTES

from ..metric import Count, Example, metric


@metric
class Disputes(Count):
    slug = "disputes"
    title = _("Disputes")
    why = _("Verdicts that were disputed. Few may mean good audits, or people who gave up.")
    formula = "Σ sign of disputes raised"
    guard = "dispute_overturn_rate"
    grain = _("dispute")
    population = _("Disputes by the day on which they were raised.")
    facts = (DISPUTES,)
    fact = DISPUTES
    at = "at"
    example = Example(rows=[{"is_settled": False}, {"is_settled": True}], value=1, n=1)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return ~rows.is_settled
