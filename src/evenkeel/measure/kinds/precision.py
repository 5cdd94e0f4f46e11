from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class Precision(WeightedRate):
    slug = "precision"
    title = _("Precision of enforcement")
    why = _("Of all actions, the share taken on content that an audit found to break the policy.")
    formula = "TP / (TP + FP), each row by 1 / π"
    source = "Wei, Zufall, Jia (2023) arXiv 2305.09601"
    guard = "recall"
    grain = _("audited action")
    population = _("Audited decisions that act on content.")
    excludes = _("Technical errors; forms whose answers do not say what breaks the policy.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",), ("tenure",))
    example = Example(
        rows=[
            {"pi": 0.5, "decided_violates": True, "audited_violates": True},
            {"pi": 0.25, "decided_violates": True, "audited_violates": False},
            {"pi": 0.25, "decided_violates": False, "audited_violates": False},
        ],
        value=2 / 6,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.decided_violates & rows.audited_violates.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.audited_violates.cast("float64")
