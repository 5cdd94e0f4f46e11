"""How many false signals a week the budgets allow the charts of a programme together."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from evenkeel.people import Organisation

from ..models import Series
from ..rules.budgets import FLOOR_PART, POINTS_A_WEEK, Share, rates
from .watchlist import Owners, budgets


def promised_a_week(programme_id: UUID, *, now: datetime) -> tuple[float, date | None]:
    """False alarms a week that the day-by-day charts with a whole baseline may raise, and since when there are such.

    Assumes that nobody but the programme's owner answers for them. What the watch reckons with: an even part of the
    organisation's and of the owner's budget each, the smaller one, never laxer than a textbook chart.
    """
    house = Organisation.objects.filter(is_house=True).values_list("pk", flat=True).first()
    owner = Owners(now=now).of(programme_id, by_list=None)
    by_organisation, by_person = budgets()
    ready = Series.objects.filter(programme=programme_id, clock="day").exclude(baseline_until_on=None)
    rows = list(ready.values_list("pk", "organisation", "baseline_until_on"))
    shares = [
        Share(
            key=pk, grain="day", organisation_id=None if own == house else own,
            owner_id=owner.pk if owner is not None else None,
        )
        for pk, own, _until in rows
    ]  # fmt: skip
    part = 1 - FLOOR_PART if Series.objects.filter(clock="live").exists() else 1.0
    found = rates(shares, organisations=by_organisation, people=by_person, part=part)
    return POINTS_A_WEEK["day"] * sum(found.values()), min((until for _pk, _own, until in rows if until), default=None)
