"""How large the numbers are that no scenario says, the generator's and the demo's own; who says so, or why they were chosen.

The comments beside the numbers repeat it, as those of the scenarios repeat `wide/ranges.py`; a test holds both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .wide.ranges import USUAL, Usual

_AIAG = "AIAG, Measurement Systems Analysis"
# By module of the twin and name. What has no source was tried at both ends: `scripts/bench twin_ends -- inside`.
OF_THE_GENERATOR: Mapping[str, Usual] = MappingProxyType(
    {
        "wide.day._TIME_SPREAD": Usual(low=0.3, high=0.9),
        "wide.day._FEWEST_SECONDS": Usual(low=0.5, high=5),
        "wide.day._LENIENT": Usual(low=1, high=6),
        "wide.day._REACH_SPREAD": Usual(low=0.8, high=2),
        "wide.staff._BY_CLAUSE": Usual(low=0.1, high=0.6),
        "wide.rows._FIRST_ACT": Usual(low=0.1, high=0.8),
        "wide.rows._SENT": Usual(low=1, high=1.3),
        "wide.clock_rows._UNLIKE": Usual(low=0.1, high=0.5),
    }
)


def _because(low: float, high: float, why: str) -> Usual:
    return Usual(low=low, high=high, source=f"no source: chosen, {why}")


# By field of the demo's scenario; those with a scenario's range have that of `wide/ranges.py`.
OF_THE_DEMO: Mapping[str, Usual] = MappingProxyType(
    {
        "teams.accuracy": USUAL["sites.accuracy"],
        "teams.seconds": USUAL["sites.seconds"],
        "teams.people": USUAL["sites.people"],
        "auditors": USUAL["audits.auditors"],
        "auditor_accuracy": Usual(
            low=0.9, high=0.99, source=f"90 % effective is acceptable, misses up to 2 % are good ({_AIAG})"
        ),
        "items_a_day": Usual(
            low=1,
            high=400,
            source="400 posts a shift are many (The Verge, The Trauma Floor, 2019); few, to be made in minutes",
        ),
        "weekend_share": USUAL["sites.weekend"],
        "audit_rate": _because(0.3, 1, "far more than centres review, so that few items give a figure"),
        "shares": USUAL["clauses.share"],
        "pictured": USUAL["markets.kinds"],
        "classifiers.accuracy": _because(0.5, 0.98, "as good as people but where the story says that it fell"),
        "faults.probability": USUAL["events.policy_misread.probability"],
        "disputed": USUAL["disputes.rate_if_wrong"],
        "past.accuracy": _because(0.6, 0.75, "so low that training shows in weeks of few audits"),
        "past.training.expected": _because(0.1, 0.25, "what a lead hopes for"),
        "past.events.new_hire_wave.share": USUAL["events.new_hire_wave.share"],
        "past.events.action_works.amount": USUAL["events.action_works.amount"],
        "past.events.spam_campaign.times": USUAL["events.spam_campaign.times"],
        "past.events.spam_campaign.easier": USUAL["events.spam_campaign.easier"],
    }
)
