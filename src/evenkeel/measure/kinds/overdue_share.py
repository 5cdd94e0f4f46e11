from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import OPEN_ITEMS

from ..metric import Example, Rate, metric


@metric
class Overdue(Rate):
    subject = "latency"
    slug = "overdue_share"
    title = _("Open past their target")
    why = _("Of the items open at the end of a day, the share that is past its target.")
    formula = "overdue / open, at the end of each day"
    better = "down"
    guard = "within_target"
    owner = "lead"
    grain = _("open item and day")
    population = _("Every open item at the end of every day (UTC).")
    facts = (OPEN_ITEMS,)
    fact = OPEN_ITEMS
    at = "at"
    places = ("programme", "queue")
    example = Example(
        rows=[{"is_whole": True, "items": 6, "overdue": 1}, {"is_whole": True, "items": 2, "overdue": 1}],
        value=0.25,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.is_whole & (rows["items"] > 0)

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return rows["items"].cast("float64")

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.overdue / rows["items"]
