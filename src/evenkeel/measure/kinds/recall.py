from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class Recall(WeightedRate):
    slug = "recall"
    title = _("Recall of enforcement")
    why = _("Of all content in audited work that breaks the policy, the share that was acted on.")
    formula = "TP / (TP + FN), each row by 1 / π"
    source = "Wei, Zufall, Jia (2023) arXiv 2305.09601"
    guard = "precision"
    grain = _("audited violation")
    population = _("Audited decisions on content that the audit found to break the policy.")
    excludes = _("Technical errors; what never came into a queue: this is recall of decisions, not of the platform.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",), ("tenure",))
    example = Example(
        rows=[
            {"pi": 0.5, "decided_violates": True, "audited_violates": True},
            {"pi": 0.25, "decided_violates": False, "audited_violates": True},
            {"pi": 0.25, "decided_violates": False, "audited_violates": False},
        ],
        value=2 / 6,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.audited_violates & rows.decided_violates.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.decided_violates.cast("float64")
