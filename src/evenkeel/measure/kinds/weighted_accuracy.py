from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class WeightedAccuracy(WeightedRate):
    slug = "weighted_accuracy"
    title = _("Severity-weighted accuracy")
    why = _(
        "Accuracy in which an error weighs as much as the harm it may do: each audited decision counts by the "
        "severity of its content."
    )
    formula = "1 − Σ sev·err / Σ sev, each row by 1 / π"
    source = "TSPA glossary (severity)"
    guard = "accuracy"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    excludes = _("Content of severity 0, which weighs nothing; decisions whose severity was not kept.")
    # Weights are severities too.
    weighs_by_odds = False
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("language",),)
    example = Example(
        rows=[
            {"pi": 0.5, "severity": 4, "is_right": False},
            {"pi": 0.5, "severity": 1, "is_right": True},
            {"pi": 0.5, "severity": 1, "is_right": True},
            {"pi": 0.5, "severity": 0, "is_right": True},
        ],
        value=1 - 4 / 6,
        n=3,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.severity > 0

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return super().weight(rows) * rows.severity

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_right.cast("float64")
