"""What the house knows of the names in a file: people, sites and teams, queues and their guidelines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from evenkeel.people import Organisation, Site, Team, Worker, workers_by_code
from evenkeel.policy import PolicyVersion
from evenkeel.work import Programme, Queue

_MOST_NAMES = 5_000

Place = tuple[UUID | None, UUID | None]


class Known:
    """Looks names up, each once. A new one is made for each reading of a file."""

    def __init__(self, programme: Programme, organisation: Organisation):
        self.programme, self.organisation = programme, organisation
        self.workers: dict[str, Worker] = {}
        self.unknown_workers: dict[str, tuple[str, str, str]] = {}  # code -> name, site, team
        self.queues: dict[str, Queue] = {
            queue.name: queue for queue in Queue.objects.filter(programme=programme).select_related("form")
        }
        self.unknown_queues: dict[str, None] = {}
        self.unknown_places: dict[tuple[str, str], None] = {}
        self._versions: dict[UUID, tuple[list[datetime], list[PolicyVersion]]] = {}
        self._teams: dict[str, list[Team]] = {}
        self.look_at_places()

    def look_at_places(self) -> None:
        """Read the organisation's sites and teams, again when some were added."""
        self._sites = {site.name: site for site in self.organisation.sites.all()}
        self._teams = {}
        for team in Team.objects.filter(site__organisation=self.organisation).select_related("site"):
            self._teams.setdefault(team.name, []).append(team)

    def look_up(self, codes: Iterable[str]) -> None:
        """Find the workers of these codes, as far as they are not known yet."""
        asked = [code for code in dict.fromkeys(codes) if code not in self.workers and code not in self.unknown_workers]
        self.workers.update(workers_by_code(self.organisation, asked))
        for code in asked:
            if code not in self.workers:
                self.unknown_workers[code] = (code, "", "")

    def note_worker(self, code: str, *, name: str, site: str, team: str) -> None:
        """Remember what a row tells of somebody who is to be added; the last that tells something counts."""
        before = self.unknown_workers[code]
        where = (site, team) if site or team else before[1:]
        self.unknown_workers[code] = (name or before[0], *where)

    def place(self, site: str, team: str) -> Place | None:
        """The ids of a site and a team by name; None when there are none of these names, or two teams of one name."""
        if team:
            hits = [each for each in self._teams.get(team, ()) if not site or each.site.name == site]
            return (hits[0].site_id, hits[0].pk) if len(hits) == 1 else None
        found = self._sites.get(site)
        return (found.pk, None) if found is not None else None

    def site_named(self, name: str) -> Site | None:
        """The organisation's site of a name."""
        return self._sites.get(name)

    def note_place(self, site: str, team: str) -> None:
        """Remember a site or team that is to be added."""
        if len(self.unknown_places) < _MOST_NAMES:
            self.unknown_places[site, team] = None

    def policy_version(self, queue: str, at: datetime, number: int | None = None) -> UUID | None:
        """The version of the queue's guideline of a number, or that was in force; None where there is none."""
        found = self.queues.get(queue)
        if found is None or found.policy_id is None:
            return None
        if found.policy_id not in self._versions:
            rows = list(PolicyVersion.objects.filter(policy=found.policy_id).order_by("published_at", "number"))
            self._versions[found.policy_id] = [row.published_at for row in rows], rows
        moments, rows = self._versions[found.policy_id]
        if number is not None:
            return next((row.pk for row in rows if row.number == number), None)
        before = bisect_right(moments, at)
        return rows[before - 1].pk if before else None
