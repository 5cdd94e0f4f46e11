from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import GOLDS

from ..metric import Example, Rate, metric


@metric
class GoldenAccuracy(Rate):
    slug = "golden_accuracy"
    title = _("Accuracy on golden items")
    why = _(
        "Share of answers to items with a known answer that are like it. It tells of these items alone: read it "
        "beside accuracy from drawn audits."
    )
    formula = "right / seen; Wilson"
    guard = "accuracy"
    grain = _("answer to a golden item")
    population = _("Answers to golden items mixed into the work.")
    excludes = _("Golden items that were ended.")
    facts = (GOLDS,)
    fact = GOLDS
    kept = (("label",), ("language",))
    example = Example(
        rows=[{"is_right": True}, {"is_right": True}, {"is_right": True}, {"is_right": False}], value=0.75, n=4
    )

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_right.cast("float64")
