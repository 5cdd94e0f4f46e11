"""Other things come in than before; people are as good as they were."""

from __future__ import annotations

from ...events import EVENTS, Event, Parameter


@EVENTS.register
class MixShift(Event):
    """The odds of `clause` are multiplied in the market of `where`, or in all. No fault of anybody's."""

    slug = "mix_shift"
    title = "Mix shift"
    why = "A season or a product launch brings more of a harder clause: accuracy moves though nobody works differently."
    source = "no source: chosen, two to four times the odds"
    is_fault = False
    parameters = {
        "clause": Parameter(why="which clause comes more often", is_text=True),
        "times": Parameter(why="by what its odds are multiplied", default=2.0, least=0.05, most=50.0),
    }

    def lean(self, market: str, clause: str) -> float:
        is_here = self.plan.where.get("market", market) == market and clause == self.settings["clause"]
        return float(self.settings["times"]) if is_here else 1.0
