from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Quantile, metric


@metric
class HandleTimeP90(Quantile):
    subject = "productivity"
    slug = "handle_time_p90"
    title = _("Handle time, 90th percentile")
    why = _(
        "The active time within which nine tenths of the decisions are made. A few very long items do not move it as "
        "they move a mean."
    )
    formula = "0.9 quantile of active time, to within 1 %"
    source = "Masson, Rim, Lee (2019) PVLDB 12 (the histogram)"
    better = "down"
    guard = "accuracy"
    owner = "lead"
    grain = _("decision")
    population = _("Decisions with a measured active time.")
    facts = (DECISIONS,)
    of = "handle_time"
    p = 0.9
    example = Example(beside={"handle_time": [{"active_ms": ms} for ms in (20_000, 30_000, 90_000)]}, value=78000, n=3)
