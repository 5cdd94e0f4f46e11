"""The stories that docs/demo.md tells are in what the demo's people do: found as a figure would find them, from audits."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.twin import DEMO
from evenkeel.twin.history import Before, before, live_before
from evenkeel.twin.story import _is_about
from evenkeel.twin.suggesting import _said
from evenkeel.twin.texts import label_of, listing
from evenkeel.twin.world import answer_of

Bools = npt.NDArray[np.bool_]
_MANUAL = Path(__file__).parents[4] / "docs" / "demo.md"


class Lived:
    """Four months in columns: of every decision the day, the team, the clause given, whether it was audited and right."""

    def __init__(self, known: Before) -> None:
        days, teams, labels, audited, right = [], [], [], [], []
        for day in range(known.plan.days):
            work, judged = live_before(known, day)
            is_audited, is_right = np.zeros(len(work), dtype=bool), np.zeros(len(work), dtype=bool)
            is_audited[judged.row] = True
            is_right[judged.row] = judged.label == work.label[judged.row]
            days.append(np.full(len(work), day))
            teams.append(work.team)
            labels.append(work.label)
            audited.append(is_audited)
            right.append(is_right)
        self.day, self.team, self.label, self.audited, self.right = map(
            np.concatenate, (days, teams, labels, audited, right)
        )

    def accuracy(self, team: str, since: int, until: int) -> float:
        here = self.team == [plan.name for plan in DEMO.teams].index(team)
        rows = here & self.audited & (self.day >= since) & (self.day < until)
        assert rows.sum() > 100
        return float(self.right[rows].mean())

    def share_acted_on(self, since: int, until: int) -> float:
        rows = (self.day >= since) & (self.day < until)
        return float((self.label[rows] > 0).mean())


@pytest.fixture(scope="module")
def lived() -> Lived:
    known = before(DEMO, first_on=date(2026, 10, 25))
    assert known is not None
    return Lived(known)


def test_new_people_at_northline_a_learn(lived: Lived) -> None:
    assert lived.accuracy("Northline A", 8, 29) < lived.accuracy("Northline A", 60, 120) - 0.04


def test_the_training_of_brightwater_worked_and_others_stayed_as_they_were(lived: Lived) -> None:
    gained = {plan.name: lived.accuracy(plan.name, 57, 120) - lived.accuracy(plan.name, 0, 50) for plan in DEMO.teams}
    assert gained["Brightwater one"] > 0.12
    assert abs(gained["Harbour desk"]) < 0.06
    assert abs(gained["Northline B"]) < 0.06


def test_the_campaign_changes_what_comes_in_and_nobody_works_worse(lived: Lived) -> None:
    assert lived.share_acted_on(66, 74) > lived.share_acted_on(40, 66) + 0.07
    before_, during = (np.mean([lived.accuracy(plan.name, *span) for plan in DEMO.teams if plan.name != "Brightwater one"])
                       for span in ((42, 66), (66, 90)))  # fmt: skip
    assert during > before_ - 0.03


@pytest.mark.parametrize(("team", "day", "truth"), [("Brightwater one", 9, "Spam"), ("Northline B", 20, "Scam")])
def test_a_team_lets_pass_what_the_others_stop(team: str, day: int, truth: str) -> None:
    rng = np.random.default_rng(1)
    passed = {
        plan.name: np.mean([answer_of(DEMO, plan, day=day, truth=truth, rng=rng) == "Allowed" for _item in range(300)])
        for plan in DEMO.teams
    }
    assert passed.pop(team) > 0.6
    assert max(passed.values()) < 0.15
    assert answer_of(DEMO, DEMO.teams[0], day=DEMO.days, truth="Abuse", rng=rng) in ("Abuse", "Allowed", "Spam", "Scam")


def test_the_true_answer_of_a_listing_can_be_read_from_its_text() -> None:
    rng = np.random.default_rng(2)
    for label in ("Allowed", "Spam", "Scam", "Abuse"):
        assert {label_of(listing(label, rng)) for _item in range(40)} == {label}
    assert label_of("A text of somebody's own.") == "Allowed"


def test_the_new_classifier_lets_scams_pass_and_nothing_else_changes() -> None:
    before_, after = DEMO.classifiers
    assert (before_.from_day, after.from_day) == (0, 14)
    said = {
        model.name: np.mean(
            [_said(DEMO, model, key=f"L-{n}", truth="Scam").answer["label"] == "Scam" for n in range(200)]
        )
        for model in DEMO.classifiers
    }
    assert said[before_.name] > 0.75 > 0.65 > said[after.name]


@pytest.mark.parametrize(
    ("team", "site", "organisation", "is_about"),
    [("b", "m", "n", True), ("a", "m", "n", False), (None, "m", "n", True), (None, None, "o", False), (None, None, None, True)],
)  # fmt: skip
def test_a_signal_is_about_the_struck_team_or_a_whole_that_it_is_part_of(
    team: str | None, site: str | None, organisation: str | None, is_about: bool
) -> None:
    struck = SimpleNamespace(pk="b", site_id="m", site=SimpleNamespace(organisation_id="n"))
    world: Any = SimpleNamespace(scenario=DEMO, cast=SimpleNamespace(teams={"Northline B": struck}))
    signal: Any = SimpleNamespace(team_id=team, site_id=site, organisation_id=organisation)
    assert _is_about(signal, world) is is_about


def test_every_seat_of_the_past_has_its_holder_and_every_leaver_a_name() -> None:
    for first in (date(2026, 3, day) for day in range(1, 8)):
        known = before(DEMO, first_on=first)
        assert known is not None
        held = [name for name, is_there in known.seats if is_there]
        assert held == [name for plan in DEMO.teams for name in plan.people]
        assert len(known.seats) - len(held) <= len(known.past.leavers)


def test_the_manual_names_every_story() -> None:
    said = _MANUAL.read_text()
    for word in (
        "Northline A",
        "Refresher on scams and spam",
        "campaign",
        "Spam slips through at Brightwater",
        "Northline B",
        "classifier",
    ):
        assert word in said
