"""An election, a war, a disaster in one market."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class RegionalEvent(Event):
    """In the market of `where` everything but the first clause comes more often, and is harder."""

    slug = "regional_event"
    title = "Regional event"
    why = "Violations surge in one market with new words and faces: more of it, and harder to judge."
    source = "no source: chosen, two to five times the odds and 0.4 to 1 of error"
    parameters = {
        "times": Parameter(why="by what the odds of violations are multiplied", default=2.5, least=1.0, most=50.0),
        "amount": Parameter(why="added to the error on the logit scale", default=0.6, most=4.0),
        "allowed": Parameter(why="the clause that allows", is_text=True),
    }

    def lean(self, market: str, clause: str) -> float:
        is_here = self.plan.where.get("market", market) == market and clause != self.settings["allowed"]
        return float(self.settings["times"]) if is_here else 1.0

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask(self.plan.where)] += self.settings["amount"]
