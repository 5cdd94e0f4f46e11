"""How large each number of people and content usually is, and who says so; the comments in the scenarios repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_CHOSEN = "no source: chosen"


@dataclass(frozen=True, kw_only=True)
class Usual:
    """From where to where a number may lie, and the publication it comes from.

    `source` None: nobody publishes it. It was chosen, and both ends were tried (`bench/twin_ends`).
    """

    low: float
    high: float
    source: str | None = None

    @property
    def said(self) -> str:
        """As a scenario's comment has it: "0.88 to 0.98: who says so", or "no source: chosen, 0.1 to 0.4 tried"."""
        if self.source is None:
            return f"{_CHOSEN}, {self.low:g} to {self.high:g} tried"
        return f"{self.low:g} to {self.high:g}: {self.source}"


def _usual(low: float, high: float, source: str | None = None) -> Usual:
    return Usual(low=low, high=high, source=source)


_TIKTOK = "TikTok's report of EU measures, first half of 2026"
_VERGE = "The Verge, The Trauma Floor, 2019"
# A table's entries (by clause, by language, by state) share its range. Names are those of the file: table and number.
USUAL: Mapping[str, Usual] = MappingProxyType(
    {
        "gold_rate": _usual(0.005, 0.15, "Toloka's guide asks for 1 % and more, CVAT's for 5 to 15 %"),
        "habits.hours": _usual(
            0.3, 7.8, "nine hours less 13 to 39 % of shrinkage (OpsDog, n 1230); below 5.5 a part of a shift"
        ),
        "habits.learning": _usual(0.4, 1.4),
        "habits.learning_weeks": _usual(3, 12, "contact centres count on one to six months (Tenacity/CRMXchange)"),
        "habits.tiredness": _usual(0, 0.15),
        "habits.tired_after_h": _usual(3, 7),
        "arrivals.items_a_day": _usual(100, 1_000_000, "how large the run is to be"),
        "arrivals.hours": _usual(0.5, 12),
        "arrivals.weekdays": _usual(0.5, 1.5),
        "arrivals.holiday": _usual(0.5, 2.5),
        "arrivals.growth_a_year": _usual(-0.3, 0.8),
        "arrivals.target_hours": _usual(3, 48, "3 h is the law in India (2026); TikTok reports 94.4 % within 24 h"),
        "audits.rate": _usual(
            0.005, 0.1, "1 to 5 % of contacts are reviewed, as sellers of quality software report; less of more work"
        ),
        "audits.boosts": _usual(1, 6),
        "audits.new_people": _usual(1, 3),
        "audits.auditors": _usual(2, 120, "one to 10 to 45 who decide (QATC, 69 centres)"),
        "audits.sensitivity": _usual(
            0.9, 0.98, "misses up to 2 % are good, 90 % effective is acceptable (AIAG, Measurement Systems Analysis)"
        ),
        "audits.specificity": _usual(
            0.95, 0.995, "false alarms up to 5 % are acceptable (AIAG, Measurement Systems Analysis)"
        ),
        "audits.spread": _usual(0, 0.6),
        "audits.checked": _usual(0.02, 0.2),
        "appeals.rate_if_wrong": _usual(
            0.03, 0.4, f"5 % of all measures are complained of, 48 % of those fall ({_TIKTOK})"
        ),
        "appeals.rate_if_right": _usual(0.002, 0.03, f"as above ({_TIKTOK})"),
        "appeals.reversed_if_wrong": _usual(0.6, 0.95),
        "appeals.reversed_if_right": _usual(0.01, 0.15),
        "appeals.hours": _usual(0.4, 72, f"a median of 0.43 h where machines rule ({_TIKTOK}); days where people do"),
        "disputes.rate_if_wrong": _usual(0.2, 0.8),
        "disputes.rate_if_right": _usual(0.01, 0.15),
        "disputes.overturned_if_wrong": _usual(0.6, 0.95),
        "disputes.overturned_if_right": _usual(0.02, 0.15),
        "disputes.hours": _usual(4, 72),
        "calibrations.every_days": _usual(7, 28),
        "calibrations.people": _usual(3, 12),
        "calibrations.cases": _usual(5, 30),
        "golds.pool": _usual(30, 60, "Musubi's guide begins with 30 to 50 a policy"),
        "prelabels.shown": _usual(0, 0.5),
        "prelabels.hidden": _usual(0, 0.5),
        "prelabels.logged": _usual(0.01, 0.3),
        "limits.severity_from": _usual(2, 4, "how grave the scenario's own policy calls it"),
        "limits.minutes_a_day": _usual(
            15, 300, "5 h a day at most (Internet Watch Foundation, 2024); less where a shift is shorter"
        ),
        "clock.break": _usual(30, 80, "5 to 10 min an hour (UK Health and Safety Executive)"),
        "clock.wellness": _usual(9, 15, f"9 min a day ({_VERGE}); an hour a week (Scola v. Facebook)"),
        "clock.meeting": _usual(0, 30),
        "clock.training": _usual(0, 20),
        "clock.coaching": _usual(0, 15, "weekly, one to one (Scola v. Facebook)"),
        "clock.idle": _usual(5, 60),
        "clock.system_down": _usual(0, 10),
        "sites.teams": _usual(1, 40, "how large the run is to be"),
        "sites.people": _usual(
            4, 25, "one lead to 15 in 35 % of centres, fewer in 38 %, to 25 in 7 % (QATC, 69 centres)"
        ),
        "sites.accuracy": _usual(
            0.88,
            0.98,
            "more than 1 of 10 wrong (Zuckerberg, 2018); 92 %, where 98 % was asked (The Verge on Tampa, 2019)",
        ),
        "sites.accuracy_spread": _usual(0.1, 0.5),
        "sites.seconds": _usual(19, 150, f"400 posts a shift are about 57 s each ({_VERGE}); texts alone are quicker"),
        "sites.seconds_spread": _usual(
            0.1, 0.4, "service times are log-normal and depend on the agent (Ibrahim and others, 2016)"
        ),
        "sites.weekend": _usual(0.1, 0.8),
        "sites.absence": _usual(
            0.02, 0.1, "2.8 % of full-time workers, leave not counted (US Bureau of Labor Statistics, 2017)"
        ),
        "sites.leavers_a_year": _usual(
            0.05, 0.6, "27 to 42 % in all centres, 56 % of outsourcers' (ContactBabel, 2014)"
        ),
        "sites.cost_an_hour": _usual(
            5,
            40,
            "12.50 dollars (TIME on OpenAI and Sama, 2023); 28,800 a year and what comes on top (The Verge, 2019)",
        ),
        "sites.by_clause": _usual(-0.3, 0.5),
        "sites.by_language": _usual(0, 0.5),
        "programmes.teams": _usual(0, 40, "how many of a site's teams, how large the run is to be"),
        "clauses.share": _usual(0.01, 0.8),
        "clauses.severity": _usual(0, 4, "how grave the scenario's own policy calls it"),
        "clauses.ambiguity": _usual(
            0, 1, "only the order: alpha is .45 for abuse (ConvAbuse), .35 for hate (HS-Brexit)"
        ),
        "clauses.time": _usual(0.7, 1.6),
        "clauses.reach": _usual(0.3, 3),
        "clauses.confusions": _usual(1, 10),
        "markets.share": _usual(0.01, 1, f"of TikTok's 3,738 people en 46 %, de 9 %, nl 1 % ({_TIKTOK})"),
        "markets.lean": _usual(1, 1.8),
        "markets.reach": _usual(50, 500),
        "markets.kinds": _usual(0, 1),
        "markets.severity": _usual(1, 4, "how grave the scenario's own policy calls it"),
        "versions.ambiguity": _usual(-0.3, 0.3),
        "versions.unlearned": _usual(0, 0.8),
        "versions.weeks": _usual(1, 4),
        "models.separation": _usual(1.4, 3),
        "models.drift_a_month": _usual(0, 0.1),
        "events.action_works.amount": _usual(0.3, 1.4),
        "events.ambiguous_clause.amount": _usual(0.5, 1.5),
        "events.auditor_drift.auditors": _usual(1, 12),
        "events.auditor_drift.waves": _usual(0.3, 0.9),
        "events.copying_ring.share": _usual(0.1, 0.4),
        "events.copying_ring.seconds": _usual(3, 8),
        "events.global_shift.amount": _usual(0.3, 1),
        "events.gold_leak.amount": _usual(1, 4),
        "events.gold_leak.faster": _usual(0.3, 1),
        "events.language_shortage.amount": _usual(0.6, 1.2),
        "events.language_shortage.slower": _usual(1.2, 1.6),
        "events.mix_shift.times": _usual(2, 4),
        "events.model_regression.lost": _usual(0.2, 0.6),
        "events.new_hire_wave.share": _usual(
            0.3, 0.8, "56 % leave an outsourcer in a year (ContactBabel, 2014), here in a week"
        ),
        "events.policy_misread.probability": _usual(0.2, 0.95),
        "events.regional_event.times": _usual(2, 5),
        "events.regional_event.amount": _usual(0.4, 1),
        "events.shift_end_rush.hours": _usual(0.1, 2),
        "events.shift_end_rush.faster": _usual(0.4, 0.8),
        "events.shift_end_rush.amount": _usual(0.7, 1.4),
        "events.spam_campaign.times": _usual(4, 30),
        "events.spam_campaign.easier": _usual(0, 1),
        "events.tool_latency.slower": _usual(1.2, 2),
    }
)
