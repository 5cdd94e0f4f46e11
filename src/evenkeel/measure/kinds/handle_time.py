from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Mean, metric


@metric
class HandleTime(Mean):
    slug = "handle_time"
    title = _("Handle time")
    why = _(
        "Mean active time on an item, without idle time. Decisions without a measured time do not count. A few very long "
        "items pull a mean up."
    )
    formula = "Σ active time / n; Student's interval"
    unit = "duration_ms"
    better = "down"
    guard = "accuracy"
    grain = _("decision")
    facts = (DECISIONS,)
    fact = DECISIONS
    example = Example(rows=[{"active_ms": 20_000}, {"active_ms": 30_000}, {"active_ms": 40_000}, {}], value=30_000, n=3)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.active_ms.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        # In seconds: squares of milliseconds would leave the range in which sums are exact.
        return rows.active_ms / 1000

    @classmethod
    def estimate(cls, parts: Any) -> Any:
        from dataclasses import replace

        found = super().estimate(parts)
        return replace(found, value=found.value * 1000, low=found.low * 1000, high=found.high * 1000)
