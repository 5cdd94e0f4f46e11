from django.utils.translation import gettext_lazy as _

from ..metric import Agreement, Example, metric


@metric
class KrippendorffAlpha(Agreement):
    subject = "agreement"
    slug = "krippendorff_alpha"
    title = _("Krippendorff's alpha")
    why = _(
        "Agreement beyond chance, chance taken from how often each answer was given. 1 is perfect, 0 is luck. Falls "
        "towards 0 when nearly all items get the same answer, however well people agree."
    )
    formula = "1 − D_o / D_e"
    source = "Krippendorff (2011); standard error by Gwet's linearisation"
    coefficient = "alpha"
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
        value=8 / 15,
        n=4,
    )
