from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import COSTS
from ..metric import Example, Total, metric


@metric
class FailureCosts(Total):
    subject = "cost"
    slug = "failure_costs"
    title = _("Costs of failures")
    why = _("What was paid because work had gone wrong: rework, appeals, credits.")
    formula = "Σ amount of the categories rework, appeals, credits"
    unit = "money_cents"
    digits = 2
    better = "down"
    guard = "accuracy"
    owner = "vendor_manager"
    grain = _("amount on record")
    population = _("Amounts of the categories rework, appeals and credits.")
    facts = (COSTS,)
    fact = COSTS
    at = "day"
    example = Example(
        rows=[{"category": "rework", "amount_cents": 60}, {"category": "work", "amount_cents": 900}], value=60, n=1
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.category.isin(["rework", "appeals", "credits"])

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.amount_cents.cast("float64")
