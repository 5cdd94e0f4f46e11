"""Somebody rushes through the end of the shift."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Bools, Work


@EVENTS.register
class ShiftEndRush(Event):
    """In the last hours of a shift, people in `where` take less time and err more."""

    slug = "shift_end_rush"
    title = "Shift-end rush"
    why = "A daily quota is caught up with in the last hour: less time on an item, more errors."
    source = "no source: chosen, the last one to two hours, half the time and 0.7 to 1.4 of error"
    parameters = {
        "hours": Parameter(why="how long before the end it begins", default=1.5, most=8.0),
        "faster": Parameter(why="by what times on an item are multiplied", default=0.5, least=0.05),
        "amount": Parameter(why="added to the error on the logit scale", default=1.0, most=4.0),
    }

    def _struck(self, work: Work) -> Bools:
        late: Bools = work.hour >= work.plan.habits.hours - self.settings["hours"]
        return work.mask(self.plan.where) & late

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[self._struck(work)] += self.settings["amount"]

    def hurry(self, work: Work, rng: np.random.Generator) -> None:
        work.seconds[self._struck(work)] *= self.settings["faster"]
