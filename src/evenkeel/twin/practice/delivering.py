"""A vendor hands its week in, and its sample is judged by the standard."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from evenkeel.people import actor_for
from evenkeel.quality import AcceptanceScheme, hand_in, judge_due

from ..world import World

_WEEK = 7


def hand_in_week(world: World, *, day: int) -> None:
    """The seven days before `day`, as one delivery; its audits stand among the others."""
    at = world.cast.quality_manager.at(world.date_of(day), time(9))
    midnight = datetime.combine(world.date_of(day), time(0), world.began_at.tzinfo)
    scheme = AcceptanceScheme.objects.get(programme=world.programme)
    hand_in(
        actor_for(world.cast.quality_manager.person, now=at), scheme=scheme, name=f"Week {day // _WEEK}",
        from_at=midnight - timedelta(days=_WEEK), until_at=midnight, now=at,
    )  # fmt: skip


def judge_deliveries(world: World, *, day: int) -> None:
    """In the evening: accepted or rejected, where the sample is audited."""
    judge_due(datetime.combine(world.date_of(day), time(21, 30), world.began_at.tzinfo))
