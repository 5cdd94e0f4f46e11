"""Which of it happens on which day of a scenario."""

from __future__ import annotations

from ..world import World
from .checking import audit_again, score_audits
from .delivering import hand_in_week, judge_deliveries
from .golds import agree_on_golds, judge_golds, sit_exam
from .sessions import answer_all, hold, settle

_GOLDS_FROM, _EXAM_ON = 6, 10
_WEEKS = (7, 14, 21)
_SCORED_DAYS = 7
_TALK, _RING, _NEXT = "Deposits and payments outside the site", "Autumn ring test", "Insults in passing"
_TALK_ON, _RING_ON = 15, 20
_BLIND_DAYS = 2
# Of those who sat the exam: one knows the rules, one does not yet.
_SAT_BY = (0.97, 0.35)


def before_work(world: World, *, day: int) -> None:
    """What the house does in the morning: golden items, deliveries, sessions."""
    if not world.scenario.is_equipped:
        return
    if day == _GOLDS_FROM:
        agree_on_golds(world, day=day)
    if day in _WEEKS:
        hand_in_week(world, day=day)
    if day == _TALK_ON:
        hold(world, _TALK, day=day, days=_BLIND_DAYS, cases=8, a_team=1)
    if day == _RING_ON:
        hold(world, _RING, day=day, days=_BLIND_DAYS, cases=10, a_team=2, is_ring=True)
    if day == world.scenario.days - 1:
        hold(world, _NEXT, day=day, days=7, cases=6, a_team=5)


def after_work(world: World, *, day: int) -> None:
    """What auditors and those who are asked do once the day's work is audited. The last day's is left for visitors."""
    is_last = day == world.scenario.days - 1
    if not world.scenario.is_equipped:
        return
    for name, on in ((_TALK, _TALK_ON), (_RING, _RING_ON)):
        if day == on + 1:
            answer_all(world, name, day=day)
        if day == on + _BLIND_DAYS + 1:
            settle(world, name, day=day)
    if day == _EXAM_ON:
        members = world.cast.moderators
        sit_exam(world, day=day, people=tuple(zip((members[0], members[-1]), _SAT_BY, strict=True)))
    if not is_last:
        if day >= world.scenario.days - _SCORED_DAYS:
            score_audits(world, day=day)
        audit_again(world, day=day)
    if day >= _GOLDS_FROM:
        judge_golds(world, day=day)
    judge_deliveries(world, day=day)
