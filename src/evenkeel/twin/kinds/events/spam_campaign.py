"""A campaign floods a market with one clause, copied a thousand times."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class SpamCampaign(Event):
    """`clause` comes many times as often in the market of `where`, and is easier than usual: it is always the same."""

    slug = "spam_campaign"
    title = "Spam campaign"
    why = "A flood of the same thing: the mix shifts at once, handle time falls, and accuracy on the clause rises."
    source = "no source: chosen, four to thirty times the odds"
    is_fault = False
    parameters = {
        "clause": Parameter(why="what the campaign breaks", is_text=True),
        "times": Parameter(why="by what its odds are multiplied", default=8.0, least=1.0, most=100.0),
        "easier": Parameter(why="taken off the error on the logit scale", default=0.5, most=4.0),
    }

    def lean(self, market: str, clause: str) -> float:
        is_here = self.plan.where.get("market", market) == market and clause == self.settings["clause"]
        return float(self.settings["times"]) if is_here else 1.0

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask({**self.plan.where, "clause": self.settings["clause"]})] -= self.settings["easier"]
