from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Count, Example, metric


@metric
class Audited(Count):
    subject = "coverage"
    slug = "audited"
    title = _("Audits")
    why = _("Audits done, by the day of the decision they are about.")
    formula = "Σ sign"
    guard = "audit_delay"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    excludes = _("Verdicts that were replaced.")
    facts = (AUDITS,)
    fact = AUDITS
    kept = (("label",), ("language",), ("tenure",))
    example = Example(rows=[{"sign": 1}, {"sign": 1}, {"sign": -1}], value=1, n=1)
