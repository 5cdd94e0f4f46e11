"""What is agreed on before work begins: targets, what errors cost, how audits are scored and checked, deliveries judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from evenkeel.improve import set_action_rules, set_error_cost
from evenkeel.measure import set_target
from evenkeel.people import actor_for
from evenkeel.quality import SamplingPlan, add_scorecard, set_check_rule, start_scheme, use_scorecard

from ..world import World

CURRENCY = "EUR"
# What one wrong decision costs, by how grave it is: looked at again, an appeal, a refund, a case for lawyers.
ERROR_CENTS = {1: 150, 2: 600, 3: 2_500, 4: 12_000}
# Of what was judged right and wrong, how much is audited a second time.
_CHECKED_RIGHT, _CHECKED_WRONG = 0.06, 0.3
# The vendor whose deliveries are judged; the standard's limit of quality, in percent wrong.
_AQL = 6.5
# Metric, target, warning, critical, why.
_TARGETS = (
    ("accuracy", 0.9, 0.87, 0.82, "What the house promises sellers: nine of ten listings are judged rightly."),
    ("critical_error_rate", 0.03, 0.05, 0.08, "Insults that pass are what buyers write to us about."),
    ("within_target", 0.9, 0.85, 0.75, "Sellers wait half a day at most."),
    ("golden_accuracy", 0.92, 0.88, 0.8, "Golden items have one right answer: they are no place for a bad day."),
)
SCORECARD: dict[str, Any] = {
    "sections": [
        {
            "name": "rule",
            "title": "The rule",
            "weight": 3,
            "points": [
                {"name": "decision", "title": "The right rule was chosen", "weight": 2, "is_critical": True},
                {"name": "whole", "title": "The listing was read to its end", "may_be_partly": True},
            ],
        },
        {
            "name": "record",
            "title": "The record",
            "points": [{"name": "comment", "title": "Odd cases have a comment", "may_not_apply": True}],
        },
    ],
    "causes": ["haste", "rule misread", "listing not read to its end"],
    "pass_from": 0.85,
}


def agree(world: World, *, now: datetime) -> None:
    """Before the first day: whoever manages quality sets the rules, in her own name; targets for everything, so that each
    dashboard shows them.
    """
    manager = world.cast.quality_manager
    actor, programme = actor_for(manager.person, now=now), world.programme
    for metric, value, warning, critical, why in _TARGETS:
        set_target(
            actor, metric=metric, value=value, warning=warning, critical=critical, why=why,
            since_on=now.date(), now=now,
        )  # fmt: skip
    for severity, cents in ERROR_CENTS.items():
        set_error_cost(
            actor, programme=programme, severity=severity, cost_cents=cents, currency=CURRENCY, now=now
        )  # fmt: skip
    set_action_rules(
        actor, programme=programme, minutes_per_error=6, cents_per_error=ERROR_CENTS[2], currency=CURRENCY, now=now
    )
    card = add_scorecard(actor, programme=programme, name="Listing audits", spec=SCORECARD, now=now)
    use_scorecard(actor, programme=programme, scorecard=card.scorecard, now=now)
    plan = SamplingPlan.objects.get(queue=world.queue)
    set_check_rule(
        actor, plan=plan, share_right=_CHECKED_RIGHT, share_wrong=_CHECKED_WRONG, salt=world.scenario.seed, now=now
    )
    vendor = next(reversed(world.cast.vendors.values()), None)
    if vendor is not None:
        name = f"{vendor.name}, week by week"
        start_scheme(actor, programme=programme, organisation=vendor, name=name, aql=_AQL, now=now)
