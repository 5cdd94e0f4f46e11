"""Acceptance plans, the standard's tables, switching, sequential tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest

from evenkeel.kernel import (
    AQLS,
    AcceptancePlan,
    Switching,
    acceptance_curve,
    anytime_mean,
    anytime_share,
    code_letter,
    confidence_sequence,
    find_plan,
    scheme_characteristics,
    score_gain,
    sprt,
    standard_plan,
)
from evenkeel.kernel.standard_plans import InspectionLevel

Rows = list[dict[str, str]]


@pytest.mark.shared_data
def test_all_single_plans_of_the_standard_come_out(reference_rows: Callable[[str], Rows]) -> None:
    rows = reference_rows("quality/z14_single_master.csv")
    for row in rows:
        state: Any = row["plan"].lower()
        plan = standard_plan(None, aql=float(row["aql"]), letter=row["letter"], inspection=state).plan
        assert (plan.sizes, plan.accept, plan.reject) == ((int(row["n"]),), (int(row["Ac"]),), (int(row["Re"]),)), row
    assert len(rows) == 1248


@pytest.mark.shared_data
def test_all_code_letters_of_the_standard_come_out(reference_rows: Callable[[str], Rows]) -> None:
    for row in reference_rows("quality/z14_code_letters.csv"):
        ends = row["lot_size"].rstrip("+").split("-")
        for level in get_args(InspectionLevel):
            for lot in ends:
                assert code_letter(int(lot), level=level) == row[level]


# Tables III and IV of the standard, one plan of each kind of row.
@pytest.mark.parametrize(
    ("letter", "aql", "inspection", "plan_type", "size", "accept", "reject"),
    [
        ("L", 1.5, "normal", "double", 125, (3, 8), (7, 9)),
        ("K", 1.0, "normal", "double", 80, (1, 4), (4, 5)),
        ("K", 10.0, "tightened", "double", 80, (9, 23), (14, 24)),
        ("J", 4.0, "reduced", "double", 20, (1, 4), (5, 7)),
        ("F", 0.65, "normal", "single", 20, (0,), (1,)),
        ("B", 6.5, "normal", "single", 2, (0,), (1,)),
        ("K", 1.0, "normal", "multiple", 32, (-1, 0, 1, 2, 3, 4, 6), (3, 3, 4, 5, 6, 6, 7)),
        ("L", 1.5, "normal", "multiple", 50, (0, 1, 3, 5, 7, 10, 13), (4, 6, 8, 10, 11, 12, 14)),
        ("L", 1.5, "tightened", "multiple", 50, (-1, 1, 2, 3, 5, 7, 9), (4, 5, 6, 7, 8, 9, 10)),
        ("K", 2.5, "reduced", "multiple", 13, (-1, 0, 1, 2, 3, 4, 6), (4, 5, 6, 7, 8, 9, 10)),
        ("C", 10.0, "normal", "double", 3, (0, 1), (2, 2)),
    ],
)  # fmt: skip
def test_double_and_multiple_plans_repeat_the_tables(
    letter: str, aql: float, inspection: Any, plan_type: Any, size: int, accept: Any, reject: Any
) -> None:
    found = standard_plan(None, aql=aql, letter=letter, inspection=inspection, plan_type=plan_type)
    assert found.plan.sizes[0] == size
    assert (found.plan.accept, found.plan.reject) == (accept, reject)


def test_double_and_multiple_plans_promise_nearly_what_the_single_plan_does() -> None:
    # The standard matched the three by their OC curves; a wrong number in a table shows as a curve of its own.
    grid = np.linspace(0, 1, 101)
    for letter in "FHKM":
        for aql in AQLS[:16]:
            for inspection in ("normal", "tightened"):
                state: Any = inspection
                single = standard_plan(None, aql=aql, letter=letter, inspection=state)
                worst = 4 * (single.plan.reject[0] + 1) / single.plan.sizes[0]
                p = grid * min(worst, 1)
                own = single.plan.characteristics(p).accept
                for plan_type in ("double", "multiple"):
                    kind: Any = plan_type
                    other = standard_plan(None, aql=aql, letter=letter, inspection=state, plan_type=kind).plan
                    assert np.abs(other.characteristics(p).accept - own).max() < 0.11, (
                        letter,
                        aql,
                        inspection,
                        plan_type,
                    )


@pytest.mark.parametrize(
    ("n", "c", "p", "accept"),
    [
        (125, 3, [0.005, 0.01, 0.02, 0.04, 0.06], [0.996252, 0.962551, 0.758670, 0.259304, 0.053895]),
        (200, 7, [0.01, 0.015, 0.03, 0.06], [0.998987, 0.988740, 0.746103, 0.082885]),
    ],
)
def test_oc_curves_equal_those_of_r(n: int, c: int, p: list[float], accept: list[float]) -> None:
    assert acceptance_curve(AcceptancePlan((n,), (c,), (c + 1,)), p).accept.round(6).tolist() == accept


def test_a_finite_lot_is_exact_by_enumeration() -> None:
    rng = np.random.default_rng(3)
    plan = AcceptancePlan((8, 8), (0, 2), (2, 3))
    lot = np.arange(40) < 5
    orders = rng.permuted(np.tile(lot, (40_000, 1)), axis=1)
    first, both = orders[:, :8].sum(axis=1), orders[:, :16].sum(axis=1)
    accepted = (first <= 0) | ((first < 2) & (both <= 2))
    found = plan.characteristics([5 / 40], distribution="hypergeometric", lot=40)
    assert found.accept[0] == pytest.approx(accepted.mean(), abs=0.01)
    assert found.average_sample[0] == pytest.approx(8 + 8 * (first == 1).mean(), abs=0.1)
    whole = AcceptancePlan((40,), (4,), (5,)).characteristics([4 / 40, 5 / 40], distribution="hypergeometric", lot=40)
    assert whole.accept.tolist() == pytest.approx([1, 0])


@pytest.mark.parametrize(
    ("good", "bad", "alpha", "beta", "plan"),
    [(0.05, 0.15, 0.05, 0.075, (80, 7)), (0.05, 0.15, 0.05, 0.10, (77, 7))],
)
def test_plans_from_two_risks_equal_the_published_ones(
    good: float, bad: float, alpha: float, beta: float, plan: tuple[int, int]
) -> None:
    found = find_plan(good=good, bad=bad, producer_risk=alpha, consumer_risk=beta)
    assert (found.sizes[0], found.accept[0]) == plan


@pytest.mark.parametrize("distribution", ["binomial", "hypergeometric", "poisson"])
def test_plans_from_two_risks_keep_them_and_no_smaller_plan_does(distribution: Any) -> None:
    found = find_plan(good=0.04, bad=0.2, distribution=distribution, lot=300)
    curve = found.characteristics([0.04, 0.2], distribution=distribution, lot=300)
    assert curve.accept[0] >= 0.95
    assert curve.accept[1] <= 0.10
    for c in range(found.accept[0] + 2):
        smaller = AcceptancePlan((found.sizes[0] - 1,), (c,), (c + 1,))
        risks = smaller.characteristics([0.04, 0.2], distribution=distribution, lot=300).accept
        assert risks[0] < 0.95 or risks[1] > 0.10


def test_outgoing_quality_is_worst_between_good_and_bad() -> None:
    plan = AcceptancePlan((200,), (7,), (8,))
    curve = plan.characteristics(np.linspace(0, 0.2, 201), lot=5000)
    assert plan.outgoing_limit(5000) == pytest.approx(curve.average_outgoing.max(), abs=1e-4)
    assert curve.average_outgoing[0] == curve.average_outgoing[-1].round(4) == 0
    assert curve.average_inspected[0] == 200


def test_verdicts_follow_the_numbers_and_the_gap_ends_reduced_inspection() -> None:
    reduced = standard_plan(None, aql=4.0, letter="J", inspection="reduced").plan
    assert (reduced.accept, reduced.reject) == ((3,), (6,))
    assert reduced.verdict([5]) == "accept"
    assert reduced.ends_reduced([5])
    assert not reduced.ends_reduced([3])
    assert reduced.verdict([6]) == "reject"
    with pytest.raises(ValueError, match="stages"):
        reduced.verdict([1, 1])
    with pytest.raises(ValueError, match="stage 1"):
        AcceptancePlan((5,), (2,), (2,))


def walk(state: Switching, results: str, gains: int = 0) -> Switching:
    for result in results:
        state = state.after(accepted=result == "a", gains=gains)
    return state


@pytest.mark.parametrize(
    ("start", "results", "ends"),
    [
        ("normal", "raaar", "tightened"),  # two of five
        ("normal", "raaaar", "normal"),  # two of six
        ("tightened", "aaaaa", "normal"),
        ("tightened", "aaaaraaaa", "tightened"),
        ("tightened", "rararrar", "stopped"),
        ("reduced", "aaa", "reduced"),
        ("reduced", "ar", "normal"),
    ],
)
def test_switching_follows_the_standard(start: Any, results: str, ends: str) -> None:
    state = Switching(stage=start)
    for place, result in enumerate(results):
        state = state.after(accepted=result == "a")
        assert state.stage != "stopped" or place == len(results) - 1
    assert state.stage == ends


def test_the_score_leads_to_reduced_inspection_and_starts_again() -> None:
    assert walk(Switching(), "a" * 10, gains=3).stage == "reduced"
    assert walk(Switching(), "a" * 9, gains=3).score == 27
    assert walk(Switching(), "a" * 9, gains=3).after(accepted=True, gains=0).score == 0
    assert score_gain(standard_plan(None, aql=1.0, letter="F"), [0]) == 2
    assert score_gain(standard_plan(5000, aql=1.5, plan_type="double"), [2]) == 3
    assert score_gain(standard_plan(5000, aql=1.5, plan_type="double"), [4, 0]) == 0
    with pytest.raises(ValueError, match="stopped"):
        Switching(stage="stopped").after(accepted=True)


def test_the_scheme_in_the_long_run_is_what_many_lots_show() -> None:
    rng = np.random.default_rng(11)
    p, aql, counts, passed, looked = 0.022, 1.5, dict.fromkeys(("normal", "tightened", "reduced"), 0), 0, 0
    plans: dict[str, Any] = {}
    for stage in counts:
        name: Any = stage
        plans[stage] = standard_plan(5000, aql=aql, inspection=name)
    state, lots = Switching(), 60_000
    errors = {stage: rng.binomial(plans[stage].plan.sizes[0], p, lots) for stage in counts}
    for lot in range(lots):
        found = plans[state.stage]
        wrong = int(errors[state.stage][lot])
        ok = found.plan.verdict([wrong]) == "accept"
        counts[state.stage] += 1
        passed += ok
        looked += found.plan.sizes[0]
        gains = score_gain(found, [wrong]) if state.stage == "normal" else 0
        state = state.after(accepted=ok, gains=gains, in_gap=found.plan.ends_reduced([wrong]))
        state = Switching(stage="tightened") if state.stage == "stopped" else state
    scheme = scheme_characteristics(5000, [p], aql=aql)
    assert scheme.accept[0] == pytest.approx(passed / lots, abs=0.02)
    assert scheme.average_sample[0] == pytest.approx(looked / lots, rel=0.03)
    for stage, count in counts.items():
        assert getattr(scheme, stage)[0] == pytest.approx(count / lots, abs=0.04)


def test_perfect_work_is_inspected_reduced_and_hopeless_work_tightened() -> None:
    scheme = scheme_characteristics(5000, [0.0, 0.5], aql=1.5)
    assert scheme.reduced[0] == pytest.approx(1, abs=1e-6)
    assert scheme.tightened[1] == pytest.approx(1, abs=1e-6)
    assert scheme.accept.tolist() == pytest.approx([1, 0], abs=1e-6)


def test_sequential_lines_and_exact_means_repeat_the_published_figures() -> None:
    test = sprt(good=0.01, bad=0.06)
    assert [round(test.h_accept, 4), round(test.h_reject, 4), round(test.slope, 5)] == [1.2211, 1.5678, 0.02811]
    other = sprt(good=0.05, bad=0.15, most=2000)
    found = other.characteristics([0.05, 0.15])
    # The reference page prints 41.8 and 39.4; the second is 39.3498.
    assert found.average_sample.round(2).tolist() == [41.82, 39.35]
    assert other.fixed == 77


def test_sequential_characteristics_are_what_many_runs_show() -> None:
    rng = np.random.default_rng(2)
    test = sprt(good=0.05, bad=0.2, most=60)
    exact = test.characteristics([0.1])
    verdicts = [test.run(rng.random(60) < 0.1) for _ in range(4000)]
    assert exact.accept[0] == pytest.approx(np.mean([said == "accept" for said, _ in verdicts]), abs=0.025)
    assert exact.average_sample[0] == pytest.approx(np.mean([n for _, n in verdicts]), abs=0.6)
    assert exact.cut_off[0] == pytest.approx(np.mean([n == 60 for _, n in verdicts]), abs=0.02)
    assert not any(said == "continue" for said, _ in verdicts)


def test_intervals_that_may_be_looked_at_any_time_hold_at_all_times_together() -> None:
    rng = np.random.default_rng(7)
    n = np.arange(1, 401)
    p, ever = 0.93, 0
    for _ in range(400):
        hits = (rng.random(400) < p).cumsum()
        low, high = confidence_sequence(hits, n)
        ever += bool(((low > p) | (high < p)).any())
    assert ever / 400 < 0.06
    missed = 0
    for _ in range(150):
        found = anytime_mean(rng.beta(18, 2, 200))
        missed += not found.low <= 0.9 <= found.high
    assert missed / 150 < 0.06


def test_anytime_figures_of_nothing_and_of_one_side() -> None:
    assert not anytime_share(0, 0).is_known
    assert not anytime_mean([]).is_known
    assert anytime_share(20, 20).high == 1
    assert anytime_share(0, 20).low == 0
    low, high = confidence_sequence(0, 0)
    assert (low[0], high[0]) == (0, 1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: standard_plan(50, aql=1.3),
        lambda: standard_plan(1, aql=1.0),
        lambda: standard_plan(None, aql=1.0),
        lambda: find_plan(good=0.1, bad=0.1),
        lambda: find_plan(good=0.1, bad=0.2, distribution="hypergeometric"),
        lambda: sprt(good=0.2, bad=0.1),
        lambda: sprt(good=0.1, bad=0.2).run([2.0]),
        lambda: acceptance_curve(AcceptancePlan((5,), (0,), (1,)), [1.5]),
        lambda: confidence_sequence([5], [4]),
        lambda: anytime_mean([2.0]),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w{3}"):
        call()
