from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Rate, metric


@metric
class WithinTarget(Rate):
    subject = "latency"
    slug = "within_target"
    title = _("Within target")
    why = _(
        "Share of decisions made by the target of their queue or lane. Items that are late and still open are not in "
        "it: see the backlog."
    )
    formula = "in time / decided with a target; Wilson"
    guard = "accuracy"
    owner = "lead"
    grain = _("decision with a target")
    population = _("Decisions on items with a target.")
    facts = (DECISIONS,)
    fact = DECISIONS
    kept = (("language",), ("market",), ("source",))
    example = Example(rows=[{"in_time": True}, {"in_time": True}, {"in_time": False}, {}], value=2 / 3, n=3)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.in_time.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.in_time.cast("float64")
