from django.utils.translation import gettext_lazy as _

from evenkeel.work import APPEALS

from ..metric import Example, Quantile, metric


@metric
class AppealTurnaroundMedian(Quantile):
    subject = "latency"
    slug = "appeal_turnaround_median"
    title = _("Time to rule on appeals, median")
    why = _("The time within which half of the appeals are ruled on.")
    formula = "median of t(ruling) − t(received), to within 1 %"
    source = "Regulation (EU) 2022/2065, article 15(1)(d)"
    better = "down"
    guard = "overturn_rate"
    grain = _("decided appeal")
    population = _("Appeals by the day on which they came in, once they are decided.")
    facts = (APPEALS,)
    of = "appeal_turnaround"
    p = 0.5
    scale = 1000.0
    example = Example(
        beside={"appeal_turnaround": [{"is_decided": True, "turnaround_s": s} for s in (1200, 3600, 9000)]},
        value=3_600_000,
        n=3,
    )
