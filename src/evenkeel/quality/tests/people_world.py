"""A queue of grave content whose guideline has an unclear clause: Mo and Pia decided, Ada audited, Mo met golden items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from evenkeel.people import Person, Worker
from evenkeel.policy import add_policy, publish_version
from evenkeel.quality import UnclearClause, draw_due, give_verdict, set_gold_mix, start_plan, take_audit
from evenkeel.quality.skill_keeping import keep_skill
from evenkeel.work import change_queue

from .conftest import NOW, SYSTEM, House, make_house, worker_of
from .gold_world import GoldWorld, gold_world

MO, PIA = ("Safe", "Safe", "Unsure"), ("Safe",)
FOUND = ("Unsafe", "Safe", "Unsafe", "Unsafe")


@dataclass
class People:
    """Edda keeps quality, Lea leads, Mo is ours, Pia and Vera are the partner's; Vera leads Pia. `golds` has the clock."""

    house: House
    golds: GoldWorld
    edda: Person
    lea: Person
    ada: Person
    mo: Person
    pia: Person
    vera: Person

    @property
    def worker(self) -> Worker:
        """Mo, as a worker."""
        return worker_of(self.mo)


def build_people() -> People:
    """The world, made by acts; severity 3, and the answer "Unsure" unclear since before anything was decided."""
    house = make_house()
    policy = add_policy(SYSTEM, name="Safety", now=NOW)
    version = publish_version(SYSTEM, policy=policy, body_markdown="# Threats", now=NOW)
    change_queue(SYSTEM, queue=house.queue, policy=policy, severity=3, now=NOW)
    house.queue.refresh_from_db()
    flag = {"clause": "Unsure", "bound": 0.8, "estimate": {}, "from_at": NOW - timedelta(hours=1)}
    UnclearClause.objects.create(policy=policy, version=version, **flag)
    golds = gold_world(house)
    lea, ada, mo = house.person("Lea", "lead"), house.person("Ada", "qa_specialist"), house.person("Mo", "moderator")
    pia = house.person("Pia", "moderator", organisation=house.partner)
    vera = house.person("Vera", "vendor_manager", "quality_manager", organisation=house.partner)
    start_plan(SYSTEM, programme=house.programme, name="All", rate=1, now=NOW)
    house.decide(mo, MO)
    house.decide(pia, PIA)
    draw_due(house.later)
    found = iter(FOUND)
    for number in range(len(FOUND) - 1):
        task = take_audit(house.actor(ada), now=house.later)
        assert task is not None
        give_verdict(
            house.actor(ada), task_id=task.pk, answer={"label": next(found)}, client_key=f"people-{number:04}",
            active_ms=60_000, now=house.later,
        )  # fmt: skip
    golds.golds(3)
    golds.items(8, queue=house.queue)
    set_gold_mix(SYSTEM, queue=house.queue, share=0.5, now=NOW)
    golds.now = NOW + timedelta(hours=1)
    golds.work(mo, house.queue)
    golds.settle()
    keep_skill(golds.now)
    return People(house, golds, golds.experts[0], lea, ada, mo, pia, vera)
