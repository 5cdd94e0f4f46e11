"""How far a grant reaches into people's records."""

from evenkeel.ground.access import reach

from .models import Organisation, Person, RoleGrant, Site, Team, Worker

reach(Organisation, organisation="pk", site="sites", team="sites__teams")
reach(Site, organisation="organisation", site="pk", team="teams")
reach(Team, organisation="site__organisation", site="site", team="pk")
reach(Worker, organisation="organisation", site="site", team="team")
reach(Person, organisation="organisation", site="worker__site", team="worker__team")
reach(RoleGrant, organisation="person__organisation", site="person__worker__site", team="person__worker__team")
