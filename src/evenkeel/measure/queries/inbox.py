"""What stands above the list of signals: budgets and how they were kept, how fast signals are taken on, doubtful data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Organisation, Person

from .. import scopes
from ..models import Acknowledgement, AlarmBudget, DataProblem, Signal
from ..rules.budgets import OF_ORGANISATION, OF_PERSON, Kept

WEEKS = 8


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """A budget with its owner's name, and what came of it over the last weeks."""

    name: str
    organisation_id: UUID | None
    person_id: UUID | None
    kept: Kept


def budget_lines(actor: Actor, *, now: datetime) -> list[BudgetLine]:
    """The budgets of the organisations whose signals the actor may see, and her own; with the last eight weeks' counts.

    Signals about nobody's own part of a programme (the programme, a queue) are the house's.
    """
    since = now - timedelta(weeks=WEEKS)
    seen = visible(actor, scopes.SIGNAL_VIEW, Signal.objects.filter(raised_at__gte=since))
    rows = list(seen.values_list("organisation", "owner", "closed_at", "disposition__kind"))
    set_here = {row.organisation_id or row.person_id: row.per_week for row in AlarmBudget.objects.all()}
    house = Organisation.objects.filter(is_house=True).first()
    names = _organisations(actor, house)
    found = []
    for own in names:
        ids = {own.pk, None} if house is not None and own.pk == house.pk else {own.pk}
        mine = [row for row in rows if row[0] in ids]
        kept = _kept(mine, set_here.get(own.pk, OF_ORGANISATION))
        found.append(BudgetLine(name=own.name, organisation_id=own.pk, person_id=None, kept=kept))
    if actor.person_id is not None:
        mine = [row for row in rows if row[1] == actor.person_id]
        kept = _kept(mine, set_here.get(actor.person_id, OF_PERSON))
        found.append(BudgetLine(name=actor.name, organisation_id=None, person_id=actor.person_id, kept=kept))
    return found


def _organisations(actor: Actor, house: Organisation | None) -> list[Organisation]:
    if actor.is_outside and actor.organisation_id is not None:
        return list(Organisation.objects.filter(pk=actor.organisation_id))
    ids = set(visible(actor, scopes.SIGNAL_VIEW, Signal.objects.all()).values_list("organisation", flat=True))
    rows = Organisation.objects.filter(Q(pk__in=[pk for pk in ids if pk is not None]) | Q(alarm_budget__isnull=False))
    others = [row for row in rows.order_by("name") if house is None or row.pk != house.pk]
    return ([house] if house is not None else []) + others


def _kept(rows: Sequence[tuple[object, ...]], per_week: float) -> Kept:
    return Kept(
        per_week=per_week,
        weeks=WEEKS,
        raised=len(rows),
        noise=sum(row[3] == "noise" for row in rows),
        open=sum(row[2] is None for row in rows),
    )


def time_to_acknowledge(actor: Actor, *, now: datetime) -> tuple[float, int] | None:
    """How long signals of the last eight weeks waited until somebody took them on: median milliseconds, and of how many."""
    seen = visible(actor, scopes.SIGNAL_VIEW, Signal.objects.filter(raised_at__gte=now - timedelta(weeks=WEEKS)))
    rows = Acknowledgement.objects.filter(signal__in=seen).values_list("at", "signal__raised_at")
    waits = [(at - raised_at).total_seconds() * 1000 for at, raised_at in rows]
    return (float(median(waits)), len(waits)) if waits else None


def waited(signal: Signal, *, now: datetime) -> float:
    """How long a signal has waited, or waited, to be taken on or closed; milliseconds."""
    taken = getattr(signal, "acknowledgement", None)
    end = taken.at if taken is not None else signal.closed_at or now
    return float((end - signal.raised_at).total_seconds() * 1000)


def data_problems(actor: Actor) -> QuerySet[DataProblem]:
    """What stands in the way of judging figures now; the house's people only."""
    rows = visible(actor, scopes.SIGNAL_VIEW, DataProblem.objects.filter(gone_at=None))
    return rows.select_related("programme").order_by("programme__name", "metric", "since_on")


def people_for(signal: Signal, *, now: datetime) -> list[Person]:
    """Who may get a signal: everybody who may act on signals at its programme, by name; without its owner."""
    from evenkeel.people import people_with

    able = people_with(scopes.SIGNAL_ACT, now=now, kind="programme", target_id=signal.programme_id)
    return sorted(
        (person for person in able if person.pk != signal.owner_id), key=lambda person: person.name.casefold()
    )
