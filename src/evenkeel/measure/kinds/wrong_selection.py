from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class WrongSelection(WeightedRate):
    slug = "wrong_selection"
    title = _("Wrong selection")
    why = _("Share of audited decisions that were right in kind and wrong in choice: another policy, another measure.")
    formula = "Σ w·error / Σ w, w = 1 / π"
    source = "TSPA, quality assurance"
    better = "down"
    guard = "accuracy"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",))
    example = Example(
        rows=[
            {"pi": 0.5, "error_class": "wrong_selection"},
            {"pi": 0.25, "error_class": ""},
            {"pi": 0.25, "error_class": "over_enforcement"},
        ],
        value=2 / 10,
        n=3,
    )

    @classmethod
    def value(cls, rows: Any) -> Any:
        return (rows.error_class == "wrong_selection").cast("float64")
