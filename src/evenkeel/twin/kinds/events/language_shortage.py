"""A market is worked on by people who hardly speak its language."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class LanguageShortage(Event):
    """Everybody who decides in the market of `where` errs more and takes longer."""

    slug = "language_shortage"
    title = "Language shortage"
    why = "The people who speak a market's language are gone, and others stand in with a translation beside them."
    source = "no source: chosen, 0.6 to 1.2 and 1.2 to 1.6 times the time"
    parameters = {
        "amount": Parameter(why="added to the error on the logit scale", default=0.8, most=4.0),
        "slower": Parameter(why="by what times on an item are multiplied", default=1.3, least=1.0, most=5.0),
    }

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        error[work.mask(self.plan.where)] += self.settings["amount"]

    def hurry(self, work: Work, rng: np.random.Generator) -> None:
        work.seconds[work.mask(self.plan.where)] *= self.settings["slower"]
