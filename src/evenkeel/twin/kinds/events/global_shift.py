"""Everybody gets worse at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class GlobalShift(Event):
    """Everybody's error rises on the logit scale; leave `where` empty."""

    slug = "global_shift"
    title = "Global shift"
    why = "A new policy version, or a new tool, makes everybody worse at once: no place is to blame."
    source = "no source: chosen, 0.3 to 1; 0.5 is three points of accuracy at 0.94"
    parameters = {"amount": Parameter(why="added to the error on the logit scale", default=0.5, most=4.0)}

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask(self.plan.where)] += self.settings["amount"]
