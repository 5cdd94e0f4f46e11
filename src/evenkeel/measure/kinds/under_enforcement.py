from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class UnderEnforcement(WeightedRate):
    slug = "under_enforcement"
    title = _("Under-enforcement")
    why = _("Of all violations in audited work, the share left alone: 1 − recall.")
    formula = "FN / violations, each row by 1 / π"
    source = "TSPA, quality assurance (false negatives)"
    better = "down"
    guard = "over_enforcement"
    grain = _("audited violation")
    population = _("Audited decisions on content that the audit found to break the policy.")
    excludes = _("Technical errors; what never came into a queue.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",), ("tenure",))
    example = Example(
        rows=[
            {"pi": 0.5, "decided_violates": False, "audited_violates": True},
            {"pi": 0.5, "decided_violates": True, "audited_violates": True},
            {"pi": 0.25, "decided_violates": True, "audited_violates": True},
        ],
        value=2 / 8,
        n=3,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.audited_violates & rows.decided_violates.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return 1.0 - rows.decided_violates.cast("float64")
