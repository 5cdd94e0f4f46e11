from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import Estimate, defect_rates
from evenkeel.quality import AUDITS

from ..metric import Composed, Example, Held, metric
from .accuracy import Accuracy


@metric
class SigmaLevel(Composed):
    slug = "sigma_level"
    title = _("Sigma level")
    why = _(
        "The quantile of the normal distribution beyond which so many decisions would be wrong, with the trade's "
        "shift of 1.5. It says nothing that accuracy does not say; some contracts ask for it."
    )
    formula = "Φ⁻¹(1 − DPMO / 10⁶) + 1.5"
    source = "Harry, Stewart (1988); Montgomery, section 1.2"
    unit = "number"
    digits = 2
    better = "up"
    guard = "accuracy"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    facts = (AUDITS,)
    reads = ("accuracy",)
    example = Example(
        beside={"accuracy": [{"pi": 1.0, "is_right": place > 0} for place in range(10)]}, value=2.7815515655446004, n=10
    )

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        seen = Accuracy.estimate(held.of("accuracy"))
        if not seen.is_known:
            return Estimate.unknown(method="poisson_exact")
        found = defect_rates((1 - seen.value) * seen.n_effective, seen.n_effective).sigma_shifted
        return Estimate(found.value, found.low, found.high, seen.n, seen.n_effective, found.method, found.level)
