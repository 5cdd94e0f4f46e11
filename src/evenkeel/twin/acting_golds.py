"""Golden items in a run by acts: two experts agree on them, people meet them unawares, and answers are recorded at night."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import numpy as np

from evenkeel.people import actor_for
from evenkeel.quality import Gold, propose_gold, record_answers, say_gold, set_gold_mix

from .acting_day import Acted, made_by_plan, mixes_golds
from .wide.mixing import expert

_DIFFICULT_FROM = (0.15, 0.45)
_WHY = "Both experts read the rule so."
_MOST_MIXED = 0.5


def agree_on_golds(run: Acted, day: int, night: datetime) -> None:
    """Fill each market's pool of each clause from the day's items, and see that queues mix them in."""
    if not mixes_golds(run.plan):
        return
    plan, now = run.plan, night
    proposer, second = (actor_for(person, now=now) for person in (run.known.owner, expert()))
    wanted: dict[tuple[UUID | None, str], int] = {
        (queue.pk, name): plan.golds.pool for queue in run.known.queues for name in plan.labels
    }
    for row in Gold.objects.filter(programme=run.known.programme).values_list("item__tasks__queue", "label"):
        wanted[row] = wanted.get(row, 0) - 1
    made = made_by_plan(run).filter(item__key__startswith=f"{day}-").select_related("item", "form_version__form")
    for decision in made.order_by("item__key"):
        clause = run.truth[decision.item.key]
        place = (decision.queue_id, plan.labels[clause])
        if wanted.get(place, 0) < 1:
            continue
        wanted[place] -= 1
        gold = propose_gold(
            proposer, item=decision.item, answer=place[1], rationale=_WHY, provenance="by_hand",
            difficulty=1 + int(np.searchsorted(_DIFFICULT_FROM, plan.clauses[clause].ambiguity)), now=now,
        )  # fmt: skip
        say_gold(second, gold=gold, label=place[1], now=now)
    if day == 0:
        for queue in run.known.queues:
            set_gold_mix(proposer, queue=queue, share=min(plan.gold_rate, _MOST_MIXED), now=now)


def record_golds(run: Acted, night: datetime) -> None:
    """Answers to golden items are final at night: they are recorded."""
    if mixes_golds(run.plan):
        record_answers(night)
