from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import OPEN_ITEMS

from ..metric import Example, Mean, metric


@metric
class Backlog(Mean):
    subject = "latency"
    slug = "backlog"
    title = _("Backlog")
    why = _("Items open at the end of a day, the mean over queues and days.")
    formula = "Σ open / queue-days; Student's interval"
    better = "down"
    guard = "turnaround_with_open"
    owner = "lead"
    grain = _("queue and day")
    population = _("Every open queue at the end of every day (UTC).")
    facts = (OPEN_ITEMS,)
    fact = OPEN_ITEMS
    at = "at"
    places = ("programme", "queue")
    example = Example(
        rows=[{"is_whole": True, "items": 10}, {"is_whole": True, "items": 30}, {"is_whole": False, "items": 9}],
        value=20,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.is_whole

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows["items"].cast("float64")
