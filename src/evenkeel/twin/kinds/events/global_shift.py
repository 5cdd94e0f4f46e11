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
    source = "0.3 to 0.8: accuracy falls by two to five points in the weeks after a large policy change"
    parameters = {"amount": Parameter(why="added to the error on the logit scale", default=0.5, most=4.0)}

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask(self.plan.where)] += self.settings["amount"]
