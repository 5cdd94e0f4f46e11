from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Rate, metric


@metric
class ModelAgreement(Rate):
    slug = "model_agreement"
    title = _("Suggestions confirmed")
    why = _(
        "Of decisions made without sight of the model's suggestion, the share that is like it. It falls when a model gets "
        "worse, and when people do: accuracy tells which."
    )
    formula = "alike / suggested unseen; Wilson"
    better = "up"
    guard = "accuracy"
    grain = _("decision on an item with an unseen suggestion")
    population = _("Decisions on items that had a suggested label which nobody had seen.")
    excludes = _("Decisions made with the suggestion in sight: people lean towards what they see.")
    facts = (DECISIONS,)
    fact = DECISIONS
    kept = (("label",), ("tenure",))
    example = Example(
        rows=[
            {"prelabel_seen": False, "prelabel_followed": True},
            {"prelabel_seen": False, "prelabel_followed": False},
            {"prelabel_seen": True, "prelabel_followed": True},
            {"prelabel_seen": False},
        ],
        value=0.5,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return ~rows.prelabel_seen & rows.prelabel_followed.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.prelabel_followed.cast("float64")
