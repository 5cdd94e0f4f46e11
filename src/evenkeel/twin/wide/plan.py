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
    # Added to everybody's error on the logit scale: what the site is bad at, by clause and by the language of the market.
    by_clause: Mapping[str, float] = field(default_factory=dict)
    by_language: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ClausePlan:
    """A clause of the policy, which is also an answer; the first one of a scenario is the one that allows.

    `ambiguity` is added to everybody's error on the logit scale; `severity` 0 to 4; `time` multiplies the seconds, `reach` the
    views. `confusions`: where wrong answers go, as odds by clause; without them to what is common, and three times as often
    to the clause that allows.
    """

    name: str
    share: float
    severity: int = 0
    ambiguity: float = 0.0
    time: float = 1.0
    reach: float = 1.0
    confusions: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MarketPlan:
    """A market: its language, its share of what comes in, and how its mix of clauses leans (odds by clause).

    `reach` is the median number of views of an item; `kinds` are the shares of what items are (text, image, ...); `severity`
    is that of its queue, from which limits of exposure count.
    """

    name: str
    language: str = "en"
    share: float = 1.0
    lean: Mapping[str, float] = field(default_factory=dict)
    reach: float = 148.0
    kinds: Mapping[str, float] = field(default_factory=dict)
    severity: int = 1


@dataclass(frozen=True, kw_only=True)
class VersionPlan:
    """A new version of the policy: from which day on, what it changes in the ambiguity of clauses, how long it is unlearned.

    `unlearned` is added to everybody's error on the clauses that it names, and is gone by a factor e every `weeks`.
    """

    from_day: int
    what_changed: str
    ambiguity: Mapping[str, float] = field(default_factory=dict)
    unlearned: float = 0.3
    weeks: float = 2.0


@dataclass(frozen=True, kw_only=True)
class ModelPlan:
    """A version of the classifier: from which day on, how far apart it scores violations and the rest, how fast that fades."""

    from_day: int
    name: str
    # In standard deviations of its scores; 2.2 is an area under the curve of .94.
    separation: float = 2.2
    drift_a_month: float = 0.0


@dataclass(frozen=True, kw_only=True)
class PrelabelPlan:
    """Answers of the classifier: the share of items whose people see one first, and of those that have one unseen.

    It changes nobody's mind here. `logged` is the share of items whose score is kept in the log.
    """

    shown: float = 0.0
    hidden: float = 0.0
    logged: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ArrivalsPlan:
    """When items come in. Without `items_a_day` there are always as many as people can decide.

    `hours` are 24 odds by the clock of the market's first site, `weekdays` seven from Monday on (1 is usual), `holidays` days
    on which `holiday` times as much comes in. `target_hours` is what was promised.
    """

    items_a_day: float = 0.0
    hours: tuple[float, ...] = ()
    weekdays: tuple[float, ...] = ()
    holidays: tuple[str, ...] = ()
    holiday: float = 1.0
    growth_a_year: float = 0.0
    target_hours: float = 24.0


@dataclass(frozen=True, kw_only=True)
class GoldPlan:
    """Golden items: how many a clause has. With none, `gold_rate` stays unknown to the product."""

    pool: int = 0


@dataclass(frozen=True, kw_only=True)
class DisputePlan:
    """People who object to a finding about them: how many do, and how often it then falls, by whether it was wrong."""

    rate_if_wrong: float = 0.0
    rate_if_right: float = 0.0
    overturned_if_wrong: float = 0.85
    overturned_if_right: float = 0.06
    hours: float = 20.0


@dataclass(frozen=True, kw_only=True)
class CalibrationPlan:
    """Sessions in which people answer the same cases blind: how often (0: never), how many people of a site, how many cases."""

    every_days: int = 0
    people: int = 6
    cases: int = 10


@dataclass(frozen=True, kw_only=True)
class LimitPlan:
    """How many minutes a day people may see content of queues of some severity (0: no limit). Hand-out obeys it."""

    severity_from: int = 3
    minutes_a_day: int = 0


@dataclass(frozen=True, kw_only=True)
class HabitsPlan:
    """What holds for everybody: hours, learning, tiredness."""

    hours: float = 7.0
    # Added to a new person's error on the logit scale, gone by a factor e every `learning_weeks`.
    learning: float = 0.9
    learning_weeks: float = 5.0
    # Added an hour beyond `tired_after_h` of a shift.
    tiredness: float = 0.05
    tired_after_h: float = 5.0


@dataclass(frozen=True, kw_only=True)
class AuditPlan:
    """How decisions are drawn and judged. `boosts` multiply the odds by the answer given; none exceeds 1.

    `spread` is how auditors differ in sensitivity, on the logit scale; `checked` the share of audits that a second auditor
    and an expert look at.
    """

    rate: float = 0.03
    boosts: Mapping[str, float] = field(default_factory=dict)
    new_people: float = 1.0
    auditors: int = 6
    sensitivity: float = 0.97
    specificity: float = 0.99
    spread: float = 0.0
    checked: float = 0.0


@dataclass(frozen=True, kw_only=True)
class AppealPlan:
    """Users who object to being restricted: how many do, and how often a wrong and a right decision is reversed."""

    rate_if_wrong: float = 0.12
    rate_if_right: float = 0.01
    reversed_if_wrong: float = 0.85
    reversed_if_right: float = 0.05
    hours: float = 30.0


@dataclass(frozen=True, kw_only=True)
class ProgrammePlan:
    """One of several programmes: its clauses are a policy of its own, its markets queues of its own.

    `teams`: by site how many of its teams work in it; a team works in one. What a programme does not say (None, or an empty
    list) is the scenario's.
    """

    name: str
    teams: Mapping[str, float]
    about: str = ""
    # What its policy is called; without, as the programme is.
    policy: str = ""
    clauses: tuple[ClausePlan, ...] = ()
    markets: tuple[MarketPlan, ...] = ()
    versions: tuple[VersionPlan, ...] = ()
    models: tuple[ModelPlan, ...] = ()
    habits: HabitsPlan | None = None
    audits: AuditPlan | None = None
    appeals: AppealPlan | None = None
    disputes: DisputePlan | None = None
    calibrations: CalibrationPlan | None = None
    arrivals: ArrivalsPlan | None = None
    prelabels: PrelabelPlan | None = None
    golds: GoldPlan | None = None
    gold_rate: float | None = None


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
    disputes: DisputePlan = DisputePlan()
    calibrations: CalibrationPlan = CalibrationPlan()
    arrivals: ArrivalsPlan = ArrivalsPlan()
    prelabels: PrelabelPlan = PrelabelPlan()
    golds: GoldPlan = GoldPlan()
    limits: LimitPlan = LimitPlan()
    versions: tuple[VersionPlan, ...] = ()
    models: tuple[ModelPlan, ...] = ()
    # Minutes of a shift that are spent otherwise, by state of the time clock.
    clock: Mapping[str, float] = field(default_factory=dict)
    gold_rate: float = 0.01
    events: tuple[EventPlan, ...] = ()
    about: str = ""
    # Without any, the scenario is one programme, and is called like it.
    programmes: tuple[ProgrammePlan, ...] = ()

    @property
    def people(self) -> int:
        """How many decide at any one time."""
        return sum(site.teams * site.people for site in self.sites)

    @property
    def labels(self) -> tuple[str, ...]:
        """The clauses' names, in order."""
        return tuple(clause.name for clause in self.clauses)

    @property
    def policy_name(self) -> str:
        """What its policy is called."""
        return "Policy"

    def team_names(self, site: SitePlan) -> tuple[str, ...]:
        """What the teams of a site are called."""
        return tuple(f"{site.name} {number + 1}" for number in range(site.teams))

    def thinned(self, share: float) -> Plan:
        """The same scenario with a share of its decisions, and as many audits: quicker, and as hard for the watch.

        Audits can be no more than the decisions there are; their odds stop at 1.
        """

        def fewer(habits: HabitsPlan) -> HabitsPlan:
            return replace(habits, hours=habits.hours * share)

        def as_many(audits: AuditPlan) -> AuditPlan:
            return replace(audits, rate=min(audits.rate / share, 1.0))

        own = tuple(
            replace(each, habits=each.habits and fewer(each.habits), audits=each.audits and as_many(each.audits))
            for each in self.programmes
        )
        return replace(self, habits=fewer(self.habits), audits=as_many(self.audits), programmes=own)

    def date_of(self, day: int) -> date:
        """The calendar day of a day of the scenario."""
        return self.first_on + timedelta(days=day)
