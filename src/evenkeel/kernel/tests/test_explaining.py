"""Why a rate changed: planted causes, no causes, and a split into mix and rate that adds up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import (
    BadRows,
    Dimension,
    Explanation,
    explain_quantile,
    explain_rate,
    explain_ratio,
    kitagawa,
)

Dimensions = dict[str, npt.NDArray[np.int64]]

cells = st.lists(
    st.tuples(*[st.integers(0, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))) for _ in range(2)]),
    min_size=1,
    max_size=8,
)


def decisions(
    *,
    seed: int,
    lift: Callable[[Dimensions], npt.NDArray[np.bool_]] | None = None,
    factor: float = 2.0,
    moved: bool = False,
    n: int = 40_000,
) -> tuple[Dimensions, npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Decisions over six sites of three vendors, eight queues and four languages; errors multiply up from site and queue."""
    rng = np.random.default_rng(seed)
    site_odds, queue_odds = np.linspace(0.7, 1.4, 6), np.linspace(0.4, 2.2, 8)
    is_now = np.arange(n) >= n * 2 // 3
    heavy = np.where(np.arange(8) >= 6, 5.0, 1.0)
    queue = rng.integers(0, 8, n)
    if moved:
        queue = np.where(is_now, rng.choice(8, n, p=heavy / heavy.sum()), queue)
    site = rng.integers(0, 6, n)
    dimensions = {"vendor": site // 2, "site": site, "queue": queue, "language": rng.integers(0, 4, n)}
    p = 0.04 * site_odds[site] * queue_odds[queue]
    if lift is not None:
        p = np.where(is_now & lift(dimensions), p * factor, p)
    return dimensions, (rng.random(n) < p).astype(float), is_now


def world(**said: Any) -> Explanation:
    return explain_rate(*decisions(**said), hierarchies=[("vendor", "site")], most_ranked=5)


def found_cells(found: Explanation) -> list[dict[str, Any]]:
    return [dict(cause.where) for cause in found.causes]


def test_a_site_that_got_worse_is_named() -> None:
    dimensions, error, is_now = decisions(seed=1, lift=lambda d: d["site"] == 4)
    found = explain_rate(dimensions, error, is_now, most_ranked=5)
    assert found_cells(found) == [{"site": 4}]
    assert found.verdict == "localised"
    cause = found.causes[0]
    assert cause.rate_ratio.low < 2 < cause.rate_ratio.high
    assert cause.excess == pytest.approx(cause.current_events / 2, rel=0.15)
    assert cause.share.low < cause.share.value < cause.share.high
    assert cause.share.value > 0.7
    assert cause.current_rate > cause.baseline_rate
    assert found.ranked[0].where == cause.where
    assert 0 < len(cause.rows) <= 25
    assert (error[cause.rows] == 1).all()
    assert is_now[cause.rows].all()
    assert (dimensions["site"][cause.rows] == 4).all()


@pytest.mark.parametrize("order", [2, 3])
def test_a_combination_is_named_as_such(order: int) -> None:
    parts = {"site": 1, "queue": 5, "language": 2}
    chosen = dict(list(parts.items())[:order])
    found = world(seed=8, lift=lambda d: np.logical_and.reduce([d[k] == v for k, v in chosen.items()]), factor=6)
    assert found_cells(found) == [chosen]


def test_two_causes_come_one_after_the_other() -> None:
    found = world(seed=3, lift=lambda d: (d["site"] == 0) | (d["language"] == 2), n=60_000)
    assert sorted(found_cells(found), key=str) == [{"language": 2}, {"site": 0}]
    named = sum(cause.share.value for cause in found.causes) * found.change
    assert found.unexplained == pytest.approx(found.change - found.mix - named)


def test_dimensions_that_lie_in_one_another_leave_no_pair_to_look_into() -> None:
    team, value = np.tile(np.arange(5), 12), np.tile(np.array([30.0, 31, 29, 30, 32]), 12)
    is_now = np.arange(60) >= 30
    slow = np.where(is_now & (team == 0), value * 3, value)
    nested = {"organisation": team > 0, "site": team > 0, "team": team}
    assert found_cells(explain_ratio(nested, slow, is_now)) == [{"organisation": False}]


def test_a_vendor_is_named_where_its_site_has_the_same_rows() -> None:
    dimensions, error, is_now = decisions(seed=4, lift=lambda d: d["site"] >= 4, factor=2.0)
    dimensions["site"] = np.where(dimensions["site"] >= 4, 4, dimensions["site"])
    found = explain_rate(dimensions, error, is_now, hierarchies=[("vendor", "site")])
    assert found_cells(found) == [{"vendor": 2}]
    assert found.causes[0].also_known_as == ((("site", 4),),)


def test_a_change_everywhere_is_not_blamed_on_one_cell() -> None:
    found = world(seed=4, lift=lambda d: d["site"] >= 0, factor=1.5)
    assert (found.verdict, found.causes) == ("global shift", ())
    assert found.everywhere is not None
    assert found.everywhere.rate_ratio.value == pytest.approx(1.5, rel=0.1)


def test_work_that_moved_to_hard_queues_is_mix() -> None:
    found = world(seed=5, moved=True)
    assert (found.verdict, found.causes) == ("mix shift", ())
    assert found.mix == pytest.approx(found.change, rel=0.2)
    assert max(found.mix_by_dimension, key=lambda name: abs(found.mix_by_dimension[name])) == "queue"


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_found_where_nothing_changed(seed: int) -> None:
    found = world(seed=100 + seed, n=15_000)
    assert (found.verdict, found.causes) == ("no change", ())
    assert found.ranked


def test_an_improvement_has_negative_excess() -> None:
    found = world(seed=6, lift=lambda d: d["site"] == 5, factor=0.3)
    assert found_cells(found) == [{"site": 5}]
    assert found.causes[0].excess < 0
    assert found.causes[0].rate_ratio.value < 0.5


def test_parts_add_up_and_small_tables_split_as_by_hand() -> None:
    found = world(seed=7, moved=True, lift=lambda d: d["site"] == 3)
    assert found.mix + found.rate + found.remainder == pytest.approx(found.change, abs=1e-15)
    assert abs(found.remainder) < 1e-12
    x, n, now = [50, 90, 40, 30, 90, 160], [1000] * 3 + [500, 1000, 2000], [0, 0, 0, 1, 1, 1]
    dense = explain_rate({"site": ["a", "b", "c"] * 2}, x, now, n=n)
    by_hand = kitagawa(x[:3], n[:3], x[3:], n[3:])
    assert (dense.mix, dense.rate) == pytest.approx((by_hand.mix, by_hand.rate), abs=1e-15)


def cells_by_minute(factor: float, *, noise: float, seed: int = 2) -> Explanation:
    """Ten minutes and the one after, of two dimensions, large counts whose rate moves from minute to minute."""
    rng = np.random.default_rng(seed)
    cdn, rate = np.repeat(np.arange(4), 6), np.tile(np.arange(6), 4)
    n = np.tile(rng.integers(2_000, 60_000, 24), 11)
    minute = np.repeat(np.arange(-10, 1), 24)
    p = 0.02 * rng.lognormal(0, noise, len(n)) * np.where((minute == 0) & (np.tile(rate, 11) == 3), factor, 1)
    x = rng.binomial(n, np.minimum(p, 1))
    return explain_rate({"cdn": np.tile(cdn, 11), "bitrate": np.tile(rate, 11)}, x, minute == 0, n=n)


def test_noise_that_traffic_does_not_wash_out_is_no_cause() -> None:
    calm = cells_by_minute(1.0, noise=0.3)
    assert 0.06 < calm.noise < 0.15
    assert calm.causes == ()
    assert found_cells(cells_by_minute(4.0, noise=0.3)) == [{"bitrate": 3}]


def test_counts_given_once_a_window_show_their_noise_too() -> None:
    rng = np.random.default_rng(2)
    leaf, n = np.arange(60), rng.integers(5_000, 50_000, 120)
    x = rng.binomial(n, np.minimum(0.02 * rng.lognormal(0, 0.3, 120), 1))
    found = explain_rate({"a": np.tile(leaf % 6, 2), "b": np.tile(leaf // 6, 2)}, x, np.arange(120) >= 60, n=n)
    assert 0.1 < found.noise < 0.3  # both windows together
    assert found.causes == ()


def test_days_that_scatter_more_than_chance_need_more_to_convince() -> None:
    rng = np.random.default_rng(4)
    day = rng.integers(0, 21, 40_000)
    dimensions = {"site": rng.integers(0, 6, 40_000), "tool": rng.integers(0, 3, 40_000)}
    odds = 0.05 * rng.lognormal(0, 0.6, (6, 21))
    error = (rng.random(40_000) < odds[dimensions["site"], day]).astype(float)
    assert explain_rate(dimensions, error, day >= 14).dispersion == 1
    found = explain_rate(dimensions, error, day >= 14, period=day)
    assert found.dispersion > 3
    assert found.causes == ()


def test_a_slow_tool_is_found_in_times_and_in_their_quantiles() -> None:
    rng = np.random.default_rng(4)
    tool, queue, is_now = rng.integers(0, 4, 12_000), rng.integers(0, 9, 12_000), np.arange(12_000) >= 8_000
    seconds = rng.gamma(2, 20 + queue, 12_000) * np.where(is_now & (tool == 2), 1.4, 1)
    dimensions = {"tool": tool, "queue": queue}
    found = explain_ratio(dimensions, seconds, is_now)
    assert found_cells(found) == [{"tool": 2}]
    assert found.causes[0].rate_ratio.value == pytest.approx(1.4, rel=0.05)
    assert found_cells(explain_quantile(dimensions, seconds, is_now, p=0.9)) == [{"tool": 2}]
    same = np.where(is_now & (tool == 2), seconds / 1.4, seconds)
    assert explain_ratio(dimensions, same, is_now).causes == ()
    minutes, items = seconds / 60, rng.integers(1, 5, 12_000)
    assert found_cells(explain_ratio(dimensions, minutes * items, is_now, n=items)) == [{"tool": 2}]


def test_values_may_be_texts_numbers_or_nothing() -> None:
    plain = explain_rate({"vendor": ["north", "south"] * 2}, [40, 40, 40, 120], [0, 0, 1, 1], n=[1000] * 4)
    assert plain.causes[0].where == (("vendor", "south"),)
    odd: Any = np.array([None, "Süd ✓", None, "Süd ✓"], dtype=object)
    assert explain_rate({"v": odd}, [40, 40, 40, 120], [0, 0, 1, 1], n=[1000] * 4).causes[0].where == (("v", "Süd ✓"),)
    empty = explain_rate({"v": [np.nan, 2.0, np.nan, 2.0]}, [40, 40, 120, 40], [0, 0, 1, 1], n=[1000] * 4)
    assert empty.causes[0].where == (("v", None),)
    coded = Dimension(np.array([1, 0, 1, 0]), ["b", "a"])
    assert explain_rate({"v": coded}, [40, 40, 40, 120], [0, 0, 1, 1], n=[1000] * 4).causes[0].where == (("v", "b"),)


def test_an_empty_window_has_no_verdict() -> None:
    assert explain_rate({"site": [0, 0]}, [0, 1], [0, 1], n=[0, 2]).verdict == "no data"
    assert explain_rate({"site": []}, [], []).verdict == "no data"
    assert explain_rate({}, [1.0, 0.0], [True, False]).verdict == "no change"


def test_no_events_at_all_are_no_cause() -> None:
    assert explain_rate({"site": [0, 1] * 2}, [0] * 4, [0, 0, 1, 1], n=[9] * 4).verdict == "no change"
    assert explain_rate({"site": [0] * 9, "team": [1] * 9}, [1] * 9, [0] * 5 + [1] * 4).verdict == "no change"


def test_a_value_without_a_baseline_is_answered() -> None:
    found = explain_rate({"site": ["a", "b", "a", "b", "new"]}, [50, 50, 50, 50, 60], [0, 0, 1, 1, 1], n=[1000] * 5)
    assert found.verdict in ("no change", "mix shift", "localised")
    assert np.isfinite([found.change, found.mix, found.rate]).all()


def test_what_does_not_fit_is_refused_by_row() -> None:
    with pytest.raises(BadRows, match="between 0 and n"):
        explain_rate({"site": [0, 0]}, [2, 0], [0, 1])
    with pytest.raises(ValueError, match="length"):
        explain_rate({"site": [0, 1, 2]}, [0, 1], [0, 1])
    with pytest.raises(ValueError, match="is_current"):
        explain_rate({"site": [0, 1]}, [0, 1], [0, 2])
    with pytest.raises(BadRows, match="negative"):
        explain_ratio({"site": [0, 1]}, [-1, 1], [0, 1])
    with pytest.raises(ValueError, match="p must"):
        explain_quantile({"site": [0, 1]}, [1, 1], [0, 1], p=1.0)


@given(some=cells)
def test_mix_and_rate_add_up_to_the_change(some: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    x0, n0, x1, n1 = (np.array(part, dtype=float) for part in zip(*[(*a, *b) for a, b in some], strict=True))
    parts = kitagawa(x0, n0, x1, n1)
    if n0.sum() == 0 or n1.sum() == 0:
        assert np.isnan(parts.change)
        return
    assert parts.change == pytest.approx(x1.sum() / n1.sum() - x0.sum() / n0.sum(), abs=1e-12)
    assert parts.rate + parts.mix == pytest.approx(parts.change, abs=1e-12)
    assert parts.mix_by_cell.sum() == pytest.approx(parts.mix, abs=1e-12)
    back = kitagawa(x1, n1, x0, n0)
    assert (back.rate, back.mix) == pytest.approx((-parts.rate, -parts.mix), abs=1e-12)


@pytest.mark.shared_data
def test_scottish_reconvictions_split_as_published(
    reference_rows: Callable[[str], list[dict[str, str]]],
) -> None:
    rows = sorted(reference_rows("spc/scottish_reconvictions.csv"), key=lambda row: (row["Sex"], row["Age"]))

    def counts(year: str, name: str) -> list[float]:
        return [float(row[name]) for row in rows if row["year"] == year]

    parts = kitagawa(
        counts("2004", "reconvicted"), counts("2004", "offenders"),
        counts("2016", "reconvicted"), counts("2016", "offenders"),
    )  # fmt: skip
    assert parts.change == pytest.approx(-0.0519843051, abs=1e-10)
    assert parts.rate == pytest.approx(-0.0297527631, abs=1e-10)
    assert parts.mix == pytest.approx(-0.021473091 - 0.0007584511, abs=1e-10)


def few_audits(rng: np.random.Generator, *, is_faulty: bool) -> Explanation:
    """240 audits before and 48 now, errors of 5 to 25 % by label; with the fault everything of label 2 is wrong."""
    label, worker = rng.integers(0, 3, 288), rng.integers(0, 8, 288)
    is_now = np.arange(288) >= 240
    rate = np.array([0.05, 0.1, 0.25])[label]
    rate = np.where(is_now & (label == 2) & is_faulty, 1.0, rate)
    return explain_rate({"label": label, "worker": worker}, rng.random(288) < rate, is_now)


def test_of_few_audits_a_part_that_went_wrong_as_a_whole_is_named() -> None:
    rng = np.random.default_rng(3)
    first = [found.causes[0].where for found in (few_audits(rng, is_faulty=True) for _ in range(40)) if found.causes]
    assert sum(where == (("label", 2),) for where in first) >= 36


def test_of_few_audits_chance_is_rarely_called_a_cause() -> None:
    rng = np.random.default_rng(4)
    assert sum(bool(few_audits(rng, is_faulty=False).causes) for _ in range(60)) <= 5


@pytest.mark.parametrize(("drift", "named"), [(0.0, [(("worker", 12), ("queue", 0))]), (0.2, [])])
def test_a_part_that_hardly_moved_the_whole_is_not_its_cause(drift: float, named: list[Any]) -> None:
    worker, queue, is_now = np.meshgrid(np.arange(13), np.arange(2), np.arange(2), indexing="ij")
    n = np.where(worker == 12, 100, 6000)
    rate = 0.05 * (1 + drift * is_now * (worker % 2))
    events = np.where((worker == 12) & (queue == 0) & (is_now == 1), 30, np.round(rate * n))
    columns = {"worker": worker.ravel(), "queue": queue.ravel()}
    found = explain_rate(columns, events.ravel().astype(float), is_now.ravel(), n=n.ravel())
    assert [cause.where for cause in found.causes] == named


def chosen(rng: np.random.Generator, *, wrong: int, of_answer: int = 0, alarm_chance: float | None) -> Explanation:
    """Four weeks of 120 audits a day, a tenth of them wrong; then a day that a chart chose, `wrong` of it at any place.

    Ten people and four answers; `of_answer` errors more lie with one of the answers.
    """
    person, answer = (each.ravel() for each in np.meshgrid(np.arange(10), np.arange(4), indexing="ij"))
    now = np.bincount(rng.choice(120, wrong, replace=False) % 40, minlength=40).astype(float)
    now += np.bincount(4 * rng.integers(0, 10, of_answer) + 2, minlength=40)
    return explain_rate(
        {"person": [*person, *person], "answer": [*answer, *answer]}, [*rng.binomial(84, 0.1, 40), *np.minimum(now, 3)],
        [False] * 40 + [True] * 40, n=[84] * 40 + [3] * 40, alarm_chance=alarm_chance,
    )  # fmt: skip


def test_of_a_day_that_stood_out_by_chance_nothing_is_named() -> None:
    # 22 of 120 where 12 are usual is beyond the limits of one alarm in 200; of such days that is all there is to say.
    said = {
        chance: [chosen(np.random.default_rng(seed), wrong=22, alarm_chance=chance).verdict for seed in range(12)]
        for chance in (None, 1 / 200)
    }
    assert said[None].count("no change") < 6
    assert said[1 / 200].count("no change") >= 11


def test_of_an_alarm_what_lies_in_a_part_or_is_beyond_all_alarms_is_named() -> None:
    part = [chosen(np.random.default_rng(seed), wrong=10, of_answer=20, alarm_chance=1 / 200) for seed in range(10)]
    assert sum([cause.where for cause in found.causes] == [(("answer", 2),)] for found in part) >= 9
    assert chosen(np.random.default_rng(1), wrong=60, alarm_chance=1 / 200).verdict == "global shift"


def test_a_dimension_of_few_values_pays_for_few() -> None:
    """Over all cells of as many conditions the prices add up to one: a market pays for two choices, a person for all people."""
    rng = np.random.default_rng(11)
    person, market = rng.integers(0, 400, 20_000), rng.integers(0, 4, 20_000)
    is_now = np.arange(20_000) >= 14_000
    wrong = rng.random(20_000) < np.where(is_now & (market == 2), 0.15, 0.1)
    found = explain_rate({"person": person, "market": market}, wrong, is_now)
    assert found_cells(found) == [{"market": 2}]
    assert found.causes[0].llr - found.causes[0].score == pytest.approx(np.log(4) + np.log(2))
    single = explain_rate({"person": person, "market": market}, wrong, is_now, deepest=1, most_ranked=500).ranked
    assert sum(np.exp(each.score - each.llr) for each in single if each.where) == pytest.approx(1.0, rel=0.01)


def test_what_is_not_proven_is_listed_apart_and_each_part_once() -> None:
    asked: dict[str, Any] = {"hierarchies": [("vendor", "site")], "most_unproven": 3}
    found = explain_rate(*decisions(seed=11, lift=lambda d: d["site"] == 4, factor=1.3), **asked)
    assert not found.causes
    assert len(found.unproven) == 3
    assert found.unproven[0].where == (("site", 4),)
    assert all(part.excess > 0 for part in found.unproven), "all moved as the whole did"
    assert len({part.where for part in found.unproven}) == 3
    named = explain_rate(*decisions(seed=11, lift=lambda d: d["site"] == 4, factor=2.0), **asked)
    assert found_cells(named) == [{"site": 4}]
    assert (("site", 4),) not in [part.where for part in named.unproven]
    assert explain_rate(*decisions(seed=11)).unproven == ()


def test_a_factor_that_is_known_from_elsewhere_leaves_nothing_to_find() -> None:
    asked = decisions(seed=1, lift=lambda d: d["site"] == 4)
    assert found_cells(explain_rate(*asked)) == [{"site": 4}]
    assert explain_rate(*asked, known=[((("site", 4),), 2.0)]).causes == ()
    same = explain_rate(*asked, known=[((("site", 99),), 2.0)])
    assert found_cells(same) == [{"site": 4}], "a value that does not occur is no row"
    assert same.change == explain_rate(*asked).change


def test_with_no_least_share_whatever_surely_moved_is_a_cause() -> None:
    def lift(d: Dimensions) -> npt.NDArray[np.bool_]:
        return np.asarray((d["site"] >= 2) | ((d["queue"] == 0) & (d["language"] == 0)), dtype=bool)

    asked = decisions(seed=2, lift=lift, factor=2.2, n=60_000)
    few, all_ = (explain_rate(*asked, least_share=share).causes for share in (0.5, 0.0))
    assert len(all_) > len(few)
