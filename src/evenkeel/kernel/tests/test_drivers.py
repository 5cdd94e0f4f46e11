"""Drivers of change: planted causes, no causes, and a split into mix and rate that adds up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import Drivers, find_drivers, kitagawa

Dimensions = dict[str, npt.NDArray[np.int64]]

cells = st.lists(
    st.tuples(*[st.integers(0, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))) for _ in range(2)]),
    min_size=1,
    max_size=8,
)


def world(
    *,
    seed: int,
    lift: Callable[[Dimensions], npt.NDArray[np.bool_]] | None = None,
    factor: float = 2.0,
    moved: bool = False,
    n: int = 40_000,
) -> Drivers:
    """Decisions over six sites, eight queues and four languages; errors multiply up from site and queue."""
    rng = np.random.default_rng(seed)
    site_odds, queue_odds = np.linspace(0.7, 1.4, 6), np.linspace(0.4, 2.2, 8)
    is_now = np.arange(n) >= n * 2 // 3
    heavy = np.where(np.arange(8) >= 6, 5.0, 1.0)
    queue = rng.integers(0, 8, n)
    if moved:
        queue = np.where(is_now, rng.choice(8, n, p=heavy / heavy.sum()), queue)
    dimensions = {"site": rng.integers(0, 6, n), "queue": queue, "language": rng.integers(0, 4, n)}
    p = 0.04 * site_odds[dimensions["site"]] * queue_odds[dimensions["queue"]]
    if lift is not None:
        p = np.where(is_now & lift(dimensions), p * factor, p)
    error = (rng.random(n) < p).astype(float)
    return find_drivers(dimensions, error * ~is_now, 1.0 * ~is_now, error * is_now, 1.0 * is_now)


def found_cells(found: Drivers) -> list[dict[str, int]]:
    return [dict(cause.cell) for cause in found.causes]


def test_a_site_that_got_worse_is_named() -> None:
    found = world(seed=1, lift=lambda d: d["site"] == 4)
    assert found_cells(found) == [{"site": 4}]
    cause = found.causes[0]
    assert found.verdict == "localised"
    assert cause.rate_ratio == pytest.approx(2, rel=0.15)
    assert cause.excess == pytest.approx(cause.current_errors / 2, rel=0.15)
    assert cause.share_of_change > 0.7
    assert cause.current_rate > cause.baseline_rate
    assert found.ranked[0] == cause


def test_a_queue_at_one_site_is_named_as_such() -> None:
    found = world(seed=2, lift=lambda d: (d["site"] == 1) & (d["queue"] == 5), factor=3.5)
    assert found_cells(found) == [{"site": 1, "queue": 5}]


def test_two_causes_come_one_after_the_other() -> None:
    found = world(seed=3, lift=lambda d: (d["site"] == 0) | (d["language"] == 2), n=60_000)
    assert sorted(found_cells(found), key=str) == [{"language": 2}, {"site": 0}]


def test_a_change_everywhere_is_not_blamed_on_one_cell() -> None:
    found = world(seed=4, lift=lambda d: d["site"] >= 0, factor=1.5)
    assert found.verdict == "everywhere"
    assert found_cells(found) == [{}]


def test_work_that_moved_to_hard_queues_is_mix() -> None:
    found = world(seed=5, moved=True)
    assert found.verdict == "mix"
    assert found.mix == pytest.approx(found.change, rel=0.2)
    assert found.causes == ()


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_found_where_nothing_changed(seed: int) -> None:
    found = world(seed=100 + seed, n=15_000)
    assert (found.verdict, found.causes) == ("none", ())
    assert found.ranked


def test_an_improvement_has_negative_excess() -> None:
    found = world(seed=6, lift=lambda d: d["site"] == 5, factor=0.3)
    assert found_cells(found) == [{"site": 5}]
    assert found.causes[0].excess < 0
    assert found.causes[0].rate_ratio < 0.5


def test_one_table_of_named_values_is_enough() -> None:
    found = find_drivers({"vendor": ["north", "south"]}, [40, 40], [1000, 1000], [40, 120], [1000, 1000])
    assert found.causes[0].cell == (("vendor", "south"),)


def test_over_dispersed_errors_need_more_to_convince() -> None:
    counts: tuple[list[int], ...] = ([50, 50, 50], [1000] * 3, [50, 90, 50], [1000] * 3)
    site = {"site": [0, 1, 2]}
    calm, wild = find_drivers(site, *counts), find_drivers(site, *counts, dispersion=4.0)
    assert calm.causes
    assert not wild.causes


def test_an_empty_period_has_no_verdict() -> None:
    assert find_drivers({"site": [0]}, [0], [0], [1], [2]).verdict == "no_data"
    assert find_drivers({"site": []}, [], [], [], []).verdict == "no_data"


def test_no_errors_at_all_are_no_cause() -> None:
    assert find_drivers({"site": [0, 1]}, [0, 0], [9, 9], [0, 0], [9, 9]).verdict == "none"


def test_more_errors_than_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="errors must"):
        find_drivers({"site": [0]}, [2], [1], [0], [1])
    with pytest.raises(ValueError, match="length"):
        find_drivers({"site": [0, 1]}, [0], [1], [0], [1])


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
