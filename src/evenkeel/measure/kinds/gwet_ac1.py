from django.utils.translation import gettext_lazy as _

from ..metric import Agreement, Example, metric


@metric
class GwetAc1(Agreement):
    subject = "agreement"
    slug = "gwet_ac1"
    title = _("Gwet's AC1")
    why = _(
        "Agreement beyond chance, chance taken from how evenly the answers spread. Stays meaningful when one answer is "
        "rare, where alpha and kappa collapse."
    )
    formula = "(p_a − p_e) / (1 − p_e), p_e = Σ s(1−s) / (q−1)"
    source = "Gwet (2008) British J. Math. Stat. Psych. 61"
    coefficient = "ac1"
    guard = "krippendorff_alpha"
    grain = _("item with two or more labels")
    population = _("All labels of a programme as they stand, repeats among them.")
    # Four items, two people: alike on three of them.
    example = Example(
        rows=[
            {"item": item, "label": label}
            for item, labels in {"a": "xx", "b": "xx", "c": "xy", "d": "yy"}.items()
            for label in labels
        ],
        value=9 / 17,
        n=4,
    )
