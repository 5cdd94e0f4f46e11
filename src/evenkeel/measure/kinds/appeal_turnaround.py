from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import APPEALS

from ..metric import Example, Mean, metric


@metric
class AppealTurnaround(Mean):
    subject = "latency"
    slug = "appeal_turnaround"
    title = _("Time to rule on appeals")
    why = _("Mean time from an appeal's coming in to its ruling.")
    formula = "mean of t(ruling) − t(received); Student's interval"
    unit = "duration_ms"
    better = "down"
    guard = "overturn_rate"
    grain = _("decided appeal")
    population = _("Appeals by the day on which they came in, once they are decided.")
    facts = (APPEALS,)
    fact = APPEALS
    at = "received_at"
    is_sketched = True
    sketch_scale = 3600.0
    scale = 3_600_000.0
    example = Example(
        rows=[{"is_decided": True, "turnaround_s": 3600}, {"is_decided": True, "turnaround_s": 7200}],
        value=5_400_000,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.is_decided

    @classmethod
    def value(cls, rows: Any) -> Any:
        # In hours, as all long times: squares of seconds would leave the range in which sums are exact.
        return rows.turnaround_s / 3600
