from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import Estimate
from evenkeel.people import TIME
from evenkeel.quality import AUDITS
from evenkeel.work import DECISIONS

from ..awaited import COSTS
from ..metric import Example, Held, Money, metric
from .accuracy import Accuracy


@metric
class CostOfPoorQuality(Money):
    subject = "cost"
    slug = "cost_of_poor_quality"
    title = _("Cost of poor quality")
    why = _(
        "What was spent on decisions that were wrong, and what their failure cost beside: rework, appeals, credits. Not "
        "known without costs on record or a rate for an hour in the settings."
    )
    formula = "costs × (1 − accuracy) + costs of failures; the interval is accuracy's"
    better = "down"
    guard = "audit_coverage"
    owner = "vendor_manager"
    grain = _("period")
    population = _("All decisions that stand; accuracy from those that were audited.")
    excludes = _("Harm to users, which has no price here.")
    facts = (COSTS, TIME, DECISIONS, AUDITS)
    source = "Juran (1951) Quality Control Handbook"
    example = Example(
        beside={
            "costs": [{"category": "work", "amount_cents": 900}],
            "failure_costs": [{"category": "credits", "amount_cents": 10}],
            "decided": [{"sign": 1}] * 20,
            "accuracy": [{"pi": 1.0, "is_right": place > 0} for place in range(10)],
        },
        value=100,
        n=10,
    )

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        spent, right, failed = cls.spent(held), Accuracy.estimate(held.of("accuracy")), held.of("failure_costs").wy
        if spent is None or not right.is_known:
            return Estimate.unknown(method="cost_of_errors")
        value, low, high = (spent * (1 - share) + failed for share in (right.value, right.high, right.low))
        return Estimate(value, low, high, right.n, right.n_effective, "cost_of_errors", right.level)

    @classmethod
    def part(cls, *, spent: float, failed: float, decided: float, accuracy: float) -> tuple[float, float]:
        return spent * (1 - accuracy) + failed, 0.0
