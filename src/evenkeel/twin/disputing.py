"""Findings that people object to in the last days, and what the quality manager makes of them the morning after."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from evenkeel.people import actor_for
from evenkeel.quality import Verdict, arbitrate, raise_dispute, take_dispute

from .organisation import Member
from .world import AUDITS, World

# Of findings that are right, some are disputed as well.
_STUBBORN = 0.03
_LAST_DAYS = 10
_READS_S = 150


def object_to_findings(world: World, *, day: int) -> None:
    """In the evening people object to what was found about them: mostly where the auditor was wrong."""
    share = world.scenario.disputed
    if not share or day < world.scenario.days - _LAST_DAYS:
        return
    members = {member.worker.pk: member for member in world.cast.moderators}
    evening = datetime.combine(world.date_of(day), time(20), world.began_at.tzinfo)
    found = Verdict.objects.filter(audited_at__gte=evening - timedelta(days=1), audited_at__lt=evening, is_right=False)
    for verdict in found.select_related("draw__decision__item").order_by("draw__decision__item__key"):
        decision = verdict.draw.decision
        rng = world.stream(AUDITS, int(decision.item.key.removeprefix("L-")), 1)
        is_wronged = world.truth[decision.item_id] == decision.label
        if rng.random() < (share if is_wronged else _STUBBORN):
            assert decision.worker_id is not None
            _object(members[decision.worker_id], verdict, is_wronged=is_wronged, now=evening)


def _object(member: Member, verdict: Verdict, *, is_wronged: bool, now: datetime) -> None:
    said = ("answer_right", "The rule says the opposite; please read the text to its end.") if is_wronged else (
        "policy_two_ways", "I read the rule differently, and so does everybody on my shift."
    )  # fmt: skip
    raise_dispute(actor_for(member.person, now=now), verdict=verdict, reason=said[0], text=said[1], now=now)


def settle_disputes(world: World, *, day: int) -> None:
    """In the morning the quality manager judges blind what was raised the day before."""
    if not world.scenario.disputed or day < world.scenario.days - _LAST_DAYS:
        return
    manager = world.cast.quality_manager
    moment = manager.at(world.date_of(day), time(9, 20))
    actor = actor_for(manager.person, now=moment)
    while (taken := take_dispute(actor, now=moment, programme=world.programme)) is not None:
        moment += timedelta(seconds=_READS_S)
        truth = world.truth[taken.verdict.draw.decision.item_id]
        is_clear = taken.verdict.label != truth
        arbitrate(
            actor,
            dispute=taken,
            answer={"label": truth},
            reason="clear_case" if is_clear else "rule_misread",
            text="" if is_clear else "The finding stands: the rule names this case.",
            now=moment,
        )
