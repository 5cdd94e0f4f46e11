"""Some auditors stop finding errors."""

from __future__ import annotations

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Judged


@EVENTS.register
class AuditorDrift(Event):
    """The first auditors agree with a wrong answer more often: accuracy seems to rise, and nothing became better."""

    slug = "auditor_drift"
    title = "Auditor drift"
    why = "Auditors under time pressure wave answers through. The figure improves and the work does not."
    source = "no source: chosen, a third to nine tenths of errors waved through"
    is_fault = False
    parameters = {
        "auditors": Parameter(why="how many of them, the first ones", default=2, least=1, most=1000),
        "waves": Parameter(why="the chance that a wrong answer is waved through", default=0.5),
    }

    def judge(self, judged: Judged, rng: np.random.Generator) -> None:
        given = judged.work.label[judged.row]
        found = (judged.label != given) & (judged.auditor < self.settings["auditors"])
        waved = found & (rng.random(len(judged)) < self.settings["waves"])
        judged.label[waved] = given[waved]
