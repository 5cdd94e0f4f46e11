from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS, OPEN_ITEMS

from ..metric import Example, LifeTable, metric


@metric
class TurnaroundWithOpen(LifeTable):
    subject = "latency"
    slug = "turnaround_with_open"
    title = _("Turnaround, median, open items counted")
    why = _(
        "The time after which half of the items are done, where items still open count for as long as they have been "
        "open. Where old items lie and new ones are done first, it shows what the plain median hides."
    )
    formula = "Kaplan-Meier over decided and open items, those open before at risk from their age on"
    source = "Kaplan, Meier (1958) JASA 53"
    better = "down"
    guard = "accuracy"
    owner = "lead"
    grain = _("item")
    population = _("Items decided in the period, and those open at its end.")
    facts = (DECISIONS, OPEN_ITEMS)
    of = "turnaround"
    p = 0.5
    scale = 1000.0
    places = ("programme", "queue")
    example = Example(
        beside={
            "turnaround": [{"turnaround_s": s} for s in (3600.0, 7200.0, 10_800.0)],
            "open_age": [{"is_whole": False, "items": 3, "age_s": 9000.0}],
        },
        value=10_800_000,
        n=3,
    )
