"""What a scenario file says: an organisation, its work, its people, and the events planted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class SitePlan:
    """A site: whose, where, how many teams of how many people, and what they are like.

    `accuracy` is the mean share of right answers of people past their learning on clauses of no ambiguity; people differ by
    `accuracy_spread` on the logit scale. `seconds` is the median active time on an item.
    """

    name: str
    organisation: str
    time_zone: str = "UTC"
    teams: int = 1
    people: int = 10
    languages: tuple[str, ...] = ("en",)
    accuracy: float = 0.94
    accuracy_spread: float = 0.25
    seconds: float = 30.0
    seconds_spread: float = 0.2
    weekend: float = 0.3
    absence: float = 0.06
    leavers_a_year: float = 0.3
    cost_an_hour: float = 15.0


@dataclass(frozen=True, kw_only=True)
class ClausePlan:
    """A clause of the policy, which is also an answer; the first one of a scenario is the one that allows.

    `ambiguity` is added to everybody's error on the logit scale; `severity` 0 to 4; `time` multiplies the seconds.
    """

    name: str
    share: float
    severity: int = 0
    ambiguity: float = 0.0
    time: float = 1.0


@dataclass(frozen=True, kw_only=True)
class MarketPlan:
    """A market: its language, its share of what comes in, and how its mix of clauses leans (odds by clause)."""

    name: str
    language: str = "en"
    share: float = 1.0
    lean: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HabitsPlan:
    """What holds for everybody: hours, learning, tiredness."""

    hours: float = 7.0
    sessions_h: float = 1.0
    # Added to a new person's error on the logit scale, gone by a factor e every `learning_weeks`.
    learning: float = 0.9
    learning_weeks: float = 5.0
    # Added a hour beyond the fifth of a shift.
    tiredness: float = 0.05


@dataclass(frozen=True, kw_only=True)
class AuditPlan:
    """How decisions are drawn and judged. `boosts` multiply the odds by the answer given; none exceeds 1."""

    rate: float = 0.03
    boosts: Mapping[str, float] = field(default_factory=dict)
    new_people: float = 1.0
    auditors: int = 6
    sensitivity: float = 0.97
    specificity: float = 0.99


@dataclass(frozen=True, kw_only=True)
class AppealPlan:
    """Users who object to being restricted: how many do, and how often a wrong and a right decision is reversed."""

    rate_if_wrong: float = 0.12
    rate_if_right: float = 0.01
    reversed_if_wrong: float = 0.85
    reversed_if_right: float = 0.05
    hours: float = 30.0


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    """Something planted: a kind of the catalogue, from when until when (days, half-open), where, and its parameters."""

    kind: str
    from_day: int
    until_day: int | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def is_on(self, day: int) -> bool:
        """Whether it acts on that day."""
        return self.from_day <= day and (self.until_day is None or day < self.until_day)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole scenario. Days count from 0 at `first_on`; every random number follows from `seed`."""

    title: str
    seed: int
    first_on: date
    days: int
    house: str
    sites: tuple[SitePlan, ...]
    clauses: tuple[ClausePlan, ...]
    markets: tuple[MarketPlan, ...]
    habits: HabitsPlan = HabitsPlan()
    audits: AuditPlan = AuditPlan()
    appeals: AppealPlan = AppealPlan()
    gold_rate: float = 0.01
    events: tuple[EventPlan, ...] = ()
    about: str = ""

    @property
    def people(self) -> int:
        """How many decide at any one time."""
        return sum(site.teams * site.people for site in self.sites)

    @property
    def labels(self) -> tuple[str, ...]:
        """The clauses' names, in order."""
        return tuple(clause.name for clause in self.clauses)

    def thinned(self, share: float) -> Plan:
        """The same scenario with a share of its decisions, and as many audits: quicker, and as hard for the watch.

        Audits can be no more than the decisions there are; their odds stop at 1.
        """
        audits = replace(self.audits, rate=min(self.audits.rate / share, 1.0))
        return replace(self, habits=replace(self.habits, hours=self.habits.hours * share), audits=audits)

    def date_of(self, day: int) -> date:
        """The calendar day of a day of the scenario."""
        return self.first_on + timedelta(days=day)
