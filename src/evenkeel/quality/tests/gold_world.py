"""A queue with golden items, two experts, and a person who answers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from evenkeel.people import Person
from evenkeel.policy import version_in_force
from evenkeel.quality import Gold, record_answers
from evenkeel.work import Item, NewItem, Queue, add_items, add_queue, decide, fill_queue, take_batch

from .conftest import NOW, SYSTEM, House

_keys = count(1)


@dataclass
class GoldWorld:
    """The house with experts who agree, and a clock of its own."""

    house: House
    experts: list[Person]
    now: datetime = NOW

    def items(self, n: int, *, queue: Queue | None = None) -> list[Item]:
        """New items, put into a queue if one is named."""
        new = [NewItem(key=f"g-{next(_keys)}", content={"text": f"Case {number}"}) for number in range(n)]
        made = list(add_items(SYSTEM, programme=self.house.programme, items=new, now=self.now))
        if queue is not None:
            fill_queue(SYSTEM, queue=queue, item_ids=[item.pk for item in made], now=self.now)
        return made

    def golds(self, n: int, *, labels: tuple[str, ...] = ("Safe", "Unsafe"), **said: Any) -> list[Gold]:
        """Golden items in force, as experts would have made them."""
        found = version_in_force(self.house.queue.policy, self.now) if self.house.queue.policy else None
        return Gold.objects.bulk_create(
            Gold(
                programme=self.house.programme, form=self.house.form.form, item=item, label=labels[number % len(labels)],
                rationale="It says so.", provenance="by_hand", policy_version=found, proposed_at=self.now,
                state=Gold.IN_FORCE, state_at=self.now, **said,
            )
            for number, item in enumerate(self.items(n))
        )  # fmt: skip

    def queue(self, name: str, **said: Any) -> Queue:
        """Another queue of the programme."""
        return add_queue(
            SYSTEM, programme=self.house.programme, name=name, form=self.house.form.form, now=self.now, **said
        )

    def work(self, person: Person, queue: Queue, *, right: bool = True, active_ms: int = 4_000) -> list[bool]:
        """Take what is handed out and decide it; golden items right or wrong. Says of each whether it was golden."""
        actor, was = self.house.actor(person), []
        truths = dict(Gold.objects.exclude(state=Gold.RETIRED).values_list("item_id", "label"))
        for lease in take_batch(actor, queue=queue, now=self.now):
            truth = truths.get(lease.task.item_id, "Safe")
            label = truth if right else next(each for each in ("Safe", "Unsafe") if each != truth)
            decide(
                actor, lease_id=lease.pk, answer={"label": label}, client_key=f"gold-world-{next(_keys):06}",
                active_ms=active_ms, now=self.now,
            )  # fmt: skip
            was.append(lease.planted_id is not None)
        return was

    def settle(self) -> int:
        """Let the undo window pass and the minute's job run."""
        self.now += timedelta(minutes=5)
        return record_answers(self.now)


def gold_world(house: House) -> GoldWorld:
    """The world, made in a test's house."""
    return GoldWorld(house, [house.person("Edda", "quality_manager"), house.person("Egon", "quality_manager")])
