"""Days counted once: cubes add up, and two windows are compared without their rows."""

from __future__ import annotations

import numpy as np
import pytest

from evenkeel.kernel import Cube, RateModel, count_cube, explain_cubes, explain_rate, fit_rate_model, sum_cubes

DAYS = 12


def days(
    *, factor: float, seed: int = 1
) -> tuple[RateModel, list[Cube], tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]]:
    """Twelve days of 4,000 decisions; on the last four, two values got worse by `factor`."""
    rng = np.random.default_rng(seed)
    n = 4_000 * DAYS
    day = np.repeat(np.arange(DAYS), 4_000)
    site = rng.integers(0, 6, n)
    columns = {"vendor": site // 2, "site": site, "queue": rng.integers(0, 8, n), "tool": rng.integers(0, 3, n)}
    worse = (day >= 8) & ((columns["site"] == 4) | ((columns["queue"] == 2) & (columns["tool"] == 1)))
    p = 0.05 * np.linspace(0.6, 1.4, 8)[columns["queue"]] * np.where(worse, factor, 1)
    error = (rng.random(n) < p).astype(float)
    before = {name: column[day < 8] for name, column in columns.items()}
    model = fit_rate_model(before, error[day < 8])
    cubes = [
        count_cube(model, {name: column[day == one] for name, column in columns.items()}, error[day == one])
        for one in range(DAYS)
    ]
    return model, cubes, (columns, error, day)


def test_windows_are_sums_of_days_and_name_what_rows_name() -> None:
    _, cubes, (columns, error, day) = days(factor=2.5)
    then, now = sum_cubes(cubes[:8]), sum_cubes(cubes[8:])
    found = explain_cubes(then, now, hierarchies=[("vendor", "site")])
    assert found.verdict == "localised"
    assert sorted(str(dict(cause.where)) for cause in found.causes) == ["{'queue': 2, 'tool': 1}", "{'site': 4}"]
    assert found.mix + found.rate + found.remainder == pytest.approx(found.change, abs=1e-12)
    rows = explain_rate(columns, error, day >= 8)
    assert {cause.where for cause in rows.causes} == {cause.where for cause in found.causes}
    for cause in found.causes:
        other = next(one for one in rows.causes if one.where == cause.where)
        assert cause.excess == pytest.approx(other.excess, rel=0.05)
        assert (cause.current_events, cause.current_n) == (other.current_events, other.current_n)


def test_taking_a_day_off_gives_back_what_was() -> None:
    _, cubes, _ = days(factor=1.0)
    back = sum_cubes(cubes[:3]) - cubes[2]
    for name in ("events", "expected", "n", "total"):
        np.testing.assert_allclose(getattr(back, name), getattr(sum_cubes(cubes[:2]), name), atol=1e-9)
    found = explain_cubes(sum_cubes(cubes[:8]), sum_cubes(cubes[8:]))
    assert (found.verdict, found.causes) == ("no change", ())
    assert explain_cubes(cubes[0] - cubes[0], cubes[1]).verdict == "no data"


def test_a_shift_of_everything_is_no_cell() -> None:
    model = fit_rate_model({"site": ["a", "b"]}, [500, 500], n=[10_000, 10_000])
    then = count_cube(model, {"site": ["a", "b"]}, [500, 500], n=[10_000, 10_000])
    now = count_cube(model, {"site": ["a", "b"]}, [750, 760], n=[10_000, 10_000])
    assert explain_cubes(then, now).verdict == "global shift"


def test_values_that_came_later_have_a_place() -> None:
    model = fit_rate_model({"site": ["a", "b"]}, [5, 5], n=[100, 100])
    cube = count_cube(model, {"site": ["a", "c", "d"]}, [1, 2, 3], n=[10, 10, 10])
    assert cube.events.tolist() == [1.0, 0.0, 5.0]
    other = fit_rate_model({"site": ["a", "x"]}, [5, 5], n=[100, 100])
    with pytest.raises(ValueError, match="different models"):
        cube + count_cube(other, {"site": ["a"]}, [1])
    with pytest.raises(ValueError, match="a day"):
        sum_cubes([])
    with pytest.raises(ValueError, match="between 0 and n"):
        count_cube(model, {"site": ["a"]}, [2])
