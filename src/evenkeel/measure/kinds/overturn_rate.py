from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import APPEALS

from ..metric import Example, Rate, metric


@metric
class OverturnRate(Rate):
    slug = "overturn_rate"
    title = _("Overturn rate")
    why = _(
        "Share of decided appeals that reversed the first decision. Not an error rate: only appealed cases are seen."
    )
    formula = "reversed / decided appeals; Wilson"
    source = "Regulation (EU) 2022/2065, article 15(1)(d)"
    better = "down"
    guard = "appeal_rate"
    grain = _("decided appeal")
    population = _("Appeals by the day on which they came in, once they are decided.")
    facts = (APPEALS,)
    fact = APPEALS
    at = "received_at"
    kept = (("label",),)
    example = Example(
        rows=[{"is_decided": True, "is_reversed": True}, {"is_decided": True, "is_reversed": False}], value=0.5, n=2
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.is_decided

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_reversed.cast("float64")
