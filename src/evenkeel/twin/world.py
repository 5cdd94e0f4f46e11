"""What the simulation knows and the product does not: true answers, and a stream of chance for each purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from evenkeel.policy import Policy
from evenkeel.work import Programme, Queue

from .organisation import Cast, Member
from .scenario import LABELS, Scenario, TeamPlan

ITEMS, SHIFTS, AUDITS, STUDY, PICTURES, SUGGESTIONS, GOLDS, CHECKS, SEATS, VIEWS = range(10)


@dataclass
class World:
    """A scenario under way."""

    scenario: Scenario
    cast: Cast
    programme: Programme
    queue: Queue
    policy: Policy
    first_on: date
    # When the organisation was founded: before its past, where it has one.
    began_at: datetime
    form_version: UUID
    truth: dict[UUID, str] = field(default_factory=dict)
    items: int = 0
    decided: int = 0
    audited: int = 0
    taken_back: int = 0

    def stream(self, purpose: int, *numbers: int) -> np.random.Generator:
        """Chance of its own for each purpose, day and person: what is drawn for audit (by ids) must not change the rest."""
        return np.random.default_rng([self.scenario.seed, purpose, *numbers])

    def date_of(self, day: int) -> date:
        """The date of a day of the scenario."""
        return self.first_on + timedelta(days=day)

    def answer(self, member: Member, *, day: int, item_id: UUID, rng: np.random.Generator) -> str:
        """What a member decides: the truth, a slip, or what the fault of her team makes of it."""
        assert member.plan is not None
        return answer_of(self.scenario, member.plan, day=day, truth=self.truth[item_id], rng=rng)


def answer_of(scenario: Scenario, team: TeamPlan, *, day: int, truth: str, rng: np.random.Generator) -> str:
    """What somebody of a team answers: the truth, a slip, or what the fault of her team makes of it."""
    for fault in scenario.faults:
        if fault.strikes(team=team.name, day=day, truth=truth) and rng.random() < fault.probability:
            return fault.taken_as
    return said(truth, team.accuracy, rng)


def said(truth: str, accuracy: float, rng: np.random.Generator) -> str:
    """The truth, with a probability; otherwise any of the other labels."""
    if rng.random() < accuracy:
        return truth
    return str(rng.choice([label for label in LABELS if label != truth]))
