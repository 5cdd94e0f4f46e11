"""How far a grant reaches into people's records."""

from evenkeel.ground.access import reach

from .models import (
    ApiToken,
    Heartbeat,
    Look,
    Notice,
    Organisation,
    Person,
    Presence,
    RoleGrant,
    Site,
    Team,
    TeamMove,
    TimeMark,
    TimeRequest,
    TimeSpan,
    Worker,
    WorkerSkill,
)

# A grant on a part does not reach the whole: who runs a team may not change its site.
reach(Organisation, organisation="pk")
reach(Site, organisation="organisation", site="pk")
reach(Team, organisation="site__organisation", site="site", team="pk")
reach(Worker, organisation="organisation", site="site", team="team", own="person")
reach(WorkerSkill, organisation="worker__organisation", site="worker__site", team="worker__team", own="worker__person")
reach(Person, organisation="organisation", site="worker__site", team="worker__team", own="pk")
reach(
    RoleGrant,
    organisation="person__organisation",
    site="person__worker__site",
    team="person__worker__team",
    own="person",
)
reach(ApiToken, organisation="person__organisation", own="person")
reach(Notice, organisation="person__organisation", own="person")
# Time belongs to the organisation, site and team of whoever spent it, as they were then.
reach(TimeSpan, organisation="organisation", site="site", team="team", own="worker__person")
for _of_worker in (Look, Presence, TeamMove, TimeMark, TimeRequest):
    reach(
        _of_worker,
        organisation="worker__organisation",
        site="worker__site",
        team="worker__team",
        own="worker__person",
    )
reach(Heartbeat, organisation=None)
