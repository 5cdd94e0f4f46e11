from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import OPEN_ITEMS

from ..metric import Example, Rate, metric


@metric
class BacklogOver24h(Rate):
    subject = "latency"
    slug = "backlog_over_24h"
    title = _("Open for more than 24 hours")
    why = _("Of the items open at the end of a day, the share that has waited for more than 24 hours.")
    formula = "older / open, at the end of each day"
    better = "down"
    guard = "turnaround"
    owner = "lead"
    grain = _("open item and day")
    population = _("Every open item at the end of every day (UTC).")
    facts = (OPEN_ITEMS,)
    fact = OPEN_ITEMS
    at = "at"
    places = ("programme", "queue")
    example = Example(
        rows=[{"is_whole": False, "items": 3, "age_s": 3600.0}, {"is_whole": False, "items": 1, "age_s": 100_000.0}],
        value=0.25,
        n=4,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return ~rows.is_whole

    @classmethod
    def counts(cls, rows: Any) -> Any:
        return rows["items"]

    @classmethod
    def value(cls, rows: Any) -> Any:
        return (rows.age_s > 24 * 3600).cast("float64")
