from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.work import DECISIONS

from ..metric import Example, Prevalence, metric


@metric
class PrevalenceRate(Prevalence):
    subject = "outcome"
    slug = "prevalence"
    title = _("Prevalence")
    why = _(
        "Share of views that were of content that breaks the policy (the violative view rate). From items that were "
        "drawn from the platform with known odds, whatever anybody reported."
    )
    formula = "Σ w·v·y / Σ w·v, w = 1 / π, v = views; Wilson on the effective sample size"
    source = "Meta transparency centre; arXiv 2602.18518"
    digits = 2
    better = "down"
    guard = "proactive_rate"
    grain = _("drawn item")
    population = _("Decisions on items with the attributes views and inclusion_probability.")
    facts = (DECISIONS,)
    fact = DECISIONS
    # It tells of content, not of people.
    places = ("programme", "queue")
    kept = (("language",), ("market",))
    example = Example(
        rows=[
            {"views": 1000.0, "item_pi": 0.01, "violates": False},
            {"views": 500.0, "item_pi": 0.01, "violates": False},
            {"views": 100.0, "item_pi": 0.1, "violates": True},
        ],
        value=1000 / 151_000,
        n=3,
    )

    @classmethod
    def where(cls, rows: Any) -> Any:
        return super().where(rows) & rows.violates.notnull()

    @classmethod
    def value(cls, rows: Any) -> Any:
        return rows.violates.cast("float64")
