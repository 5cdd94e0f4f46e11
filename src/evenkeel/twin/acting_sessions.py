"""Calibration in a run by acts: some people of every site answer the same cases blind, then it is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from evenkeel.people import Worker, actor_for
from evenkeel.quality import CalibrationSession, answer_case, end_session, open_session, settle_case
from evenkeel.work import Item

from .acting_day import Acted, made_by_plan
from .wide.day import Work, wrong_answers

_SESSIONS = 25
_ANSWERED_AFTER, _OPEN_FOR, _SETTLED_AFTER = timedelta(minutes=20), timedelta(hours=2), timedelta(hours=3)
_WHY = "Read out and agreed."


def calibrate(run: Acted, work: Work, night: datetime) -> None:
    """On its days: a session about the day's cases, a ring test where there are several sites; the owner holds it."""
    said = run.plan.calibrations
    if not said.every_days or not len(work) or work.day % said.every_days != said.every_days // 2:
        return
    rng = np.random.default_rng([run.plan.seed, _SESSIONS, work.day])
    places = _invited(run, work, rng)
    items = _cases(run, work.day, rng)
    if len(places) < 2 or not items:
        return
    owner = actor_for(run.known.owner, now=night)
    workers = Worker.objects.in_bulk([run.known.worker[place] for place in places])
    session = open_session(
        owner, queue=run.known.queues[0], name=f"Session of {run.plan.date_of(work.day).isoformat()}", items=items,
        workers=list(workers.values()), deadline_at=night + _OPEN_FOR,
        is_ring=len({int(work.staff.site[place]) for place in places}) > 1, now=night,
    )  # fmt: skip
    _answer_all(run, work, session, rng, now=night + _ANSWERED_AFTER)
    now = night + _SETTLED_AFTER
    owner = actor_for(run.known.owner, now=now)
    for case in session.cases.select_related("session", "item").order_by("number"):
        settle_case(owner, case=case, answer={"label": _truth(run, case.item)}, reason=_WHY, now=now)
    end_session(owner, session=session, now=now)


def _invited(run: Acted, work: Work, rng: np.random.Generator) -> Sequence[int]:
    people, said = np.unique(work.worker), run.plan.calibrations
    site = work.staff.site[people]
    return [
        int(place)
        for number in range(len(run.plan.sites))
        for place in rng.permutation(people[site == number])[: said.people]
    ]


def _cases(run: Acted, day: int, rng: np.random.Generator) -> list[Item]:
    """Of what was decided in the queue whose people are invited; by key, for ids are new each time."""
    made = (
        made_by_plan(run).filter(item__key__startswith=f"{day}-").order_by("item__key").values_list("item", flat=True)
    )
    ids = list(dict.fromkeys(made))
    chosen = [ids[place] for place in rng.permutation(len(ids))[: run.plan.calibrations.cases]]
    found = Item.objects.in_bulk(chosen)
    return [found[pk] for pk in chosen]


def _answer_all(
    run: Acted, work: Work, session: CalibrationSession, rng: np.random.Generator, *, now: datetime
) -> None:
    places = {pk: place for place, pk in enumerate(run.known.worker)}
    cases = list(session.cases.select_related("session", "item").order_by("number"))
    for seat in session.seats.order_by("worker__code"):
        place = places[seat.worker_id]
        actor = actor_for(run.known.people[place], now=now)
        for case in cases:
            truth = run.truth[case.item.key]
            # As well as she decides past learning, as in the wide twin.
            is_wrong = rng.random() < 1 / (1 + np.exp(-work.staff.error[place, truth]))
            label = int(wrong_answers(run.plan, np.array([truth]), rng)[0]) if is_wrong else truth
            key = f"twin-{case.pk.hex[-20:]}-{seat.pk.hex[-20:]}"
            answer_case(actor, case=case, seat=seat, answer={"label": run.plan.labels[label]}, client_key=key, now=now)


def _truth(run: Acted, item: Item) -> str:
    return run.plan.labels[run.truth[item.key]]
