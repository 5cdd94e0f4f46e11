"""Neighbours answer alike without looking."""

from __future__ import annotations

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class CopyingRing(Event):
    """A share of the answers in `where` is the answer that stood before in the same team, given in a few seconds."""

    slug = "copying_ring"
    title = "Copying ring"
    why = "Answers are passed round instead of items being looked at: fast, alike, and right only by chance."
    source = "no source: chosen, 0.1 to 0.4 of a team's answers and 3 to 8 seconds"
    parameters = {
        "share": Parameter(why="of the answers that are copied", default=0.2),
        "seconds": Parameter(why="how long a copied answer takes", default=4.0, most=60.0),
    }

    def answer(self, work: Work, rng: np.random.Generator) -> None:
        rows = np.flatnonzero(work.mask(self.plan.where))
        rows = rows[np.argsort(work.at[rows], kind="stable")]
        copied = rng.random(len(rows)) < self.settings["share"]
        copied[:1] = False
        # Of a neighbour's answers as many fit by chance as the clause has of them.
        alike = np.bincount(work.label[rows], minlength=len(work.plan.labels)) / max(len(rows), 1)
        share = float(self.settings["share"])
        work.chance[rows] = (1 - share) * work.chance[rows] + share * alike[work.truth[rows]]
        before = work.label[rows[np.flatnonzero(copied) - 1]]
        work.label[rows[copied]] = before
        work.seconds[rows[copied]] = self.settings["seconds"]
