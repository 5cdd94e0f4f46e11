"""The tool is slow."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...events import EVENTS, Event, Parameter
from ...wide.day import Work


@EVENTS.register
class ToolLatency(Event):
    """Each item in `where` takes longer, so fewer are done; nobody errs more."""

    slug = "tool_latency"
    title = "Tool latency"
    why = "Pages load slowly at a site: handle time rises and output falls, quality does not."
    source = "no source: chosen, 1.2 to 2 times the time"
    is_fault = False
    parameters = {"slower": Parameter(why="by what times on an item are multiplied", default=1.4, least=1.0, most=5.0)}

    def speed(self, work: Work) -> Any:
        return np.where(work.mask(self.plan.where), self.settings["slower"], 1.0)
