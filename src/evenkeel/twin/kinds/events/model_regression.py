"""A new version of the classifier sees less."""

from __future__ import annotations

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class ModelRegression(Event):
    """Scores in `where` lose part of what they knew; people are as good as they were."""

    slug = "model_regression"
    title = "Model regression"
    why = "A model version that was trained on other data: scores tell violations and others apart less well."
    source = "no source: chosen, 0.2 to 0.6 of the separation"
    is_fault = False
    parameters = {"lost": Parameter(why="the share of the separation that is gone", default=0.4)}

    def hurry(self, work: Work, rng: np.random.Generator) -> None:
        rows = work.mask(self.plan.where)
        work.score[rows] = work.score[rows] * (1 - self.settings["lost"]) + rng.normal(
            0, self.settings["lost"], int(rows.sum())
        )
