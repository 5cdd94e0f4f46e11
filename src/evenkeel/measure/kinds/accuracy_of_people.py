from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric
from .accuracy import Accuracy


@metric
class AccuracyOfPeople(WeightedRate):
    slug = "accuracy_of_people"
    title = _("Accuracy, unclear clauses left to the policy")
    why = _(
        "Accuracy as it may be held against people: audits about clauses on which experts did not agree then count for the "
        "policy and are left out. What users met stays accuracy, where they count."
    )
    formula = "Σ wy / Σ w over audits of clear clauses, w = 1 / (π k); Wilson on the effective sample size"
    version = 1
    source = Accuracy.source
    guard = "audits_for_policy"
    grain = Accuracy.grain
    population = _("Audited decisions whose clause was not unclear when they were made.")
    excludes = _("Audits that count for the policy; draws that nobody has judged yet; verdicts that were replaced.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",))
    example = Example(
        rows=[
            *({"pi": 0.5, "is_right": True} for _row in range(3)),
            {"pi": 0.5, "is_right": False, "counts_for_policy": False},
            {"pi": 0.1, "is_right": False, "counts_for_policy": True},
        ],
        value=0.75,
        n=4,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return Accuracy.where(rows) & ~rows.counts_for_policy.fill_null(False)

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return Accuracy.weight(rows)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return Accuracy.value(rows)
