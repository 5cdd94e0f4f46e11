from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Count, Example, metric


@metric
class Actions(Count):
    subject = "outcome"
    slug = "actions"
    title = _("Actions")
    why = _("Decisions that act on content: their answer says that it breaks the policy.")
    formula = "Σ sign where the answer says so"
    guard = "over_enforcement"
    grain = _("action")
    population = _("Decisions whose form says which answers break the policy.")
    facts = (DECISIONS,)
    fact = DECISIONS
    kept = (("label",), ("language",))
    example = Example(rows=[{"violates": True}, {"violates": True}, {"violates": False}, {}], value=2, n=2)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.violates
