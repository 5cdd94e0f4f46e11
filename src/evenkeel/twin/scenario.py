"""What a synthetic organisation is made of: people with skill, items with true answers, planted faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from zoneinfo import available_timezones

from .wide.plan import EventPlan

LABELS = ("Allowed", "Spam", "Scam", "Abuse")
# By their own clocks, people sit down to the queue in the morning one day and after lunch the next.
SESSIONS = (time(9), time(13, 30))


@dataclass(frozen=True, kw_only=True)
class TeamPlan:
    """A team and how it works: people, mean accuracy, seconds on an item."""

    organisation: str
    site: str
    time_zone: str
    name: str
    people: tuple[str, ...]
    accuracy: float
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Fault:
    """On days from_day <= day < until_day a team takes items that are truly `label` for `taken_as`, with this probability."""

    team: str
    from_day: int
    until_day: int | None = None
    label: str
    taken_as: str
    probability: float

    def strikes(self, *, team: str, day: int, truth: str) -> bool:
        """Whether it may change the answer about an item."""
        has_begun = day >= self.from_day and (self.until_day is None or day < self.until_day)
        return has_begun and team == self.team and truth == self.label


@dataclass(frozen=True, kw_only=True)
class Classifier:
    """A version of a model that says beforehand what a listing is, unseen by people: how often it is right, by the truth."""

    from_day: int
    name: str
    accuracy: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """An investigation by the lead into an earlier fault: opened by hand on one day, closed on a later one."""

    title: str
    team: str
    since_day: int
    until_day: int
    opened_day: int
    closed_day: int
    # Causes of the cases in turn, with a remark; then what the lead notes and concludes.
    codings: tuple[tuple[str, str], ...]
    note: str
    cause: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Training:
    """A corrective action of the past, from its opening to the check of its effect. Days are days of the past.

    Between `start_day` and the end of the past the team must have become as good as it is today: that is an event there.
    """

    title: str
    what: str
    team: str
    opened_day: int
    start_day: int
    # What the plan says that it will bring, as a share; and its whole weeks.
    expected: float
    baseline_weeks: int
    window_weeks: int
    worked: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """Days before the scenario's own, which stand in the log alone: no single decision of them opens.

    `events` count days from the past's first one; they name a team as `site`. `accuracy`: teams that were not then as good
    as they are today. `leavers`: who held the seats of people who came later.
    """

    days: int
    events: tuple[EventPlan, ...] = ()
    accuracy: Mapping[str, float] = field(default_factory=dict)
    leavers: tuple[str, ...] = ()
    training: Training | None = None


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Everything that `build_demo` needs. Days count from 0; the last is yesterday, and today has begun."""

    seed: int
    house: str
    teams: tuple[TeamPlan, ...]
    auditors: tuple[str, ...]
    auditor_accuracy: float
    days: int
    # What somebody decides a day: one batch of the queue.
    items_a_day: int
    weekend_share: float
    audit_rate: float
    shares: tuple[float, ...]
    faults: tuple[Fault, ...]
    # Of the listings, the share that is a photo.
    pictured: float = 0.0
    # Versions of a model that says what each listing is, the earliest first; people do not see it before they decide.
    classifiers: tuple[Classifier, ...] = ()
    policy_change_day: int | None = None
    inquiry: Inquiry | None = None
    open_items: int
    study_items: int = 0
    past: Past | None = None
    # Of the auditors' own slips, the share that the people concerned object to, in the last days.
    disputed: float = 0.0
    # Targets, prices, golden items, second audits, sessions and deliveries as well; it takes three weeks at least.
    is_equipped: bool = False

    def __post_init__(self) -> None:
        faults = [*self._faults_of_numbers(), *self._faults_of_names()]
        if faults:
            raise ValueError("; ".join(faults))

    def _faults_of_numbers(self) -> list[str]:
        shares = {
            "auditor_accuracy": self.auditor_accuracy,
            "weekend_share": self.weekend_share,
            "audit_rate": self.audit_rate,
            **{f"the accuracy of {team.name}": team.accuracy for team in self.teams},
            **{f"the probability of the fault of {fault.team}": fault.probability for fault in self.faults},
        }
        counts = {"days": self.days, "items_a_day": self.items_a_day}
        found = [f"{name} lies in (0, 1], not at {value}" for name, value in shares.items() if not 0 < value <= 1]
        found += [f"{name} is at least 1, not {value}" for name, value in counts.items() if value < 1]
        if len(self.shares) != len(LABELS) or abs(sum(self.shares) - 1) > 1e-9:
            found.append(f"shares are one number for each of {', '.join(LABELS)} and sum to 1")
        return found

    def _faults_of_names(self) -> list[str]:
        teams = {team.name for team in self.teams}
        asked = [fault.team for fault in self.faults] + ([self.inquiry.team] if self.inquiry else [])
        found = [f"there is no team {name!r}" for name in asked if name not in teams]
        labels = [label for fault in self.faults for label in (fault.label, fault.taken_as)]
        found += [f"there is no label {label!r}" for label in labels if label not in LABELS]
        zones = {team.time_zone for team in self.teams}
        found += [f"there is no time zone {zone!r}" for zone in sorted(zones - available_timezones())]
        people = [name for team in self.teams for name in team.people] + list(self.auditors)
        found += [f"there are two of the name {name!r}" for name in sorted({n for n in people if people.count(n) > 1})]
        if not self.teams or not self.auditors:
            found.append("somebody has to decide, and somebody to audit")
        return found
