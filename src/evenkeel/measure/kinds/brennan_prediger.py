from django.utils.translation import gettext_lazy as _

from ..metric import Agreement, Example, metric


@metric
class BrennanPrediger(Agreement):
    subject = "agreement"
    slug = "brennan_prediger"
    title = _("Brennan-Prediger")
    why = _(
        "Agreement beyond chance, all answers taken as equally likely. Does not depend on how often each was given."
    )
    formula = "(p_a − 1/q) / (1 − 1/q)"
    source = "Brennan, Prediger (1981) Educ. Psych. Measurement 41"
    coefficient = "brennan_prediger"
    guard = "gwet_ac1"
    grain = _("item with two or more labels")
    population = _("All labels of a programme as they stand, repeats among them.")
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
