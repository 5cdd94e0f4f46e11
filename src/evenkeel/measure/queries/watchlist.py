"""Who has what watched where: the lines that somebody set, those of targets, and accuracy in every programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Person, people_with
from evenkeel.work import Programme

from .. import scopes
from ..base import FigureMetric
from ..metric import day_metric, metrics
from ..models import AlarmBudget, Target, Watch
from ..rules.watchlist import Line, Watchlist

ALWAYS = "accuracy"


def watch_lines(actor: Actor) -> QuerySet[Watch]:
    """The lines that the actor may see, those that hold first."""
    rows = visible(actor, scopes.SIGNAL_VIEW, Watch.objects.all())
    return rows.select_related("organisation", "site", "team", "programme", "queue", "owner", "set_by")


def watchlist(*, on: date) -> Watchlist:
    """Everything that is watched on a day. A target's line is answered for by whoever set it."""
    found = [
        Line(metric=row.metric, kind=row.kind, place_id=row.place_id, owner_id=row.owner_id, is_on=row.sort == "on")
        for row in Watch.objects.filter(ended_at=None)
    ]
    rows = Target.objects.filter(Q(until_on=None) | Q(until_on__gt=on), since_on__lte=on).select_related(
        "line", "set_by"
    )
    for row in rows:
        is_here = row.set_by is not None and row.set_by.is_active
        place = None if row.line.kind == "everywhere" else row.line.place_id
        found.append(
            Line(
                metric=row.line.metric, kind=row.line.kind, place_id=place,
                owner_id=row.set_by_id if is_here else None, origin="target",
            )
        )  # fmt: skip
    found.append(Line(metric=ALWAYS, kind="everywhere", place_id=None, origin="programme"))
    return Watchlist(found)


def daily_metrics(slugs: Iterable[str]) -> list[type[FigureMetric]]:
    """Those of some metrics that can be charted day by day in a programme; a metric that is gone is left out."""
    found = []
    for slug in slugs:
        if slug in metrics:
            try:
                kind = day_metric(slug)
            except ValueError:
                continue
            if kind.is_daily and "programme" in kind.places:
                found.append(kind)
    return found


def budgets() -> tuple[dict[UUID | None, float], dict[UUID, float]]:
    """What was set: false alarms a week by organisation (the house as None), and by person."""
    from evenkeel.people import Organisation

    by_organisation: dict[UUID | None, float] = {}
    by_person: dict[UUID, float] = {}
    house = Organisation.objects.filter(is_house=True).values_list("pk", flat=True).first()
    for row in AlarmBudget.objects.all():
        if row.person_id is not None:
            by_person[row.person_id] = row.per_week
        elif row.organisation_id is not None:
            by_organisation[None if row.organisation_id == house else row.organisation_id] = row.per_week
    return by_organisation, by_person


class Owners:
    """Who answers for a series: by the list, else its programme's owner, else the first who may act on its signals."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._people: dict[UUID, Person] = {}
        self._able: dict[UUID, Person | None] = {}
        self._programmes = {row.pk: row for row in Programme.objects.select_related("owner")}

    def of(self, programme_id: UUID, *, by_list: UUID | None) -> Person | None:
        """The person, or None where there is nobody."""
        if by_list is not None:
            if by_list not in self._people:
                self._people[by_list] = Person.objects.get(pk=by_list)
            if self._people[by_list].is_active:
                return self._people[by_list]
        owner = self._programmes[programme_id].owner
        if owner is not None and owner.is_active:
            return owner
        if programme_id not in self._able:
            able = people_with(scopes.SIGNAL_ACT, now=self._now, kind="programme", target_id=programme_id)
            self._able[programme_id] = able[0] if able else None
        return self._able[programme_id]
