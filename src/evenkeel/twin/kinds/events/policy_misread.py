"""One place takes a clause for another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class PolicyMisread(Event):
    """Items of `clause` are answered `taken_as` with a probability, wherever `where` says."""

    slug = "policy_misread"
    title = "Policy misread"
    why = "A team, site or market reads a clause differently from everybody else, as after a briefing that went wrong."
    source = "no source: chosen, 0.2 to 0.95: from a nuance missed to a rule turned round"
    parameters = {
        "clause": Parameter(why="the true clause", is_text=True),
        "taken_as": Parameter(why="the answer that is given instead", is_text=True),
        "probability": Parameter(why="how often", default=0.4),
    }

    def answer(self, work: Work, rng: np.random.Generator) -> None:
        rows = np.flatnonzero(work.mask({**self.plan.where, "clause": self.settings["clause"]}))
        struck = rows[rng.random(len(rows)) < self.settings["probability"]]
        work.chance[rows] *= 1 - float(self.settings["probability"])
        work.label[struck] = work.plan.labels.index(self.settings["taken_as"])

    @property
    def blames(self) -> Mapping[str, Any]:
        return {**self.plan.where, "clause": self.settings["clause"]}
