"""What the watch reads: the days of every watched figure, by everything in a programme that has a chart of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from evenkeel.people import Site, Team

from ..base import FigureMetric, Held
from ..metric import Rate
from ..models import DayParts
from ..rules.watchlist import Spot
from .held import Asked, held_by

KINDS = ("programme", "queue", "organisation", "site", "team")

Days = list[tuple[date, Held]]


@dataclass(frozen=True, kw_only=True)
class Places:
    """What lies in what: each team's site, each site's organisation."""

    site_of: Mapping[UUID, UUID]
    organisation_of: Mapping[UUID, UUID]

    @classmethod
    def read(cls) -> Places:
        """As it is now; two queries."""
        return cls(
            site_of=dict(Team.objects.values_list("pk", "site_id")),
            organisation_of=dict(Site.objects.values_list("pk", "organisation_id")),
        )

    def spot(self, programme_id: UUID, kind: str, target_id: UUID) -> Spot:
        """Where a series is, with what lies above a site or a team."""
        if kind == "queue":
            return Spot(programme=programme_id, queue=target_id)
        if kind == "organisation":
            return Spot(programme=programme_id, organisation=target_id)
        if kind == "site":
            return Spot(programme=programme_id, organisation=self.organisation_of.get(target_id), site=target_id)
        if kind == "team":
            site = self.site_of.get(target_id)
            above = self.organisation_of.get(site) if site is not None else None
            return Spot(programme=programme_id, organisation=above, site=site, team=target_id)
        return Spot(programme=programme_id)


def programmes_with_days(slugs: Collection[str], *, since: date, until: date) -> list[UUID]:
    """The programmes in which one of some stored metrics has a row on these days."""
    rows = DayParts.objects.filter(metric__in=list(slugs), day__gte=since, day__lt=until, programme__isnull=False)
    return list(rows.order_by().values_list("programme_id", flat=True).distinct())


def is_share(kind: type[FigureMetric]) -> bool:
    """Whether its points are shares of a number of cases, so that their limits follow from that number."""
    return issubclass(kind, Rate)


def days_by_target(
    programme_id: UUID, *, kinds: Sequence[type[FigureMetric]], since: date, until: date, places: Places
) -> dict[tuple[str, str, UUID], Days]:
    """The days of some metrics by (metric, kind of place, place): the programme, its queues, organisations, sites, teams.

    A query a kind of place (and one more for histograms). What is the only one of what lies above it is left out: it would
    tell the same story twice, and cost a part of the budget.
    """
    found: dict[tuple[str, str, UUID], Days] = {}
    asked = Asked(since=since, until=until, where={"programme": programme_id})
    for place in KINDS:
        own = [kind for kind in kinds if place in kind.places]
        if not own:
            continue
        by = ("day",) if place == "programme" else ("day", place)
        held: defaultdict[UUID, dict[date, Held]] = defaultdict(dict)
        for key, each in held_by(own, by, asked).items():
            target = programme_id if place == "programme" else key[1]
            if isinstance(target, UUID) and isinstance(key[0], date):
                held[target][key[0]] = each
        for target in _worth_their_own(place, held, places):
            days = sorted(held[target].items())
            for kind in own:
                mine = [(day, each) for day, each in days if _has(kind, each)]
                if mine:
                    found[kind.slug, place, target] = mine
    return found


def _has(kind: type[FigureMetric], held: Held) -> bool:
    """Whether a day has anything of a metric; what two metrics make needs both."""
    return all(slug in held.parts for slug in kind.needs()) and all(
        slug in held.sketches for slug in kind.sketched_from()
    )


def _worth_their_own(place: str, targets: Iterable[UUID], places: Places) -> list[UUID]:
    some = list(targets)
    if place == "programme":
        return some
    above = {"site": places.organisation_of, "team": places.site_of}.get(place, {})
    count = Counter(above.get(target) for target in some)
    return [target for target in some if count[above.get(target)] > 1]
