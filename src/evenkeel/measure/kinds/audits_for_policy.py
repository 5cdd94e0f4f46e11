from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Count, Example, metric


@metric
class AuditsForPolicy(Count):
    subject = "coverage"
    slug = "audits_for_policy"
    title = _("Audits that count for the policy")
    why = _(
        "Audits about clauses on which experts did not agree when the decision was made. No figure of a person holds them; "
        "many of them say that a guideline needs a clearer text."
    )
    formula = "Σ sign over audits of unclear clauses"
    better = "down"
    guard = "accuracy"
    grain = _("audited decision")
    population = _("Audited decisions whose clause, or the auditor's, was unclear when they were made.")
    excludes = _("Verdicts that were replaced.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",),)
    example = Example(
        rows=[{"sign": 1, "counts_for_policy": True}, {"sign": 1, "counts_for_policy": False}, {"sign": 1}],
        value=1,
        n=1,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.counts_for_policy.fill_null(False)
