from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import APPEALS

from ..metric import Count, Example, metric


@metric
class Appeals(Count):
    subject = "outcome"
    slug = "appeals"
    title = _("Appeals")
    why = _("Appeals of users that came in, whatever became of them.")
    formula = "rows of appeals received"
    guard = "overturn_rate"
    grain = _("appeal")
    population = _("Appeals by the day on which they came in.")
    facts = (APPEALS,)
    fact = APPEALS
    at = "received_at"
    kept = (("label",),)
    example = Example(rows=[{"is_decided": False}, {"is_decided": True}], value=1, n=1)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return ~rows.is_decided
