from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Count, Example, metric


@metric
class Decided(Count):
    slug = "decided"
    title = _("Decisions")
    why = _("Decisions made, without those taken back. Work done, not work done well: read it beside accuracy.")
    formula = "Σ sign"
    guard = "accuracy"
    grain = _("decision")
    facts = (DECISIONS,)
    fact = DECISIONS
    example = Example(rows=[{"sign": 1}, {"sign": 1}, {"sign": 1}, {"sign": -1}], value=2, n=2)
