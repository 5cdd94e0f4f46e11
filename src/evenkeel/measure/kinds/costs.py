from typing import Any

from django.utils.translation import gettext_lazy as _

from ..awaited import COSTS
from ..metric import Example, Total, metric


@metric
class Costs(Total):
    subject = "cost"
    slug = "costs"
    title = _("Costs of work")
    why = _("What the work itself cost: amounts on record of the category work.")
    formula = "Σ amount"
    unit = "money_cents"
    digits = 2
    better = "down"
    guard = "accuracy"
    owner = "vendor_manager"
    grain = _("amount on record")
    population = _("Amounts of the category work.")
    excludes = _("What failures cost: rework, appeals, credits.")
    facts = (COSTS,)
    fact = COSTS
    at = "day"
    example = Example(
        rows=[
            {"category": "work", "amount_cents": 900},
            {"category": "work", "amount_cents": 100},
            {"category": "credits"},
        ],
        value=1000,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.category == "work"

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.amount_cents.cast("float64")
