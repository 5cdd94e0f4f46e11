from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Rate, metric


@metric
class PrelabelsFollowed(Rate):
    subject = "productivity"
    slug = "prelabels_followed"
    title = _("Suggestions followed")
    why = _(
        "Of decisions made with a suggested label in sight, the share that is like it. Near 1 may mean good "
        "suggestions, or people who no longer look."
    )
    formula = "followed / seen; Wilson"
    better = "neither"
    guard = "accuracy"
    grain = _("decision with a suggestion")
    population = _("Decisions before which a suggested label was seen.")
    facts = (DECISIONS,)
    fact = DECISIONS
    kept = (("label",), ("tenure",))
    example = Example(
        rows=[
            {"prelabel_seen": True, "prelabel_followed": True},
            {"prelabel_seen": True, "prelabel_followed": False},
            {"prelabel_seen": False, "prelabel_followed": True},
        ],
        value=0.5,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.prelabel_seen

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.prelabel_followed.cast("float64")
