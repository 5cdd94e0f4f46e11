"""A clause becomes hard to read for everybody."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class AmbiguousClause(Event):
    """Everybody's error on the clause in `where` rises on the logit scale."""

    slug = "ambiguous_clause"
    title = "Ambiguous clause"
    why = "The wording of a clause lets two readings stand, so everybody errs more on it."
    source = "no source: chosen, 0.5 to 1.5; where wording is loose alpha falls to .35 to .45 (HS-Brexit, ConvAbuse)"
    parameters = {"amount": Parameter(why="added to the error on the logit scale", default=1.0, most=4.0)}

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask(self.plan.where)] += self.settings["amount"]
