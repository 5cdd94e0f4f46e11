"""Golden items: two experts agree on listings of the first days, people meet them unawares, at a gate and in an exam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from evenkeel.people import actor_for
from evenkeel.policy import Certification, add_certification
from evenkeel.quality import open_exam, propose_gold, record_answers, say_gold, set_gold_mix, start_gate
from evenkeel.work import Decision, Item, Queue, add_queue, decide, take_batch

from ..organisation import SYSTEM, Member
from ..scenario import LABELS
from ..world import GOLDS, World, said

_PER_LABEL, _EXAM_PER_LABEL = 7, 6
_SHARE = 0.1
_EXAM = "Exam: scams and spam"
_RATIONALE = {
    "Allowed": "Nothing in the rules speaks against it.",
    "Spam": "Rule 3: it advertises something else than a thing.",
    "Scam": "Rule 2: money before anybody has seen anything.",
    "Abuse": "Rule 1: it insults somebody.",
}
_READS_S = 20
_UNDO = timedelta(minutes=10)


def agree_on_golds(world: World, *, day: int) -> None:
    """One expert proposes, the other says the same; a tenth of what is handed out is golden from then on."""
    cast, at = world.cast, world.cast.quality_manager.at(world.date_of(day), time(8, 45))
    proposer, second = actor_for(cast.quality_manager.person, now=at), actor_for(cast.expert.person, now=at)
    for label in LABELS:
        for place, item in enumerate(_items(world, label, _PER_LABEL + _EXAM_PER_LABEL)):
            gold = propose_gold(
                proposer, item=item, answer=label, rationale=_RATIONALE[label], provenance="by_hand",
                form=world.queue.form, difficulty=1 + place % 3, is_for_exams=place >= _PER_LABEL, now=at,
            )  # fmt: skip
            say_gold(second, gold=gold, label=label, now=at)
    set_gold_mix(proposer, queue=world.queue, share=_SHARE, now=at)
    passes = add_certification(SYSTEM, name="Scams and spam", policy=world.policy, now=at)
    room = add_queue(
        SYSTEM, programme=world.programme, name=_EXAM, form=world.queue.form, policy=world.policy, now=at
    )  # fmt: skip
    exam = open_exam(proposer, queue=room, certification=passes, good=0.9, bad=0.55, most=16, now=at)
    start_gate(
        proposer, queue=world.queue, name="Listings", consequence="warn", good=0.95, bad=0.65, risk_good=0.05,
        risk_bad=0.1, certification=passes, exam=exam, now=at,
    )  # fmt: skip


def judge_golds(world: World, *, day: int) -> None:
    """In the evening answers are final: they are recorded, and their makers judged at the gate."""
    record_answers(datetime.combine(world.date_of(day), time(21), world.began_at.tzinfo))


def sit_exam(world: World, *, day: int, people: Sequence[tuple[Member, float]]) -> None:
    """Some people sit the exam, each as able as is said."""
    room, passes = Queue.objects.get(programme=world.programme, name=_EXAM), Certification.objects.get()
    assert passes is not None
    for number, (member, accuracy) in enumerate(people):
        moment, rng = member.at(world.date_of(day), time(16)), world.stream(GOLDS, day, number)
        actor = actor_for(member.person, now=moment)
        while leases := take_batch(actor, queue=room, now=moment):
            for lease in leases:
                moment += timedelta(seconds=_READS_S)
                label = said(world.truth[lease.task.item_id], accuracy, rng)
                decide(
                    actor, lease_id=lease.id, answer={"label": label}, client_key=f"twin-{lease.id}",
                    active_ms=_READS_S * 1000, now=moment,
                )  # fmt: skip
        record_answers(moment + _UNDO)


def _items(world: World, label: str, count: int) -> list[Item]:
    decided = Decision.objects.filter(programme=world.programme, taken_back=None).values("item_id")
    found = Item.objects.filter(programme=world.programme, pk__in=decided).order_by("key")
    return [item for item in found if world.truth[item.pk] == label][:count]
