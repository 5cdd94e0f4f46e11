from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Rate, metric


@metric
class ActionRate(Rate):
    subject = "outcome"
    slug = "action_rate"
    title = _("Action rate")
    why = _("Share of decisions that act on content. It moves with what comes in: alone it says nothing about people.")
    formula = "actions / decisions; Wilson"
    better = "neither"
    guard = "precision"
    grain = _("decision")
    population = _("Decisions whose form says which answers break the policy.")
    facts = (DECISIONS,)
    fact = DECISIONS
    kept = (("language",), ("source",), ("tenure",))
    example = Example(
        rows=[{"violates": True}, {"violates": False}, {"violates": False}, {"violates": False}], value=0.25, n=4
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.violates.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.violates.cast("float64")
