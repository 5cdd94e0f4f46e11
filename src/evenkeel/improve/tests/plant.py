"""Teams with figures by week, written straight into the roll-ups: an action's effect is planted, and no audit is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import numpy as np

from evenkeel.ground.access import Actor
from evenkeel.improve import Action, Asked, freeze_plan, open_action
from evenkeel.measure.models import DayParts, WorkerDayParts
from evenkeel.measure.rollup.adding import cell_key
from evenkeel.people import Team, Worker, add_team

from .story import NOW, SYSTEM, Story, actor_of

START = date(2026, 3, 9)
WEEK = timedelta(days=7)
BASELINE = 12
FIRST_DAY = START - BASELINE * WEEK
# Run-in 1, window 8.
WEEKS = BASELINE + 9
OVER = START + 9 * WEEK
AFTER = NOW + (OVER + timedelta(days=4) - NOW.date())


@dataclass
class Plant:
    """A story with eight teams of one vendor, and who acts."""

    story: Story
    teams: list[Team]
    lead: Actor
    manager: Actor

    @classmethod
    def make(cls) -> Plant:
        """Teams without figures."""
        story = Story.make(people=1)
        teams = [add_team(SYSTEM, site=story.site, name=f"Team {n}", now=NOW) for n in range(8)]
        lead = actor_of(story.person("lead", name="Lena"))
        return cls(story, teams, lead, actor_of(story.manager))

    def weeks(
        self,
        team: Team | None,
        wrong: Callable[[int], float],
        *,
        seed: int,
        a_week: int = 300,
        weeks: range = range(WEEKS),
        metric: str = "accuracy",
    ) -> None:
        """So many audits a week of a team, wrong with a probability by week; and as many decisions again."""
        rng = np.random.default_rng(seed)
        rows = []
        for week in weeks:
            bad = int(rng.binomial(a_week, wrong(week)))
            rows.append(self._row(team, metric, week, a_week, a_week - bad))
            if metric == "accuracy":
                rows.append(self._row(team, "decided", week, a_week * 4, a_week * 4))
        DayParts.objects.bulk_create(rows)

    def _row(self, team: Team | None, metric: str, week: int, n: int, y: int) -> DayParts:
        return DayParts(metric=metric, **self._cell(team, week), **sums(n, y))

    def _cell(self, team: Team | None, week: int) -> dict[str, Any]:
        story = self.story
        return {
            "id": uuid4(), "day": FIRST_DAY + week * WEEK + timedelta(days=2), "programme": story.programme,
            "queue": story.queue, "organisation": story.vendor, "site": story.site, "team": team,
        }  # fmt: skip

    def people(
        self,
        wrong: Mapping[int, tuple[float, float]],
        *,
        seed: int,
        a_week: int = 20,
        counts: Mapping[int, int] | None = None,
    ) -> list[Worker]:
        """Workers of the first team, each with her own probability of error before and after the start.

        `counts` fixes how many errors each made in the whole baseline: those by which people were picked.
        """
        rng = np.random.default_rng(seed)
        workers = Worker.objects.bulk_create(
            Worker(
                organisation=self.story.vendor, site=self.story.site, team=self.teams[0], code=f"c-{seed}-{n}",
                name=f"Person {n}", created_at=NOW,
            )
            for n in wrong
        )  # fmt: skip
        rows = []
        for number, worker in zip(wrong, workers, strict=True):
            before, after = wrong[number]
            bad = rng.binomial(a_week, [before if week < BASELINE else after for week in range(WEEKS)])
            if counts is not None:
                bad[:BASELINE] = rng.multivariate_hypergeometric([a_week] * BASELINE, counts[number])
            for week in range(WEEKS):
                for metric, n, y in (
                    ("accuracy", a_week, a_week - int(bad[week])),
                    ("decided", a_week * 4, a_week * 4),
                ):
                    cell = self._cell(self.teams[0], week)
                    cell["id"] = cell_key(metric, cell["day"], worker.pk)
                    rows.append(WorkerDayParts(metric=metric, worker=worker, **cell, **sums(n, y)))
        WorkerDayParts.objects.bulk_create(rows)
        return workers

    def opened(self, **said: Any) -> Action:
        """A corrective action of the lead's."""
        asked: dict[str, Any] = {
            "title": "Explain gift cards", "kind": "corrective", "what": "A page with examples for each team.",
            "due_on": START, "programme": self.story.programme, "organisation": self.story.vendor, "now": NOW,
        }  # fmt: skip
        return open_action(self.lead, **asked | said)

    def frozen(self, action: Action, **said: Any) -> Any:
        """Its plan: four teams against four others."""
        return freeze_plan(self.lead, action=action, asked=matched(self, **said), now=NOW)


def matched(plant: Plant, **said: Any) -> Asked:
    """The first four teams changed, the last four compared with."""
    asked: dict[str, Any] = {
        "metric": "accuracy", "comparison": "matched", "starts_on": START, "expected": 0.04, "dimension": "team",
        "changed": {team.pk: START for team in plant.teams[:4]}, "others": [team.pk for team in plant.teams[4:]],
        "baseline_weeks": BASELINE,
    }  # fmt: skip
    return Asked(**asked | said)


def sums(n: int, y: int) -> dict[str, float]:
    """The parts of `n` rows of weight 1, `y` of them 1."""
    return {"n": n, "w": n, "wy": y, "ww": n, "wwy": y, "wwyy": y}
