from django.utils.translation import gettext_lazy as _

from ..metric import Agreement, Example, metric


@metric
class FleissKappa(Agreement):
    subject = "agreement"
    slug = "fleiss_kappa"
    title = _("Fleiss' kappa")
    why = _(
        "Agreement beyond chance as alpha has it, without its correction for small samples. Here for comparison with "
        "published work."
    )
    formula = "(p_a − p_e) / (1 − p_e), p_e = Σ s²"
    source = "Fleiss (1971) Psychological Bulletin 76; Gwet (2014)"
    coefficient = "fleiss"
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
        value=7 / 15,
        n=4,
    )
