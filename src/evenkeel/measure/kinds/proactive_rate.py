from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Rate, metric


@metric
class ProactiveRate(Rate):
    subject = "outcome"
    slug = "proactive_rate"
    title = _("Proactive rate")
    why = _("Of all actions, the share on content that was found before any user reported it.")
    formula = "proactive / actions; Wilson"
    source = "Meta, Community Standards Enforcement Report"
    guard = "prevalence"
    grain = _("action")
    population = _("Actions on items that say how they were found.")
    excludes = _("Items without the attribute source.")
    facts = (DECISIONS,)
    fact = DECISIONS
    # It tells of content, not of people.
    places = ("programme", "queue")
    kept = (("label",), ("language",), ("market",))
    example = Example(
        rows=[
            {"violates": True, "source": "proactive"},
            {"violates": True, "source": "reported"},
            {"violates": False, "source": "proactive"},
        ],
        value=0.5,
        n=2,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return rows.violates & rows.source.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return (rows.source == "proactive").cast("float64")
