"""What looking costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...scoring import SCORES, Line, Run, Score

_WEEK = 7


@SCORES.register
class Audits(Score):
    slug = "audits"
    title = "What audits cost"
    why = (
        "Audits a week, their hours where an auditor needs as long as whoever decided, and those hours at the price of the "
        "house's own site (the dearest one where the house has none)."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        cells, weeks = run.columns, run.days / _WEEK
        each = cells["seconds"] / np.maximum(cells["n"], 1)
        hours = float((cells["audited"] * each).sum()) / 3_600 / weeks
        found = {
            "audits, a week": float(cells["audited"].sum()) / weeks,
            "hours of audits, a week": hours,
            "cost of audits, a week": hours * _price(run),
        }
        for name, value in found.items():
            yield Line(score=cls.slug, name=name, n=1, value=value)


def _price(run: Run) -> float:
    """What an auditor's hour costs."""
    plan = run.told["plan"]
    prices = {each["organisation"]: float(each["cost_an_hour"]) for each in plan["sites"]}
    return prices.get(plan["house"], max(prices.values()))
