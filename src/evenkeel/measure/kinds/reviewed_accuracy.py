from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import REVIEWS

from ..metric import Example, Rate, metric


@metric
class ReviewedAccuracy(Rate):
    slug = "reviewed_accuracy"
    title = _("Right among reviewed")
    why = _(
        "Share found right among decisions that another tool's people chose to review, nobody knows by which odds. It tells "
        "of the reviewed ones only and never stands for accuracy: whoever reviews what looks wrong finds more wrong."
    )
    formula = "Σ wy / Σ w, w = 1; Wilson"
    guard = "accuracy"
    grain = _("reviewed decision")
    population = _("Decisions of another tool that its people chose to review.")
    facts = (REVIEWS,)
    fact = REVIEWS
    example = Example(rows=[{"is_right": True}, {"is_right": True}, {"is_right": False}], value=2 / 3, n=3)

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_right.cast("float64")
