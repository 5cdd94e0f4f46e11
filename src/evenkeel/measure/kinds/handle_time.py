from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Mean, metric


@metric
class HandleTime(Mean):
    subject = "productivity"
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
    population = _("Decisions with a measured active time, answers to golden items among them.")
    excludes = _("Decisions without one, such as most imports.")
    owner = "lead"
    facts = (DECISIONS,)
    fact = DECISIONS
    is_sketched, sketch_scale, scale = True, 1000.0, 1000.0
    kept = (("hour",), ("item_kind",), ("label",), ("language",), ("policy_version",), ("tenure",))
    example = Example(rows=[{"active_ms": 20_000}, {"active_ms": 30_000}, {"active_ms": 40_000}, {}], value=30_000, n=3)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.active_ms.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        # In seconds: squares of milliseconds would leave the range in which sums are exact.
        return rows.active_ms / 1000
