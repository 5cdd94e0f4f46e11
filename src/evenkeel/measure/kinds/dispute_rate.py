from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS, DISPUTES

from ..metric import CountRatio, Example, metric


@metric
class DisputeRate(CountRatio):
    slug = "dispute_rate"
    title = _("Dispute rate")
    why = _("Disputes for each audit. None at all is no good sign: people may have given up.")
    formula = "disputes raised / audits; exact Poisson limits"
    better = "neither"
    guard = "dispute_overturn_rate"
    grain = _("audit")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    facts = (DISPUTES, AUDITS)
    above = "disputes"
    below = "audited"
    example = Example(beside={"disputes": [{"is_settled": False}], "audited": [{"sign": 1}] * 20}, value=0.05, n=20)
