from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Quantile, metric


@metric
class TurnaroundP99(Quantile):
    subject = "latency"
    slug = "turnaround_p99"
    title = _("Turnaround, 99th percentile")
    why = _("The time from coming into the queue within which 99 % of the decided items were decided.")
    formula = "0.99 quantile of t(decided) − t(enqueued), to within 1 %"
    source = "Masson, Rim, Lee (2019) PVLDB 12 (the histogram)"
    better = "down"
    guard = "accuracy"
    owner = "lead"
    grain = _("decision")
    population = _("Decisions on items that came out of a queue.")
    excludes = _("Imports, rulings and corrections, which came out of no queue. Items still open.")
    facts = (DECISIONS,)
    of = "turnaround"
    p = 0.99
    scale = 1000.0
    example = Example(
        beside={"turnaround": [{"turnaround_s": s} for s in (1800.0, 3600.0, 10_800.0)]}, value=10_656_000, n=3
    )
