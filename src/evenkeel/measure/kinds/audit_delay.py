from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, Mean, metric


@metric
class AuditDelay(Mean):
    subject = "latency"
    slug = "audit_delay"
    title = _("Delay of audits")
    why = _("Mean time from a decision to its audit. Feedback that comes weeks later teaches nobody.")
    formula = "mean of t(audit) − t(decision); Student's interval"
    unit = "duration_ms"
    better = "down"
    guard = "audit_coverage"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    facts = (AUDITS,)
    fact = AUDITS
    scale = 3_600_000.0
    example = Example(
        rows=[
            {"decided_at": datetime(2026, 1, 1, tzinfo=UTC), "audited_at": datetime(2026, 1, 1, hour, tzinfo=UTC)}
            for hour in (1, 2, 3)
        ],
        value=7_200_000,
        n=3,
    )

    @classmethod
    def value(cls, rows: Any) -> Any:
        # In hours: squares of seconds would leave the range in which sums are exact. Of whole seconds: Spark knows no others.
        audited, decided = (moment.epoch_seconds().floor() for moment in (rows.audited_at, rows.decided_at))
        return (audited - decided) / 3600
