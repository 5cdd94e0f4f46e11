from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class OverEnforcement(WeightedRate):
    slug = "over_enforcement"
    title = _("Over-enforcement")
    why = _("Of all actions, the share taken on content that is fine: 1 − precision.")
    formula = "FP / actions, each row by 1 / π"
    source = "TSPA, quality assurance (false positives)"
    better = "down"
    guard = "under_enforcement"
    grain = _("audited action")
    population = _("Audited decisions that act on content.")
    excludes = _("Technical errors.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",), ("tenure",))
    example = Example(
        rows=[
            {"pi": 0.5, "decided_violates": True, "audited_violates": False},
            {"pi": 0.5, "decided_violates": True, "audited_violates": True},
            {"pi": 0.5, "decided_violates": True, "audited_violates": True},
        ],
        value=1 / 3,
        n=3,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.decided_violates & rows.audited_violates.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return 1.0 - rows.audited_violates.cast("float64")
