"""One battery over every chart and detector: what must hold whatever the kind. Rows are series, columns points of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    Chart,
    Phases,
    alarm_chances,
    alarms,
    c_chart,
    cusum,
    date_change,
    ewma,
    g_chart,
    individuals_chart,
    moving_range_chart,
    np_chart,
    p_chart,
    run_chart,
    run_rules,
    runs,
    season_offsets,
    t_chart,
    u_chart,
)

Array = npt.NDArray[np.float64]
Method = Callable[[Any, Any], Array]
FROZEN = Phases(freeze=20, exclude=(3,))


def lines(chart: Chart) -> Array:
    """What a chart says, one row a series."""
    several = (chart.value, chart.centre, chart.lower, chart.upper, chart.z, chart.beyond.astype(float))
    return np.concatenate(several, axis=-1)


def judged(x: Any, n: Any) -> Array:
    chart = p_chart(x, n, phases=FROZEN)
    found, usual = alarms(chart, false_alarms=0.1), alarms(chart)
    return np.concatenate([found.average, found.beyond, found.drifting, alarm_chances(chart, usual)], axis=-1)


def dated(x: Any, n: Any) -> Array:
    found = date_change(np.asarray(x, dtype=float))
    return np.stack([found.at, found.low, found.high, found.shift], axis=-1)


def counted(x: Any, n: Any) -> Array:
    found = runs(run_chart(x, phases=FROZEN))
    return np.stack([found.longest, found.crossings, found.is_shift], axis=-1).astype(float)


METHODS: dict[str, Method] = {
    "default": lambda x, n: lines(p_chart(x, n, phases=FROZEN)),
    "season": lambda x, n: lines(p_chart(x, n, phases=FROZEN, season=np.arange(np.shape(x)[-1]) % 7)),
    "laney_p": lambda x, n: lines(p_chart(x, n, phases=FROZEN, spread="laney")),
    "plain_p": lambda x, n: lines(p_chart(x, n, spread="binomial")),
    "np": lambda x, n: lines(np_chart(x, n, phases=Phases(part=(11,)))),
    "u": lambda x, n: lines(u_chart(x, n, phases=FROZEN)),
    "laney_u": lambda x, n: lines(u_chart(x, n, spread="laney")),
    "c": lambda x, n: lines(c_chart(x, phases=FROZEN)),
    "i": lambda x, n: lines(individuals_chart(x, phases=FROZEN)),
    "mr": lambda x, n: lines(moving_range_chart(x, phases=FROZEN)),
    "g": lambda x, n: lines(g_chart(x, phases=FROZEN)),
    "g_probability": lambda x, n: lines(g_chart(x, convention="probability")),
    "t": lambda x, n: lines(t_chart(x, phases=FROZEN)),
    "t_probability": lambda x, n: lines(t_chart(x, convention="probability")),
    "run": lambda x, n: lines(run_chart(x, phases=FROZEN)),
    "runs": counted,
    "ewma": lambda x, n: np.concatenate(ewma(np.asarray(x) / 10), axis=-1),
    "cusum": lambda x, n: np.concatenate([cusum(np.asarray(x) / 10).above, cusum(np.asarray(x) / 10).below], axis=-1),
    "rules": lambda x, n: np.moveaxis(run_rules(np.asarray(x) - 5.0), 0, -2).reshape(len(x), -1).astype(float),
    "alarms": judged,
    "date": dated,
    "offsets": lambda x, n: season_offsets(x, np.arange(np.shape(x)[-1]) % 7),
}
CASES = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def sample() -> tuple[Array, Array]:
    rng = np.random.default_rng(2)
    n = rng.integers(20, 90, (5, 40)).astype(float)
    return rng.binomial(n.astype(int), 0.12).astype(float), n


@CASES
def test_the_order_of_series_does_not_matter(method: Method) -> None:
    x, n = sample()
    order = np.random.default_rng(3).permutation(len(x))
    np.testing.assert_allclose(method(x, n)[order], method(x[order], n[order]), rtol=1e-9, atol=1e-12)


@CASES
def test_a_second_run_gives_the_same_to_the_last_bit_and_leaves_its_input(method: Method) -> None:
    x, n = sample()
    before = x.copy(), n.copy()
    np.testing.assert_array_equal(method(x, n), method(x, n))
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(n, before[1])


@CASES
def test_lists_and_small_types_give_what_arrays_of_floats_give(method: Method) -> None:
    x, n = sample()
    np.testing.assert_allclose(method(x.astype(np.int16), n.astype(np.float32)), method(x, n), rtol=1e-6)
    np.testing.assert_allclose(method(x.astype(int).tolist(), n.tolist()), method(x, n))


@CASES
def test_series_without_data_and_constant_ones_stay_quiet(method: Method) -> None:
    x, n = np.full((3, 40), 4.0), np.full((3, 40), 50.0)
    x[1], n[2] = np.nan, 0.0
    x[2] = 0.0
    method(x, n)


@pytest.mark.parametrize("make", [individuals_chart, moving_range_chart, run_chart])
def test_a_change_of_scale_passes_through(make: Callable[..., Chart]) -> None:
    x, _n = sample()
    here, there = make(x, phases=FROZEN), make(x * 1000, phases=FROZEN)
    for name in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(here, name) * 1000, getattr(there, name), rtol=1e-9)
    np.testing.assert_allclose(here.z, there.z, rtol=1e-9, atol=1e-9)
