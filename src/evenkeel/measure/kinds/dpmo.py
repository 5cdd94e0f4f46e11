from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import Estimate, defect_rates
from evenkeel.quality import AUDITS

from ..metric import Composed, Example, Held, metric
from .accuracy import Accuracy


@metric
class Dpmo(Composed):
    slug = "dpmo"
    title = _("Defects per million opportunities")
    why = _(
        "Wrong decisions per million, each decision one opportunity, counted as if drawn evenly. The trade's way to "
        "compare work of all sorts."
    )
    formula = "10⁶ · errors / audited; exact Poisson limits"
    source = "Harry, Stewart (1988); Montgomery, section 1.2"
    unit = "per_million"
    digits = 0
    better = "down"
    guard = "accuracy"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    facts = (AUDITS,)
    reads = ("accuracy",)
    example = Example(
        beside={"accuracy": [{"pi": 1.0, "is_right": place > 0} for place in range(10)]}, value=100_000.0, n=10
    )

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        seen = Accuracy.estimate(held.of("accuracy"))
        if not seen.is_known:
            return Estimate.unknown(method="poisson_exact")
        found = defect_rates((1 - seen.value) * seen.n_effective, seen.n_effective).per_million
        return Estimate(found.value, found.low, found.high, seen.n, seen.n_effective, found.method, found.level)
