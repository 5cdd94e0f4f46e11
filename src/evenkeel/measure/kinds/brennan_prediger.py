from django.utils.translation import gettext_lazy as _

from ..labels import LabelSet
from ..metric import Example, Finding, StudyMetric, metric, standard_error


@metric
class BrennanPrediger(StudyMetric):
    slug = "brennan_prediger"
    title = _("Brennan-Prediger")
    why = _(
        "Agreement beyond chance, all answers taken as equally likely. Does not depend on how often each was given."
    )
    formula = "(p_a − 1/q) / (1 − 1/q)"
    source = "Brennan, Prediger (1981) Educ. Psych. Measurement 41"
    unit = "number"
    digits = 4
    guard = "gwet_ac1"
    grain = _("item with two or more labels")
    # Four items, two people: alike on three of them.
    example = Example(
        rows=[
            {"item": item, "label": label}
            for item, labels in {"a": "xx", "b": "xx", "c": "xy", "d": "yy"}.items()
            for label in labels
        ],
        value=0.5,
        n=4,
    )

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        found = labels.agreement
        return Finding(
            estimate=found.brennan_prediger,
            detail={
                "chance": found.chance["brennan_prediger"],
                "standard_error": standard_error(found.brennan_prediger),
            },
        )
