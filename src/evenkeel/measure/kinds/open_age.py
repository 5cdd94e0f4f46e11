from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import OPEN_ITEMS

from ..metric import Example, Mean, metric


@metric
class OpenAge(Mean):
    subject = "latency"
    slug = "open_age"
    title = _("Age of open items")
    why = _("Mean time that items have waited that are open at the end of a day.")
    formula = "Σ age / items, at the end of each day"
    unit = "duration_ms"
    better = "down"
    guard = "turnaround"
    owner = "lead"
    grain = _("open item and day")
    population = _("Every open item at the end of every day (UTC).")
    facts = (OPEN_ITEMS,)
    fact = OPEN_ITEMS
    at = "at"
    places = ("programme", "queue")
    is_sketched = True
    sketch_scale = 3600.0
    scale = 3_600_000.0
    example = Example(
        rows=[{"is_whole": False, "items": 3, "age_s": 3600.0}, {"is_whole": False, "items": 1, "age_s": 18_000.0}],
        value=7_200_000,
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
        return rows.age_s / 3600
