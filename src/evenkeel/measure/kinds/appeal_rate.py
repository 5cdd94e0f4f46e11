from django.utils.translation import gettext_lazy as _

from evenkeel.work import APPEALS, DECISIONS

from ..metric import CountRatio, Example, metric


@metric
class AppealRate(CountRatio):
    subject = "outcome"
    slug = "appeal_rate"
    title = _("Appeal rate")
    why = _("Appeals for each action on content. The denominator is actions, not all decisions.")
    formula = "appeals / actions; exact Poisson limits"
    better = "neither"
    guard = "overturn_rate"
    grain = _("action")
    population = _("Decisions that act on content.")
    facts = (APPEALS, DECISIONS)
    above = "appeals"
    below = "actions"
    kept = (("label",),)
    example = Example(
        beside={"appeals": [{"is_decided": False}] * 2, "actions": [{"violates": True}] * 40}, value=0.05, n=40
    )
