"""Plans, proofs, benefits, gates and votes: plain values, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from evenkeel.improve.rules_benefits import Claim, Found, Rates, apart, benefit_of, systemic, total_of
from evenkeel.improve.rules_initiatives import GATES, count_votes
from evenkeel.improve.rules_plans import Frozen, Past, fault_in_plan, power_of, sha256_of, smallest_seen
from evenkeel.improve.rules_proofs import Figures, Unit, past_of, prove
from evenkeel.kernel import Estimate, read_criterion

TODAY = date(2026, 3, 2)


def plan(**said: Any) -> Frozen:
    asked: dict[str, Any] = {
        "metric": "accuracy", "better": "up", "unit": "percent", "scope": {"programme": "p"}, "comparison": "before_after",
        "dimension": "", "changed": (), "others": (), "coached": 0, "aim": "improve", "least": 0.0, "expected": 0.05,
        "starts_on": "2026-03-09", "baseline_weeks": 12, "run_in_weeks": 1, "window_weeks": 8, "has_trend": False,
        "extension_weeks": 0, "negative_control": "", "past": {},
    }  # fmt: skip
    return Frozen(**asked | said)


def unit(rate: float, after: float, *, start: int | None, seed: int, n: int = 200) -> Unit:
    rng = np.random.default_rng(seed)
    wrong = rng.binomial(n, [rate if week < 12 or start is None else after for week in range(21)])
    return Unit(name="", start=start, values=tuple((1 - wrong / n).round(6).tolist()), sizes=(float(n),) * 21)


@pytest.mark.parametrize(
    ("said", "criterion"),
    [
        ({}, "difference < 0"),
        ({"least": 0.02}, "difference <= -0.02"),
        ({"unit": "duration_ms", "better": "down", "least": 900.0}, "difference <= -900"),
        ({"unit": "number", "better": "up", "least": 2.0}, "difference >= 2"),
        ({"aim": "keep", "least": 0.01}, "difference between -0.01 and 0.01"),
    ],
)
def test_the_criterion_speaks_of_what_is_unwanted(said: dict[str, Any], criterion: str) -> None:
    assert plan(**said).criterion == criterion
    assert read_criterion(criterion).scale == "difference"


def test_a_document_reads_back_and_keeps_its_sign() -> None:
    said = plan(comparison="matched", dimension="team", changed=(("a", "2026-03-09"),), others=("b", "c"))
    assert Frozen.read(said.written()) == said
    assert sha256_of(said.written()) == sha256_of(Frozen.read(said.written()).written())
    assert sha256_of(said.written()) != sha256_of(plan(least=0.01).written())
    assert (said.first_day, said.until) == (date(2025, 12, 15), date(2026, 5, 11))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, None),
        ({"starts_on": "2026-03-02"}, ("starts_on", "past")),
        ({"has_trend": True}, ("baseline_weeks", "trend")),
        ({"extension_weeks": 9}, ("extension_weeks", "range")),
        ({"comparison": "staggered", "changed": (("a", "2026-03-09"), ("b", "2026-03-12"))}, ("changed", "weeks")),
        ({"comparison": "staggered", "changed": (("a", "2026-03-09"), ("b", "2026-03-09"))}, ("changed", "waves")),
        ({"comparison": "with_controls"}, ("others", "none")),
    ],
)
def test_faults_of_a_plan_are_named(said: dict[str, Any], fault: tuple[str, str] | None) -> None:
    assert fault_in_plan(plan(**said), today=TODAY) == fault


def test_coaching_needs_the_audits_that_two_shares_need() -> None:
    # 10 % to 5 %: 435 audits in each group by the usual formula.
    past = Past(rate=0.10, per_week=55.0, weeks=12, dispersion=1.0, others_a_week=55.0)
    found = power_of(plan(comparison="coaching", coached=6, window_weeks=8), past)
    assert found.weeks == 8
    assert found.is_enough
    assert not power_of(plan(comparison="coaching", coached=6, window_weeks=7), past).is_enough


def test_a_plan_too_weak_hears_what_it_could_see() -> None:
    past = Past(rate=0.10, per_week=55.0, weeks=12, dispersion=1.0, others_a_week=55.0)
    weak = plan(comparison="coaching", coached=6, window_weeks=7)
    seen = smallest_seen(weak, past)
    assert seen is not None
    assert 0.05 < seen < 0.06, "5 points need a week more"
    assert power_of(replace(weak, expected=seen), past).is_enough
    assert smallest_seen(weak, replace(past, per_week=0.5)) is None, "not even if every error went away"


def test_one_series_is_judged_by_its_frozen_baseline() -> None:
    figures = Figures(first_day="2025-12-15", units=(unit(0.10, 0.05, start=12, seed=1),))
    assert past_of(plan(), figures).per_week == 200
    found = prove(plan(), figures)
    assert found.verdict == "effective"
    assert found.improvement.low < 0.05 < found.improvement.high
    assert prove(plan(), Figures.read(figures.written())) == found, "the same data give the same verdict"
    assert found.course["seen"][0] == pytest.approx(figures.units[0].values[0])
    idle = Figures(first_day="2025-12-15", units=(unit(0.10, 0.10, start=12, seed=2),))
    assert prove(plan(), idle).verdict != "effective"
    assert prove(plan(least=0.04), figures).because == "both"
    assert prove(plan(aim="keep", least=0.05), idle).verdict == "effective", "it stayed the same"
    assert prove(plan(aim="keep", least=0.02), figures).verdict != "effective"


def test_units_that_start_one_after_another_teach_each_other() -> None:
    def wave(start: int, seed: int) -> Unit:
        rng = np.random.default_rng(seed)
        wrong = rng.binomial(300, [0.10 if week < start else 0.05 for week in range(23)])
        return Unit(name="", start=start, values=tuple((1 - wrong / 300).round(6).tolist()), sizes=(300.0,) * 23)

    starts = (12, 12, 14, 14, 16, 16)
    days = {12: "2026-03-09", 14: "2026-03-23", 16: "2026-04-06"}
    said = plan(
        comparison="staggered", dimension="team", changed=tuple((str(n), days[start]) for n, start in enumerate(starts))
    )
    found = prove(said, Figures(first_day="2025-12-15", units=tuple(wave(start, n) for n, start in enumerate(starts))))
    assert 0.03 < found.improvement.value < 0.07
    assert found.study


@pytest.mark.parametrize("comparison", ["before_after", "with_controls"])
def test_a_mean_is_judged_in_its_own_unit(comparison: str) -> None:
    rng = np.random.default_rng(5)

    def series(later: float, start: int | None) -> Unit:
        values = tuple(float(rng.normal(30_000 if week < 12 else later, 400)) for week in range(21))
        return Unit(name="", start=start, values=values, sizes=(400.0,) * 21)

    said = plan(metric="handle_time", better="down", unit="duration_ms", least=500.0, expected=3_000.0,
                comparison=comparison, dimension="team", others=("c",))  # fmt: skip
    units = (series(26_500, 12), series(30_000, None))[: 2 if comparison == "with_controls" else 1]
    figures = Figures(first_day="2025-12-15", units=units, control=(series(30_000, 12),))
    assert power_of(said, past_of(said, figures)).is_enough
    found = prove(said, figures)
    assert found.verdict == "effective"
    assert 2_500 < found.improvement.value < 4_500


def test_without_audits_nothing_is_told() -> None:
    none = Unit(name="", start=12, values=(None,) * 21, sizes=(0.0,) * 21)
    empty = Figures(first_day="2025-12-15", units=(none,))
    assert (prove(plan(), empty).verdict, prove(plan(), empty).because) == ("cannot_tell", "few")
    with pytest.raises(ValueError, match="no audits"):
        past_of(plan(), empty)


def claim(key: str, team: str | None, benefit: tuple[float, float, float], **said: Any) -> Claim:
    value, low, high = benefit
    errors = Estimate(value, low, high, 9, 9.0, "x").to_dict()
    asked: dict[str, Any] = {
        "key": key, "metric": "accuracy", "places": ({"programme": "p", "site": "s", "team": team},),
        "since": date(2026, 3, 9), "until": date(2026, 5, 11), "volume": 10.0, "benefit": {"errors": errors},
    }  # fmt: skip
    return Claim(**asked | said)


def test_what_two_actions_share_is_counted_once() -> None:
    one, other, later = claim("a", "A", (30, 20, 40)), claim("b", "B", (40, 10, 70)), claim("c", "A", (5, 0, 10))
    whole = claim("d", None, (50, 40, 60), volume=99.0)
    assert [len(group.also) for group in apart([one, other])] == [0, 0]
    total = total_of(apart([one, other]), "errors")
    assert total is not None
    assert (total.value, round(total.low, 3), round(total.high, 3)) == (70, 38.377, 101.623)
    (group,) = apart([one, other, later, whole])
    assert (group.counted.key, [each.key for each in group.also]) == ("d", ["a", "b", "c"])
    assert len(apart([one, claim("e", "A", (1, 0, 2), since=date(2026, 5, 11), until=date(2026, 7, 1))])) == 2
    assert len(apart([one, claim("e", "A", (1, 0, 2), metric="recall")])) == 2
    assert total_of([], "errors") is None


def test_benefits_are_the_improvement_times_work_times_rates() -> None:
    rates = Rates(minutes_per_error=30, cents_per_error=200, cents_per_hour=4_000)
    found = benefit_of(Estimate(0.02, 0.01, 0.03, 9, 9.0, "x"), unit="percent", volume=10_000, rates=rates)
    assert (found["errors"]["value"], found["hours"]["low"], found["money_cents"]["high"]) == (200, 50, 300 * 2_200)
    faster = benefit_of(Estimate(3_600.0, 0.0, 7_200.0, 9, 9.0, "x"), unit="duration_ms", volume=1_000, rates=rates)
    assert (faster["hours"]["value"], faster["money_cents"]["value"]) == (1.0, 4_000)
    assert "errors" not in faster
    assert set(benefit_of(Estimate(1.0, 0.0, 2.0, 9, 9.0, "x"), unit="number", volume=9, rates=rates)) == {
        "volume", "currency", "rates",
    }  # fmt: skip


def test_a_cause_is_systemic_across_places_and_within_half_a_year() -> None:
    days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    near = [Found(cause="tool", place=place, on=day) for place, day in zip("abb", days, strict=True)]
    assert systemic(near)[0].is_systemic
    assert not systemic([*near[:2], Found(cause="tool", place="b", on=date(2026, 9, 1))])[0].is_systemic
    assert not systemic([Found(cause="tool", place="a", on=day) for day in days])[0].is_systemic


def test_votes_for_what_was_merged_count_once_a_person() -> None:
    into = {"b": "a", "c": "b"}
    assert count_votes([("a", 1), ("b", 1), ("c", 2), ("d", 1)], into) == {"a": 2, "d": 1}
    assert [str(gate.title) for gate in GATES["dmaic"]] == ["Define", "Measure", "Analyse", "Improve", "Control"]
