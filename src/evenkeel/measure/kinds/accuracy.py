from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITS

from ..metric import Example, WeightedRate, metric


@metric
class Accuracy(WeightedRate):
    slug = "accuracy"
    title = _("Accuracy")
    why = _(
        "Share of decisions that an audit found right. Each audited decision stands for 1 / odds of being drawn, so "
        "targeted audits do not bias it; where several plans might have drawn it, they share that weight. It belongs to "
        "the day of the decision, whenever the audit came. Samples of deliveries count in no accuracy."
    )
    formula = "Σ wy / Σ w, w = 1 / (π k), k plans; Wilson on the effective sample size"
    source = "Hájek (1971); Korn, Graubard (1998) Survey Methodology 24"
    version = 2
    guard = "handle_time"
    for_people = "accuracy_of_people"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    excludes = _("Draws that nobody has judged yet; verdicts that were replaced.")
    facts = (AUDITS,)
    fact = AUDITS
    cell_label = "audited_label"
    kept = (
        ("hour",), ("item_kind",), ("label",), ("language",), ("market",), ("policy_version",), ("severity",), ("source",),
        ("tenure",), ("label", "language"), ("label", "tenure"), ("language", "tenure"), ("language", "market"),
    )  # fmt: skip
    # Four drawn at 10 %, one of them wrong; two drawn at 50 %, both wrong: (3 * 10) / (4 * 10 + 2 * 2).
    example = Example(
        rows=[
            *({"pi": 0.1, "is_right": True} for _row in range(3)),
            {"pi": 0.1, "is_right": False},
            {"pi": 0.5, "is_right": False},
            {"pi": 0.5, "is_right": False},
        ],
        value=30 / 44,
        n=6,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.plans.fill_null(1) > 0

    @classmethod
    def weight(cls, rows: Any) -> Any:
        return 1.0 / (rows.pi * rows.plans.fill_null(1))

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.is_right.cast("float64")
