from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS
from evenkeel.work import DECISIONS

from ..metric import CountShare, Example, metric


@metric
class AuditCoverage(CountShare):
    subject = "coverage"
    slug = "audit_coverage"
    title = _("Audit coverage")
    why = _("Share of decisions that were audited: by person, queue or language it shows who is never looked at.")
    formula = "audits / decisions, both of the same days"
    guard = "accuracy"
    grain = _("decision")
    population = _("All decisions that stand.")
    facts = (AUDITS, DECISIONS)
    above = "audited"
    below = "decided"
    kept = (("label",), ("language",), ("tenure",))
    example = Example(beside={"audited": [{"sign": 1}], "decided": [{"sign": 1}] * 4}, value=0.25, n=4)
