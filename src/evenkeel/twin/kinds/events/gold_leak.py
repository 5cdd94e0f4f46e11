"""The gold items of a team are known to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class GoldLeak(Event):
    """People in `where` hardly err on gold items, and answer them fast; their ordinary work is as it was."""

    slug = "gold_leak"
    title = "Gold leak"
    why = "A list of gold items goes round in a chat: accuracy on golds rises far above accuracy on audited work."
    source = (
        "no source for the size: chosen, 1 to 4 and a third to all of the time; that it works: Checco and others, 2018"
    )
    is_fault = False
    parameters = {
        "amount": Parameter(why="taken off the error on gold items, on the logit scale", default=3.0, most=8.0),
        "faster": Parameter(why="by what times on gold items are multiplied", default=0.5, least=0.05),
    }

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask(self.plan.where) & work.gold] -= self.settings["amount"]

    def hurry(self, work: Work, rng: np.random.Generator) -> None:
        work.seconds[work.mask(self.plan.where) & work.gold] *= self.settings["faster"]
