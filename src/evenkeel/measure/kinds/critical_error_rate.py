from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class CriticalErrorRate(WeightedRate):
    slug = "critical_error_rate"
    title = _("Critical error rate")
    why = _(
        "Share of audited decisions that were wrong in kind where it matters most: action on content that is fine, or"
        " a violation left alone, in queues of severity 3 or more."
    )
    formula = "Σ w·critical / Σ w, w = 1 / π"
    better = "down"
    guard = "accuracy"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    excludes = _("Decisions whose queue had no severity on record.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",), ("tenure",))
    example = Example(
        rows=[{"pi": 0.5, "is_critical": True}, {"pi": 0.25, "is_critical": False}, {"pi": 0.25, "is_critical": False}],
        value=2 / 10,
        n=3,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.is_critical.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_critical.cast("float64")
