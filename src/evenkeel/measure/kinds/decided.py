from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Count, Example, metric


@metric
class Decided(Count):
    subject = "productivity"
    slug = "decided"
    title = _("Decisions")
    why = _("Decisions made, without those taken back. Work done, not work done well: read it beside accuracy.")
    formula = "Σ sign"
    guard = "accuracy"
    grain = _("decision")
    population = _(
        "All decisions that stand: at the desk, by programs, imported, rulings and corrections; answers to golden items among "
        "them, for they are work."
    )
    excludes = _("Decisions that were taken back, or replaced by a correction.")
    owner = "lead"
    facts = (DECISIONS,)
    fact = DECISIONS
    kept = (
        ("hour",), ("item_kind",), ("label",), ("language",), ("market",), ("policy_version",), ("source",), ("tenure",),
        ("label", "language"),
    )  # fmt: skip
    example = Example(rows=[{"sign": 1}, {"sign": 1}, {"sign": 1}, {"sign": -1}], value=2, n=2)
