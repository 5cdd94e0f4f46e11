"""Much of a place is replaced by new people."""

from __future__ import annotations

from ...events import EVENTS, Event, Parameter


@EVENTS.register
class NewHireWave(Event):
    """On its first day a share of the teams in `where` leaves; new people sit down in their seats and learn."""

    slug = "new_hire_wave"
    title = "New-hire wave"
    why = "A contract grows or a team walks out: new people err more until they have learned."
    source = "0.3 to 1 of a team at once: 56 % leave an outsourcer in a year (ContactBabel, 2014), here in a week"
    parameters = {"share": Parameter(why="of each team's people that are replaced", default=0.6)}

    def hires(self, day: int, team: str) -> float:
        where = self.plan.where
        site = team.rsplit(" ", 1)[0]
        is_here = day == self.plan.from_day and where.get("team", team) == team and where.get("site", site) == site
        return float(self.settings["share"]) if is_here else 0.0
