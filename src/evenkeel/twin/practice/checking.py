"""What auditors do after their audits: fill in scorecards, judge some of each other's verdicts blind, have them settled."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta

from evenkeel.ground.errors import NotNow
from evenkeel.people import actor_for, end_shift
from evenkeel.quality import Verdict, answer_check, score_verdict, take_check

from ..organisation import Member
from ..world import CHECKS, World, said

_SCORED_A_DAY = 8
_CHECK_S = 60


def score_audits(world: World, *, day: int) -> None:
    """Each auditor fills in the scorecard of her first audits of the day."""
    evening = datetime.combine(world.date_of(day), time(17, 30), world.began_at.tzinfo)
    for auditor in world.cast.auditors:
        actor, moment = actor_for(auditor.person, now=evening), evening
        own = Verdict.objects.filter(auditor=auditor.worker, audited_at__date=world.date_of(day), corrects=None)
        for verdict in own.select_related("draw__decision").order_by("id")[:_SCORED_A_DAY]:
            moment += timedelta(seconds=_CHECK_S)
            number = int(verdict.draw.decision.item.key.removeprefix("L-"))
            marks = {
                "decision": "met" if verdict.is_right else "missed",
                "whole": "partly" if number % 5 == 0 else "met",
                "comment": ("met", "na", "missed")[number % 3],
            }
            score_verdict(
                actor, verdict=verdict, marks=marks, severity=None if verdict.is_right else 2,
                cause="" if verdict.is_right else ("rule misread", "haste")[number % 2],
                client_key=f"score-{verdict.pk}", now=moment,
            )  # fmt: skip


def audit_again(world: World, *, day: int) -> None:
    """The other auditor judges what was drawn a second time; where the two differ, those who manage quality settle it."""
    evening = datetime.combine(world.date_of(day), time(19), world.began_at.tzinfo)
    for auditor in world.cast.auditors:
        _take_all(world, auditor, accuracy=world.scenario.auditor_accuracy, now=evening)
    for expert in (world.cast.quality_manager, world.cast.expert):
        _take_all(world, expert, accuracy=1.0, now=evening + timedelta(hours=1))
    home = evening + timedelta(hours=2)
    for auditor in world.cast.auditors:
        # Whoever audited nothing today has not begun.
        with suppress(NotNow):
            end_shift(actor_for(auditor.person, now=home), worker=auditor.worker, now=home)


def _take_all(world: World, member: Member, *, accuracy: float, now: datetime) -> None:
    actor, moment = actor_for(member.person, now=now), now
    while (check := take_check(actor, programme=world.programme, now=moment)) is not None:
        item = check.draw.decision.item
        rng = world.stream(CHECKS, int(item.key.removeprefix("L-")), int(accuracy < 1))
        moment += timedelta(seconds=_CHECK_S)
        answer_check(
            actor, check_id=check.pk, answer={"label": said(world.truth[item.pk], accuracy, rng)},
            client_key=f"check-{check.pk}-{check.stage}"[:64], active_ms=_CHECK_S * 1000, now=moment,
        )  # fmt: skip
