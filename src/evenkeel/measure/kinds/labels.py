from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import Estimate

from ..labels import LabelSet
from ..metric import Example, Finding, StudyMetric, metric
from ..rules.guards import guards


@metric
class Labels(StudyMetric):
    subject = "productivity"
    slug = "labels"
    title = _("Labels")
    why = _("Answers in the programme as they stand, repeats among them, without those taken back.")
    formula = "Σ sign"
    unit = "count"
    digits = 0
    better = "neither"
    guard = "krippendorff_alpha"
    grain = _("answer")
    population = _("All labels of a programme as they stand.")
    example = Example(
        rows=[{"item": "a", "label": "x"}, {"item": "a", "label": "y"}, {"item": "b", "label": "x"}], value=3, n=3
    )

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        n = labels.n_labels
        totals = labels.counts.sum(axis=0).tolist()
        return Finding(
            estimate=Estimate(float(n), float(n), float(n), n, float(n), "counted"),
            detail={
                "items": int((labels.sizes > 0).sum()),
                "people": len(labels.workers),
                "experts": int((labels.truth >= 0).sum()),
                "totals": dict(zip(labels.classes, totals, strict=True)),
                "guards": [guard.to_dict() for guard in guards(labels)],
            },
        )
