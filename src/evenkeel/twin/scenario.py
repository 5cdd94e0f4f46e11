"""What a synthetic organisation is made of: people with skill, items with true answers, and one planted fault."""

from __future__ import annotations

from dataclasses import dataclass

LABELS = ("Allowed", "Spam", "Scam", "Abuse")


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
    """From `from_day` on, a team takes items that are truly `label` for `taken_as`, with this probability."""

    team: str
    from_day: int
    label: str
    taken_as: str
    probability: float


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Everything that `build_demo` needs; the same seed gives the same organisation."""

    seed: int
    house: str
    teams: tuple[TeamPlan, ...]
    auditors: tuple[str, ...]
    auditor_accuracy: float
    days: int
    decisions_a_person_and_day: int
    audit_rate: float
    shares: tuple[float, ...]
    policy_change_day: int
    fault: Fault
    open_items: int

    def __post_init__(self) -> None:
        if len(self.shares) != len(LABELS) or abs(sum(self.shares) - 1) > 1e-9:
            raise ValueError(f"shares are one number for each of {', '.join(LABELS)} and sum to 1")
        if not 0 < self.audit_rate <= 1:
            raise ValueError("audit_rate lies in (0, 1]")
        if self.fault.team not in {team.name for team in self.teams}:
            raise ValueError(f"the fault's team {self.fault.team!r} is none of the teams")


DEMO = Scenario(
    seed=20261122,
    house="Harbour Market",
    teams=(
        TeamPlan(
            organisation="Harbour Market",
            site="Rotterdam",
            time_zone="Europe/Amsterdam",
            name="Harbour desk",
            people=("Anouk de Wit", "Femi Adeyemi", "Jonas Brandt"),
            accuracy=0.95,
            seconds=24,
        ),
        TeamPlan(
            organisation="Northline Support",
            site="Manila",
            time_zone="Asia/Manila",
            name="Northline A",
            people=("Paolo Reyes", "Grace Uy", "Miguel Santos", "Carla Dizon"),
            accuracy=0.94,
            seconds=20,
        ),
        TeamPlan(
            organisation="Northline Support",
            site="Manila",
            time_zone="Asia/Manila",
            name="Northline B",
            people=("Rosa Villar", "Dennis Lim", "Tess Aquino", "Noel Cruz"),
            accuracy=0.94,
            seconds=19,
        ),
        TeamPlan(
            organisation="Brightwater",
            site="Lisbon",
            time_zone="Europe/Lisbon",
            name="Brightwater one",
            people=("Inês Duarte", "Rui Matos", "Sofia Lobo"),
            accuracy=0.92,
            seconds=27,
        ),
    ),
    auditors=("Marta Kowalska", "Wei Ling Tan"),
    auditor_accuracy=0.985,
    days=28,
    decisions_a_person_and_day=12,
    audit_rate=0.4,
    shares=(0.54, 0.16, 0.22, 0.08),
    policy_change_day=19,
    fault=Fault(team="Northline B", from_day=20, label="Scam", taken_as="Allowed", probability=0.85),
    open_items=120,
)
