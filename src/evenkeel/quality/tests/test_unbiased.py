"""Looking where errors are does not move the headline: the short form of the simulation that bench/sampling runs in full."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from .floor_world import DESIGNS, draw_floor, make_floor

FLOOR = make_floor(days=4, a_day=2_000, seed=3)
SAMPLES = 40


@pytest.mark.parametrize("name", ["widths", "risk", "rare and new"])
def test_the_headline_stays_where_the_truth_is(name: str) -> None:
    made = [draw_floor(FLOOR, DESIGNS[name], salt=salt) for salt in range(SAMPLES)]
    off = np.array([one.headline.value for one in made]) - FLOOR.truth
    assert abs(off.mean()) < 3.5 * off.std(ddof=1) / sqrt(SAMPLES)
    # What was looked at is far worse than the whole; only the odds put that right.
    assert np.mean([one.naive for one in made]) < FLOOR.truth - 0.02
    holds = np.mean([one.headline.low <= FLOOR.truth <= one.headline.high for one in made])
    assert holds > 0.85


def test_odds_that_follow_what_was_drawn_before_move_nothing_and_leave_nobody_out() -> None:
    made = [draw_floor(FLOOR, DESIGNS["all, limited"], salt=salt) for salt in range(8)]
    off = np.array([one.headline.value for one in made]) - FLOOR.truth
    assert abs(off.mean()) < 3.5 * off.std(ddof=1) / sqrt(len(made))
    audits = np.array([one.audits for one in made])
    a_day = audits.mean() / 4
    assert 80 < a_day < 125, "the limit of 100 a day is kept in expectation"
    assert np.mean([one.people_unseen for one in made]) < 2


def test_aiming_at_widths_beats_as_many_hours_drawn_at_random() -> None:
    made = [draw_floor(FLOOR, DESIGNS["widths"], salt=salt) for salt in range(100)]
    off = np.array([one.headline.value for one in made]) - FLOOR.truth
    audits = np.mean([one.hours for one in made]) * 3600 / FLOOR.seconds
    n = sum(len(right) for right in FLOOR.right)
    random = sqrt(FLOOR.truth * (1 - FLOOR.truth) * (1 / audits - 1 / n))
    assert sqrt(float((off**2).mean())) < random
