from django.utils.translation import gettext_lazy as _

from evenkeel.quality import EXPERT_ANSWERS
from evenkeel.work import DECISIONS

from ..labels import LabelSet
from ..metric import Example, Finding, StudyMetric, metric, ratio_by_item


@metric
class LabelAccuracy(StudyMetric):
    subject = "agreement"
    slug = "label_accuracy"
    title = _("Accuracy against experts")
    why = _(
        "Share of single answers that are like the expert's, over items that experts have answered. Answers to one item "
        "stand or fall together, so the interval counts items and not answers."
    )
    formula = "Σ right / Σ answers; Wilson on the effective number, items as clusters"
    source = "Cochran (1977), section 9A; Korn, Graubard (1998)"
    guard = "agreement_percent"
    grain = _("answer to an item that experts have answered")
    population = _("Labels of items that experts have answered too.")
    facts = (DECISIONS, EXPERT_ANSWERS)
    # Three of four answers are right; item c has no expert.
    example = Example(
        rows=[
            {"item": item, "label": label}
            for item, labels in {"a": "xx", "b": "xy", "c": "xy"}.items()
            for label in labels
        ],
        experts={"a": "x", "b": "y"},
        value=0.75,
        n=4,
    )

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        judged = labels.judged
        return Finding(
            estimate=ratio_by_item(labels.right[judged], labels.sizes[judged]),
            detail={
                "items": int(judged.sum()),
                "experts_without_labels": int(((labels.truth >= 0) & (labels.sizes == 0)).sum()),
                "classes": list(labels.classes),
                "confusion": labels.confusion.tolist(),
            },
        )
