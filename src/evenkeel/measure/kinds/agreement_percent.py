from django.utils.translation import gettext_lazy as _

from ..labels import LabelSet
from ..metric import Example, Finding, StudyMetric, metric


@metric
class AgreementPercent(StudyMetric):
    subject = "agreement"
    slug = "agreement_percent"
    title = _("Percent agreement")
    why = _(
        "Share of pairs of answers to the same item that are alike. Simple, but part of it is luck: see the others."
    )
    formula = "mean over items of Σ c(c−1) / m(m−1)"
    guard = "krippendorff_alpha"
    grain = _("item with two or more labels")
    population = _("All labels of a programme as they stand, repeats among them.")
    # Two items agree, the third has one agreeing pair in three.
    example = Example(
        rows=[
            {"item": item, "label": label}
            for item, labels in {"a": "xx", "b": "yy", "c": "xxy"}.items()
            for label in labels
        ],
        value=(1 + 1 + 1 / 3) / 3,
        n=3,
    )

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        found = labels.agreement
        return Finding(
            estimate=found.percent,
            detail={"class_shares": dict(zip(labels.classes, map(float, found.class_shares), strict=True))},
        )
