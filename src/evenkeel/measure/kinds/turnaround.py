from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Mean, metric


@metric
class Turnaround(Mean):
    subject = "latency"
    slug = "turnaround"
    title = _("Turnaround")
    why = _(
        "Mean time from an item's coming into its queue to the decision. Items still open are not in it: read it "
        "beside the one that counts them."
    )
    formula = "mean of t(decided) − t(enqueued); Student's interval"
    unit = "duration_ms"
    better = "down"
    guard = "accuracy"
    owner = "lead"
    grain = _("decision")
    population = _("Decisions on items that came out of a queue.")
    excludes = _("Imports, rulings and corrections, which came out of no queue.")
    facts = (DECISIONS,)
    fact = DECISIONS
    is_sketched = True
    sketch_scale = 3600.0
    scale = 3_600_000.0
    kept = (("language",), ("market",), ("source",))
    example = Example(rows=[{"turnaround_s": 3600.0}, {"turnaround_s": 10_800.0}, {}], value=7_200_000, n=2)

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.turnaround_s.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        # In hours: squares of seconds would leave the range in which sums are exact.
        return rows.turnaround_s / 3600
