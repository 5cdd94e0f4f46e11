from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import wilson

from ..labels import LabelSet
from ..metric import Example, Finding, StudyMetric, metric


@metric
class Repeatability(StudyMetric):
    subject = "agreement"
    slug = "repeatability"
    title = _("Repeatability")
    why = _(
        "Share of second answers that are like the same person's first answer to the same item. Nobody can agree with "
        "others better than with herself."
    )
    formula = "second answers like the first / second answers; Wilson"
    guard = "agreement_percent"
    grain = _("person and item answered twice")
    population = _("Items that one person answered twice or more.")
    example = Example(
        rows=[
            {"item": "a", "worker": "p", "label": "x"},
            {"item": "a", "worker": "p", "label": "x", "replicate": 2},
            {"item": "b", "worker": "p", "label": "x"},
            {"item": "b", "worker": "p", "label": "y", "replicate": 2},
            {"item": "b", "worker": "q", "label": "y"},
        ],
        value=0.5,
        n=2,
    )

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        return Finding(estimate=wilson(labels.second_same, labels.second_pairs), detail={"repeats": labels.repeats})
