from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import Estimate
from evenkeel.people import TIME
from evenkeel.quality import AUDITS
from evenkeel.work import DECISIONS

from ..awaited import COSTS
from ..metric import Example, Held, Money, metric
from .accuracy import Accuracy


@metric
class CostPerCorrect(Money):
    subject = "cost"
    slug = "cost_per_correct"
    title = _("Cost per correct decision")
    why = _(
        "What a decision that is right costs. Cheap work that is often wrong is dear by this measure. Not known without "
        "costs on record or a rate for an hour in the settings."
    )
    formula = "costs / (decisions × accuracy); the interval is accuracy's"
    better = "down"
    per_piece = True
    guard = "accuracy"
    owner = "vendor_manager"
    grain = _("correct decision")
    population = _("All decisions that stand; accuracy from those that were audited.")
    facts = (COSTS, TIME, DECISIONS, AUDITS)
    source = "Work of vendors: invoice / (accepted × accuracy)"
    example = Example(
        beside={
            "costs": [{"category": "work", "amount_cents": 90}],
            "decided": [{"sign": 1}] * 200,
            "accuracy": [{"pi": 1.0, "is_right": place > 0} for place in range(10)],
        },
        value=0.5,
        n=200,
    )

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        spent, n, right = cls.spent(held), held.of("decided").n, Accuracy.estimate(held.of("accuracy"))
        if spent is None or n <= 0 or not right.is_known or right.value <= 0:
            return Estimate.unknown(method="cost_over_correct", n=max(n, 0))
        low, high = spent / (n * right.high), spent / (n * right.low) if right.low > 0 else float("nan")
        return Estimate(spent / (n * right.value), low, high, n, right.n_effective, "cost_over_correct", right.level)

    @classmethod
    def part(cls, *, spent: float, failed: float, decided: float, accuracy: float) -> tuple[float, float]:
        return spent, decided * accuracy
