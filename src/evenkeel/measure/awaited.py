"""Facts that metrics are ready for and that no room writes yet. Each metric over them answers "not known" until rows come.

They are not registered: the room that will write one declares it under the same name, with these columns among its own, and
this file loses it.
"""

from __future__ import annotations

from evenkeel.ground.log import Fact
from evenkeel.ground.log.facts import Column

_PLACE = {
    "programme_id": Column(kind="id", why="programme", is_dimension=True),
    "queue_id": Column(kind="id", why="queue", is_dimension=True),
    "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
    "site_id": Column(kind="id", why="her site then", is_dimension=True),
    "team_id": Column(kind="id", why="her team then", is_dimension=True),
    "worker_id": Column(kind="id", why="whose it is", is_dimension=True, is_personal=True),
}
_SIGN = {"id": Column(kind="id", why="the row"), "sign": Column(kind="whole", why="1; -1 when it was taken back")}

# Written by the room of wellness, which nothing may import; a test holds the two to the same columns.
EXPOSURES = Fact(
    name="exposures",
    why="Minutes of difficult content, day by day, by groups of five people or more. Nobody's own.",
    at="at",
    columns={
        **_SIGN,
        "at": Column(kind="moment", why="the end of the day (UTC)"),
        "organisation_id": Column(kind="id", why="organisation", is_dimension=True),
        "site_id": Column(kind="id", why="site; empty where a site has fewer than five", is_dimension=True),
        "team_id": Column(kind="id", why="team; empty where a team has fewer than five", is_dimension=True),
        "people": Column(kind="whole", why="how many people saw such content that day; five or more"),
        "seconds": Column(kind="number", why="how long all of them together"),
        "severe_seconds": Column(kind="number", why="of it, content of severity 3 and more"),
    },
)
SCHEDULE = Fact(
    name="schedule",
    why="One row a person's planned day, with how much of it was spent in the planned states.",
    at="day",
    columns={
        **_SIGN,
        "day": Column(kind="day", why="the day at the site", is_dimension=True),
        **_PLACE,
        "planned_s": Column(kind="number", why="seconds planned"),
        "kept_s": Column(kind="number", why="of them, seconds in the state that was planned"),
    },
)
# Runs of the twin write it, and register this declaration, until a room keeps contracts.
COSTS = Fact(
    name="costs",
    why="One row an amount that was spent, by what it was spent on.",
    at="day",
    columns={
        **_SIGN,
        "day": Column(kind="day", why="the day it belongs to", is_dimension=True),
        **_PLACE,
        "category": Column(kind="text", why="work, rework, appeals, credits, audit ...", is_dimension=True),
        "amount_cents": Column(kind="whole", why="how much, in cents of the house's currency"),
    },
)
