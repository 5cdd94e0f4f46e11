from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import DISPUTES

from ..metric import Example, Rate, metric


@metric
class DisputeOverturnRate(Rate):
    slug = "dispute_overturn_rate"
    title = _("Overturned disputes")
    why = _(
        "Of settled disputes, the share in which the verdict fell: how often auditors were wrong where somebody "
        "objected."
    )
    formula = "fallen / settled; Wilson"
    better = "down"
    guard = "dispute_rate"
    grain = _("settled dispute")
    population = _("Disputes by the day on which they were settled.")
    facts = (DISPUTES,)
    fact = DISPUTES
    at = "at"
    example = Example(
        rows=[{"is_settled": True, "is_overturned": True}, {"is_settled": True, "is_overturned": False}], value=0.5, n=2
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.is_settled

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_overturned.cast("float64")
