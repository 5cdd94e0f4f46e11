"""Verdicts on actions: when an effect is planted, when there is none, and when the data cannot say."""

from __future__ import annotations

import numpy as np
import pytest

from evenkeel.kernel import (
    BadCriterion,
    BadRows,
    CannotSeeTarget,
    Season,
    against_negative_control,
    coaching_effect,
    compare_arms,
    counterfactual_series,
    difference_in_differences,
    frozen_baseline,
    interrupted_series,
    plan_effect,
    read_criterion,
    refuse_weak_plan,
    staggered_effect,
)

from . import effect_cases as cases

inf = np.inf

# ------------------------------------------------------------------ the criterion


@pytest.mark.parametrize(
    ("text", "scale", "low", "high", "is_open"),
    [
        ("ratio < 0.95", "ratio", -inf, 0.95, True),
        ("RR ≤ 0,95", "ratio", -inf, 0.95, False),
        ("rate ratio at most 0.95", "ratio", -inf, 0.95, False),
        ("0.95 > ratio", "ratio", -inf, 0.95, True),
        ("reduction >= 10%", "ratio", -inf, 0.9, False),
        ("reduction of at least 10 percent", "ratio", -inf, 0.9, False),
        ("drop > 2", "difference", -inf, -2.0, True),
        ("change <= -10 %", "ratio", -inf, 0.9, False),
        ("increase >= 5%", "ratio", 1.05, inf, False),
        ("increase above 3 pp", "difference", 0.03, inf, True),
        ("difference < −1", "difference", -inf, -1.0, True),
        ("difference <= -2 percentage points", "difference", -inf, -0.02, False),
        ("effect>0", "difference", 0.0, inf, True),
        ("ratio between 0.9 and 1.1", "ratio", 0.9, 1.1, False),
        ("0.9 < ratio < 1.1", "ratio", 0.9, 1.1, False),
    ],
)
def test_a_criterion_is_read(text: str, scale: str, low: float, high: float, is_open: bool) -> None:
    found = read_criterion(text)
    assert (found.scale, found.low, found.high, found.is_open) == (scale, low, high, is_open)


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 1, "nothing"),
        ("ratio <", 8, "number"),
        ("ratio 0.9", 7, "sign"),
        ("rates < 1", 1, "no subject"),
        ("ratio < 0.9 or so", 13, "too much"),
        ("ratio < 5%", 10, "no unit"),
        ("difference < -10%", 17, "two things"),
        ("reduction >= 150%", 17, "100 %"),
        ("ratio between 1.1 and 0.9", 15, "smaller"),
        ("ratio between 0.9", 18, "'and'"),
        ("ratio < 0.9 & x", 13, "means nothing"),
        ("1.1 > ratio > 0.9", 13, "rises"),
        ("0.9 <", 5, "a word"),
    ],
)
def test_a_criterion_that_cannot_be_read_is_refused_at_its_character(text: str, position: int, says: str) -> None:
    with pytest.raises(BadCriterion, match=says) as refused:
        read_criterion(text)
    assert refused.value.position == position
    assert f"character {position}" in str(refused.value)


def test_a_criterion_knows_success_failure_and_the_weakest_effect_that_counts() -> None:
    found = read_criterion("ratio < 0.95")
    assert found.is_met_by(0.8, 0.94)
    assert not found.is_met_by(0.8, 0.95)
    assert found.is_missed_by(0.95, 1.2)
    assert not found.is_missed_by(0.9, 1.2)
    assert (found.target, found.null, found.holds_without_effect) == (0.95, 1.0, False)
    assert read_criterion("0.9 < ratio < 1.1").holds_without_effect


# ------------------------------------------------------------------ one series


def test_a_planted_effect_is_found_through_trend_season_and_offset() -> None:
    rng = np.random.default_rng(4)
    t = np.arange(96)
    size = rng.integers(500, 900, 96)
    rate = 0.06 * np.exp(0.004 * t + 0.2 * np.sin(2 * np.pi * t / 12)) * np.where(t >= 60, 0.7, 1.0)
    found = interrupted_series(
        rng.binomial(size, rate), t, start=60, size=size, seasons=[Season(12)], criterion="reduction >= 10%"
    )
    assert found.ratio.low < 0.7 < found.ratio.high
    assert (found.verdict, found.scale) == ("effective", "ratio")
    hopeful = interrupted_series(
        rng.binomial(size, rate), t, start=60, size=size, seasons=[Season(12)], criterion="ratio < 0.4"
    )
    assert hopeful.verdict == "not_effective"


def test_weekdays_measured_in_minutes_and_days_to_wait() -> None:
    rng = np.random.default_rng(5)
    t = np.arange(84)
    y = (
        30
        + 4.0 * (t % 7 >= 5)
        + rng.normal(0, 0.5, 84)
        - np.where(t >= 56, 3.0, 0.0)
        + np.where((t >= 56) & (t < 60), 8, 0)
    )
    found = interrupted_series(
        y, t, start=56, seasons=[Season(7, None)], wait=4, criterion="difference < -1", trend=False
    )
    assert found.difference.value == pytest.approx(-3, abs=0.4)
    assert (found.verdict, found.diagnostic("left_out").value) == ("effective", 4)
    assert found.ratio.value == pytest.approx(27.0 / 30.0, abs=0.05)
    assert found.course is not None
    assert found.course.expected[found.course.is_after].mean() == pytest.approx(31.1, abs=0.5)


def test_errors_that_last_widen_the_careful_interval_and_keep_the_textbooks() -> None:
    rng = np.random.default_rng(6)
    y = 20 + cases.carried(rng, (60,), 0.7)
    quasi = interrupted_series(y, np.arange(60), start=40, trend=False, family="gaussian")
    hac = interrupted_series(y, np.arange(60), start=40, trend=False, family="gaussian", errors="hac")
    assert quasi.difference.half_width < hac.difference.half_width < hac.careful.half_width
    assert quasi.careful.half_width == pytest.approx(hac.careful.half_width)
    assert not quasi.diagnostic("autocorrelation").is_fine


@pytest.mark.parametrize(
    ("values", "start", "verdict"),
    [
        ([], 0, "cannot_tell"),
        ([5.0], 0, "cannot_tell"),
        ([4, 4, 4, 4], 9, "cannot_tell"),
        ([4, 4, 4, 4], -1, "cannot_tell"),
        ([0] * 20, 10, "cannot_tell"),
        ([0] * 10 + [3] * 10, 10, "cannot_tell"),
        ([4] * 10 + [0] * 10, 10, "effective"),
        ([4.5] * 20, 10, "not_effective"),
        ([4.5] * 10 + [2.5] * 10, 10, "effective"),
        ([np.nan] * 20, 10, "cannot_tell"),
    ],
)
def test_poor_series_get_an_honest_verdict(values: list[float], start: float, verdict: str) -> None:
    found = interrupted_series(values, range(len(values)), start=start, trend=False, criterion="ratio < 0.9")
    assert (found.verdict, bool(found.because)) == (verdict, True)


def test_empty_cells_and_holes_count_for_neither_side() -> None:
    x, n = [5, 6, 4, np.nan, 5, 6, 2, 3, 0, 2, 3, 2], [100, 110, 90, 100, 100, 100, 100, 100, 0, 100, 100, 100]
    found = interrupted_series(x, range(12), start=6, size=n, trend=False)
    assert found.ratio.n == 10
    assert found.diagnostic("left_out").value == 2
    with pytest.raises(BadRows, match="row 1"):
        interrupted_series([1, np.inf], [0, 1], start=1)
    with pytest.raises(BadRows, match="row 0"):
        interrupted_series([1, 2], [0, 1], start=1, size=[-1, 2])
    with pytest.raises(ValueError, match="period"):
        interrupted_series([1, 2], [0, 1], start=1, seasons=[Season(1)])


def test_one_good_month_is_no_new_level() -> None:
    steady = [9, 11, 10, 9, 12, 10, 11, 9, 10, 11, 10, 9]
    found = frozen_baseline([*steady, 1, 11, 10, 3], range(16), start=12, criterion="ratio < 1")
    assert found.verdict == "cannot_tell"
    lasting = frozen_baseline([*steady, 4, 5, 3, 4, 5, 4, 3, 5, 4], range(21), start=12, criterion="ratio < 0.7")
    assert (lasting.verdict, lasting.diagnostic("longest_run").is_fine) == ("effective", True)


# ------------------------------------------------------------------ units over time


def test_growing_effects_of_a_roll_out_are_not_turned_round() -> None:
    """Early starters grow on; the regression with a dummy takes them for controls and errs, imputation does not."""
    starts, times = np.array([4.0] * 4 + [10.0] * 4 + [inf] * 3), 16
    unit, t = np.repeat(np.arange(11), times), np.tile(np.arange(times), 11)
    age = np.maximum(t - np.where(np.isinf(starts[unit]), 99, starts[unit]), -1)
    rng = np.random.default_rng(7)
    y = unit + 0.5 * t + np.where(age >= 0, 1.0 + age, 0.0) + rng.normal(0, 0.1, len(t))
    found = staggered_effect(y, unit, t, starts[unit], criterion="increase > 2")
    truth = (1.0 + age)[age >= 0].mean()
    assert found.difference.value == pytest.approx(truth, abs=0.15)
    assert found.verdict == "effective"
    assert found.study is not None
    by_distance = dict(zip(found.study.distance.tolist(), found.study.effects, strict=True))
    assert [by_distance[k].value for k in (-1, 0, 3)] == pytest.approx([0, 1, 4], abs=0.2)
    assert found.diagnostic("placebo").is_fine


def test_one_wave_without_holes_is_the_classic_difference() -> None:
    rng = np.random.default_rng(8)
    unit, t = np.repeat(np.arange(8), 10), np.tile(np.arange(10), 8)
    y = rng.normal(size=80) + unit
    changed, after = (unit < 4).astype(int), (t >= 6).astype(int)
    classic = difference_in_differences(y, changed, after, units=unit)
    found = staggered_effect(y, unit, t, np.where(changed == 1, 6.0, inf))
    assert found.difference.value == pytest.approx(classic.difference.value)
    assert found.careful.half_width == pytest.approx(classic.careful.half_width, rel=0.2)


def test_trends_that_were_not_parallel_show_in_the_placebo() -> None:
    rng = np.random.default_rng(9)
    unit, t = np.repeat(np.arange(10), 18), np.tile(np.arange(18), 10)
    y = 0.3 * t * (unit < 5) + rng.normal(0, 0.3, 180)
    found = staggered_effect(y, unit, t, np.where(unit < 5, 12.0, inf))
    assert not found.diagnostic("placebo").is_fine


def test_cells_that_nothing_can_be_compared_with_are_left_out_and_said() -> None:
    unit, t = np.repeat(np.arange(4), 6), np.tile(np.arange(6), 4)
    y = unit + t + np.where(t >= np.array([2, 2, 4, 4])[unit], 5.0, 0.0)
    found = staggered_effect(y, unit, t, np.array([2.0, 2.0, 4.0, 4.0])[unit])
    assert found.difference.value == pytest.approx(5)
    assert found.diagnostic("not_comparable").value == 8
    alone = staggered_effect(y[:12], unit[:12], t[:12], np.where(unit[:12] == 0, 3.0, inf), criterion="effect > 0")
    assert alone.verdict == "cannot_tell"
    assert "counterfactual" in alone.because


@pytest.mark.parametrize(
    ("units", "time", "starts", "says"),
    [
        ([0, 0], [1, 1], [5, 5], "two rows"),
        ([0, 0], [1, 2], [5, 6], "two starts"),
        ([0, -1], [1, 2], [5, 5], "negative"),
    ],
)
def test_tables_that_are_no_panel_are_refused_with_their_rows(
    units: list[int], time: list[int], starts: list[int], says: str
) -> None:
    with pytest.raises(BadRows, match=says) as refused:
        staggered_effect([1, 2], units, time, starts)
    assert refused.value.rows == (1,)


def test_two_groups_without_one_of_their_four_cells_have_no_effect() -> None:
    found = difference_in_differences([1, 2, 3], [1, 1, 0], [0, 1, 0], criterion="effect > 0")
    assert (found.verdict, found.difference.is_known) == ("cannot_tell", False)
    with pytest.raises(ValueError, match="cluster errors"):
        difference_in_differences([1, 2], [0, 1], [0, 1], errors="cluster")
    few = difference_in_differences(
        [1, 2, 3, 9, 1, 2, 2, 3],
        [1] * 4 + [0] * 4,
        [0, 0, 1, 1] * 2,
        clusters=[0] * 4 + [1, 1, 2, 2],
        criterion="effect > 0",
    )
    assert few.verdict == "cannot_tell"


# ------------------------------------------------------------------ a counterfactual series


def test_controls_take_out_what_everybody_saw() -> None:
    rng = np.random.default_rng(10)
    common = np.cumsum(rng.normal(0, 1, 90))
    x = common[:, None] + rng.normal(0, 0.3, (90, 3))
    y = 50 + common + rng.normal(0, 0.3, 90) - 4 * (np.arange(90) >= 70)
    found = counterfactual_series(y, np.arange(90), start=70, controls=x, criterion="difference < -2")
    alone = counterfactual_series(y, np.arange(90), start=70)
    assert found.difference.low < -4 < found.difference.high
    assert found.verdict == "effective"
    assert alone.difference.half_width > 3 * found.difference.half_width
    assert alone.assumes != found.assumes


def test_holes_still_controls_and_missing_days_are_borne() -> None:
    rng = np.random.default_rng(11)
    t = np.delete(np.arange(50.0), [7, 30])
    y = 10 + rng.normal(0, 0.5, 48) + np.where(t >= 40, 2.0, 0.0)
    y[[3, 45]] = np.nan
    x = np.column_stack([np.full(48, 3.0), rng.normal(size=48)])
    found = counterfactual_series(y, t, start=40, controls=x)
    assert found.difference.value == pytest.approx(2, abs=0.7)
    assert found.diagnostic("still_controls").value == 1
    with pytest.raises(BadRows, match="occurs twice"):
        counterfactual_series([1, 2], [5, 5], start=6)
    with pytest.raises(BadRows, match="controls"):
        counterfactual_series([1, 2], [5, 6], start=6, controls=[1, np.nan])
    constant = counterfactual_series([3.0] * 30, range(30), start=20, criterion="effect < 0")
    assert constant.verdict != "effective"


# ------------------------------------------------------------------ two arms


def test_people_who_answer_often_count_as_people_not_as_answers() -> None:
    rng = np.random.default_rng(12)
    person = np.repeat(np.arange(40), 100)
    wrong = rng.random(4000) < np.clip(rng.normal(0.1, 0.08, 40), 0, 1)[person]
    arm = person % 2
    alone = compare_arms(wrong, arm, looks="one")
    grouped = compare_arms(wrong, arm, clusters=person, looks="one")
    assert grouped.difference.half_width > 2 * alone.difference.half_width


def test_arms_that_chance_did_not_make_prove_nothing() -> None:
    found = compare_arms([60, 400], [0, 1], size=[2000, 9000], share=0.5, criterion="ratio > 1")
    assert (found.verdict, found.diagnostic("sample_ratio").is_fine) == ("cannot_tell", False)
    assert compare_arms([60, 400], [0, 1], size=[2000, 9000], share=9 / 11).diagnostic("sample_ratio").is_fine
    tiny = compare_arms([0, 5], [0, 1], size=[20, 20], criterion="difference > 0")
    assert "too few cases" in tiny.because
    rare = compare_arms([0, 5], [0, 1], size=[2000, 2000], criterion="difference > 0")
    assert "too few events" in rare.because
    assert compare_arms([], [], size=[]).verdict == "cannot_tell"
    with pytest.raises(BadRows, match="between 0 and size"):
        compare_arms([5], [0], size=[3])


def test_an_interval_for_any_look_is_wider_and_its_p_value_larger() -> None:
    settings = {"size": [4000, 4000], "criterion": "difference < 0"}
    any_, one = (compare_arms([240, 180], [0, 1], looks=looks, **settings) for looks in ("any", "one"))  # type: ignore[arg-type]
    assert any_.difference.half_width > 1.3 * one.difference.half_width
    assert any_.p_value > 5 * one.p_value
    assert (any_.verdict, one.verdict) == ("cannot_tell", "effective")
    means = compare_arms(np.random.default_rng(13).normal([10, 9], 2, (500, 2)).ravel(), [0, 1] * 500)
    assert means.difference.high < 0


def test_a_metric_that_must_not_move_takes_the_belief_away() -> None:
    fell = compare_arms([400, 240], [0, 1], size=[4000, 4000], criterion="ratio < 0.9")
    still = compare_arms([400, 396], [0, 1], size=[4000, 4000])
    kept = against_negative_control(fell, still)
    assert (kept.verdict, kept.diagnostic("negative_control").is_fine) == ("effective", True)
    gone = against_negative_control(fell, fell)
    assert (gone.verdict, gone.diagnostic("negative_control").is_fine) == ("cannot_tell", False)


def test_the_worst_people_get_better_without_coaching_and_it_is_said() -> None:
    rng = np.random.default_rng(14)
    rate = rng.beta(40, 600, 120)
    n = np.full(120, 60)
    x = [rng.binomial(n, rate) for _ in range(2)]
    worst = x[0] >= np.sort(x[0])[-20]
    found = coaching_effect(x[0], n, x[1], n, worst, criterion="reduction >= 5%")
    assert found.diagnostic("plain_change").value < -0.03
    assert found.diagnostic("regression_to_the_mean").value == pytest.approx(
        found.diagnostic("plain_change").value, abs=0.02
    )
    assert found.difference.low < 0 < found.difference.high
    assert found.verdict != "effective"
    helped = coaching_effect(x[0], n, np.where(worst, x[1] // 3, x[1]), n, worst, criterion="reduction >= 5%")
    assert helped.verdict == "effective"
    assert coaching_effect([1], [2], [1], [2], [1]).verdict == "cannot_tell"
    assert coaching_effect([5] * 9, [9] * 9, [4] * 9, [9] * 9, [1] * 4 + [0] * 5).difference.value == pytest.approx(0)


# ------------------------------------------------------------------ plans


def test_a_plan_that_cannot_see_its_own_target_is_refused_with_what_would_do() -> None:
    plan = plan_effect(0.05, 0.04, per_week=1500, deadline=6)
    assert (plan.weeks, plan.audits, plan.is_enough) == (9, 13490, False)
    with pytest.raises(CannotSeeTarget, match="would need 9 weeks"):
        refuse_weak_plan(plan)
    assert plan.smallest_at_deadline is not None
    assert plan_effect(0.05, plan.smallest_at_deadline, per_week=1500, deadline=6).is_enough
    hopeless = plan_effect(0.05, 0.0499, per_week=5)
    assert (hopeless.weeks, hopeless.is_enough) == (None, False)
    assert plan_effect(0.05, 0.04, per_week=1500, looks="any").audits > 13490  # type: ignore[operator]
    stricter = plan_effect(0.05, 0.03, per_week=1500, criterion="reduction >= 20%")
    assert stricter.audits > plan_effect(0.05, 0.03, per_week=1500).audits  # type: ignore[operator]
    with pytest.raises(ValueError, match="aim further"):
        plan_effect(0.05, 0.045, per_week=100, criterion="reduction >= 20%")
    with pytest.raises(ValueError, match="different directions"):
        plan_effect(0.05, 0.045, per_week=100, criterion="increase >= 20%")
    with pytest.raises(ValueError, match="must differ"):
        plan_effect(0.05, 0.05, per_week=100)


# ------------------------------------------------------------------ simulations, in short (bench/change_effects.py at length)


def test_sixty_daily_looks_say_it_worked_by_mistake_as_often_as_published() -> None:
    found = cases.peeking(2000, seed=1)
    assert found["daily"] == pytest.approx(0.339, abs=0.035)
    assert found["weekly"] == pytest.approx(0.177, abs=0.03)
    assert found["mixture"] <= 0.03
    real = cases.peeking(300, seed=2, rates=(0.05, 0.035))
    assert real["mixture"] > 0.99
    assert real["median look"] == pytest.approx(15, abs=1)


@pytest.mark.parametrize("name", cases.NULLS)
def test_no_effect_is_rarely_called_one(name: str) -> None:
    # 24 runs at the true 2.5 % have more than 3 once in 300 tables.
    assert cases.share_effective(cases.NULLS[name], 24, seed=3) <= 3 / 24


@pytest.mark.parametrize("design", ["ab", "freeze", "did"])
def test_power_is_what_the_plan_promised(design: str) -> None:
    promised, happened, _ = cases.planned_power(design, 60, seed=4)
    assert happened == pytest.approx(promised, abs=0.13)
