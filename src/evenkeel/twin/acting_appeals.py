"""Users who object in a run by acts: appeals come in, and the programme's owner rules on each when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from evenkeel.ground.errors import Problem
from evenkeel.people import actor_for
from evenkeel.work import Appeal, Decision, overturn, receive_appeal, uphold

from .acting_day import Acted, made_by_plan, reached_limit, row_of
from .organisation import SYSTEM

_APPEALS = 26
# Users hear of it and object: half a day later on average, three days at most.
_HEARS_H, _LONGEST_H = 12.0, 72.0
_DAYS = 4


def appeal(run: Acted, night: datetime) -> None:
    """Take in what users objected to until this night, and rule on what is due by then."""
    said = run.plan.appeals
    if not (said.rate_if_wrong or said.rate_if_right):
        return
    first = run.plan.labels[0]
    known = set(Appeal.objects.filter(programme=run.known.programme).values_list("key", flat=True))
    recent = made_by_plan(run).filter(decided_at__gt=night - timedelta(days=_DAYS)).exclude(label=first)
    for decision in recent.select_related("item", "queue").order_by("item__key"):
        key = f"appeal-{decision.item.key}"
        rng = _dice(run, decision)
        if rng.random() >= (said.rate_if_right if _is_right(run, decision) else said.rate_if_wrong) or key in known:
            continue
        received = decision.decided_at + timedelta(hours=min(float(rng.exponential(_HEARS_H)), _LONGEST_H))
        if received <= night:
            receive_appeal(
                SYSTEM, programme=run.known.programme, key=key, decision=decision, statement="Please look again.", now=received
            )  # fmt: skip
    _rule_on_due(run, night)


def _rule_on_due(run: Acted, night: datetime) -> None:
    said = run.plan.appeals
    open_ = Appeal.objects.filter(programme=run.known.programme, closed_at=None).select_related(
        "decision__item", "queue"
    )
    for each in open_.order_by("received_at", "key"):
        rng = _dice(run, each.decision, 1)
        due = each.received_at + timedelta(hours=float(rng.gamma(2, said.hours / 2)))
        if due > night:
            continue
        is_right = _is_right(run, each.decision)
        falls = rng.random() < (said.reversed_if_right if is_right else said.reversed_if_wrong)
        owner = actor_for(run.known.owner, now=due)
        try:
            if falls:
                # Where a right decision is taken back by mistake, what was restricted is let stand.
                label = run.plan.labels[0 if is_right else run.truth[each.decision.item.key]]
                overturn(owner, appeal=each, answer={"label": label}, reason="The rule does not cover it.", now=due)
            else:
                uphold(owner, appeal=each, reason="The rule covers it.", now=due)
        except Problem as refused:
            if not reached_limit(refused):
                raise


def _is_right(run: Acted, decision: Decision) -> bool:
    return run.plan.labels[run.truth[decision.item.key]] == decision.label


def _dice(run: Acted, decision: Decision, step: int = 0) -> np.random.Generator:
    key = decision.item.key
    return np.random.default_rng([run.plan.seed, _APPEALS, int(key.split("-", 1)[0]), row_of(key), step])
