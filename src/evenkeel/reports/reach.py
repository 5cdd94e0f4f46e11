"""Whose dashboards, explorations and mailings these are. Others open an exploration by its audience: `queries.saved`."""

from evenkeel.ground.access import reach

from .models import Dashboard, Exploration, Mailing, Tile

reach(Dashboard, organisation="owner__organisation", own="owner")
reach(Tile, organisation="dashboard__owner__organisation", own="dashboard__owner")
reach(Exploration, organisation="organisation", own="owner")
reach(Mailing, organisation="person__organisation", own="person")
