"""Golden items and gates on plain values: unforeseeable places, even classes, risks that hold, leaks that show."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest

from evenkeel.quality.rules import leaks
from evenkeel.quality.rules.gates import Limits, judge, outlook, risk_of_run
from evenkeel.quality.rules.golden import Candidate, balance, choose, keyed, places, share_for
from evenkeel.quality.rules.leaks import Meeting, leak, leaked
from evenkeel.quality.rules.skill import Answered, adjusted_skill, skill, skill_by_class

DAY = date(2026, 3, 2)
LIMITS = Limits(good=0.95, bad=0.85, risk_good=0.05, risk_bad=0.1, most=200)


def test_places_have_their_odds_and_no_pattern() -> None:
    tasks = [UUID(int=n) for n in range(4_000)]
    mine = places(tasks, worker_id=UUID(int=1), day=DAY, salt=5, share=0.1)
    assert abs(len(mine) - 400) < 60
    assert places(tasks, worker_id=UUID(int=1), day=DAY, salt=5, share=0.1) == mine
    # Neither a colleague's places nor yesterday's tell today's.
    for other in (
        places(tasks, worker_id=UUID(int=2), day=DAY, salt=5, share=0.1),
        places(tasks, worker_id=UUID(int=1), day=DAY + timedelta(days=1), salt=5, share=0.1),
    ):
        assert len(set(mine) & set(other)) < 70
    gaps = np.diff([task.int for task in mine])
    assert np.corrcoef(gaps[:-1], gaps[1:])[0, 1] < 0.2
    assert 0 <= keyed(2**62, "x") < 1


def test_new_people_meet_more() -> None:
    said = {"share": 0.03, "new_share": 0.1, "new_days": 30}
    assert [share_for(**said, tenure_days=days) for days in (0, 29, 30, None)] == [0.1, 0.1, 0.03, 0.03]  # type: ignore[arg-type]


def test_what_is_chosen_is_even_over_classes_and_begins_with_what_was_handed() -> None:
    found = [
        Candidate(gold_id=UUID(int=n), item_id=UUID(int=n), label="abc"[n % 3 if n < 6 else 0], was_handed=n == 40)
        for n in range(60)
    ]
    chosen = choose(found, 6, worker_id=UUID(int=9), day=DAY, salt=1, met={"a": 1})
    assert chosen[0].gold_id == UUID(int=40)
    assert Counter(each.label for each in chosen) == {"a": 2, "b": 2, "c": 2}
    first = [choose(found, 1, worker_id=UUID(int=n), day=DAY, salt=1, met={"b": 9, "c": 9}) for n in range(30)]
    assert {each[0].gold_id for each in first} == {UUID(int=40)}
    assert len(choose(found, 99, worker_id=UUID(int=9), day=DAY, salt=1, met={})) == 60


def test_the_balance_says_what_is_missing() -> None:
    found = balance(["a", "a", "b", "x"], known=["a", "b", "c"], a_class=2)
    assert [(each.label, each.n, each.missing) for each in found] == [
        ("a", 2, 0),
        ("b", 1, 1),
        ("c", 0, 2),
        ("x", 1, 1),
    ]


def test_a_years_runs_share_its_risk_and_the_test_needs_fewer_than_a_fixed_one() -> None:
    assert abs(sum(risk_of_run(0.05, k) for k in range(1, 2_000)) - 0.05) < 1e-4
    found = outlook(LIMITS)
    assert found.pass_good >= 0.95
    assert found.pass_bad <= 0.1
    assert max(found.mean_good, found.mean_bad) < 0.6 * found.fixed


def test_looking_after_every_answer_keeps_a_years_risk_and_a_threshold_does_not() -> None:
    # 400 people at the good accuracy, 300 golden items each in a year, looked at after every one of them.
    rng = np.random.default_rng(20)
    stopped = crossed = 0
    for _person in range(400):
        wrong = (rng.random(300) > LIMITS.good).tolist()
        rates = np.cumsum(wrong)[19:] / np.arange(20, 301)
        crossed += bool((rates > 0.1).any())
        number, rest = 1, wrong
        while rest:
            run = judge(rest, LIMITS, number=number)
            if run.is_passed is None:
                break
            if not run.is_passed:
                stopped += 1
                break
            number, rest = number + 1, rest[run.n :]
    assert stopped / 400 < 0.05 + 0.02
    # "Below 90 % once twenty are in" stops one in five of them.
    assert crossed / 400 > 0.2


def test_skill_is_told_by_class_with_its_interval() -> None:
    rows = [Answered(group="", label="Bad" if n % 2 else "Good", difficulty=1, is_right=n % 4 != 1) for n in range(40)]
    by_class = skill_by_class(rows)
    assert (by_class["Good"].value, by_class["Bad"].value) == (1.0, 0.5)
    assert by_class["Bad"].low < 0.5 < by_class["Bad"].high
    assert skill(rows).n == 40


def test_two_vendors_of_equal_skill_and_different_mix_are_equal_once_adjusted() -> None:
    rng = np.random.default_rng(4)
    rows = [
        Answered(
            group=vendor, label="Bad" if hard else "Good", difficulty=3 if hard else 1,
            is_right=bool(rng.random() < (0.75 if hard else 0.98)),
        )
        for vendor, share in (("north", 0.15), ("south", 0.7))
        for hard in rng.random(3_000) < share
    ]  # fmt: skip
    raw = {name: skill([each for each in rows if each.group == name]).value for name in ("north", "south")}
    found = adjusted_skill(rows)
    north, south = found["north"], found["south"]
    assert north is not None
    assert south is not None
    assert raw["north"] - raw["south"] > 0.1
    assert abs(north.value - south.value) < 0.02
    assert north.low < south.value < north.high
    # Whoever never met a kind that matters is not given a figure.
    only = [*rows, *[Answered(group="new", label="Good", difficulty=1, is_right=True)] * 9]
    assert adjusted_skill(only)["new"] is None


def meetings(rng: np.random.Generator, n: int = 60, *, since: int | None = None, told: bool = False) -> list[Meeting]:
    """How people of accuracy 0.7 to 0.95 meet a golden item; from `since` on it is known, or to whoever a colleague told."""
    made = []
    for number in range(n):
        expected, knew = rng.uniform(0.7, 0.95), int(rng.random() < 0.5)
        knows = (since is not None and number >= since) or (told and knew)
        right = 0.99 if knows else expected - 0.1
        pace = rng.normal(-0.5 if knows else 0.0, 0.4)
        made.append(Meeting(is_right=bool(rng.random() < right), expected=expected, pace=pace, knew=knew))
    return made


def test_leaked_golds_are_found_and_sound_ones_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "MANY", 1_999)
    rng = np.random.default_rng(8)
    sound = {n: leak(meetings(rng), seed=n) for n in range(30)}
    assert sum(each.p <= 0.05 for each in sound.values()) <= 4
    burnt = {100 + n: leak(meetings(rng, since=30), seed=n) for n in range(6)}
    told = {200 + n: leak(meetings(rng, told=True), seed=n) for n in range(6)}
    called = set(leaked({**sound, **burnt, **told}, q=0.05))
    assert len(called & burnt.keys()) >= 5
    assert len(called & told.keys()) >= 5
    assert len(called & sound.keys()) <= 1
    assert all(each.since is not None and each.gain > 0 and each.faster > 0 for each in burnt.values())
    # Few answers say nothing, and neither do all alike.
    assert leak(meetings(rng, 11), seed=1).p == 1.0
    assert leak([Meeting(is_right=True, expected=0.9)] * 20, seed=1).p == 1.0
