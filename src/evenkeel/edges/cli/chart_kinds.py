"""What `evenkeel chart --kind` may name, and how each kind is drawn from series by the kernel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from evenkeel.kernel import Chart, Phases

    from .chart_data import SeriesData

    Array = npt.NDArray[np.float64]

KINDS = {
    "beta-p": "share with limits that allow for over-dispersion and a short baseline (default with --size)",
    "p": "share, plain binomial limits",
    "np": "number among a size, plain binomial limits",
    "laney-p": "share, Laney's p'",
    "u": "count per size, Poisson limits",
    "laney-u": "count per size, Laney's u'",
    "c": "count, Poisson limits",
    "i": "single values (default without --size)",
    "mr": "moving ranges of single values",
    "xbar": "means of subgroups (rows of one time)",
    "r": "ranges of subgroups",
    "s": "standard deviations of subgroups",
    "g": "cases between rare events",
    "t": "time between rare events",
    "ewma": "exponentially weighted moving average",
    "cusum": "tabular cumulative sums",
    "run": "run chart with Anhoej's rules",
}
SAME = {
    "beta-binomial": "beta-p", "pprime": "laney-p", "p-prime": "laney-p", "p'": "laney-p", "laneyp": "laney-p",
    "uprime": "laney-u", "u-prime": "laney-u", "u'": "laney-u", "laneyu": "laney-u", "individuals": "i", "imr": "i",
    "i-mr": "i", "moving-range": "mr", "x-bar": "xbar", "mean": "xbar", "range": "r", "sd": "s", "binomial": "p",
    "xbar-r": "xbar", "mean-chart": "xbar", "range-chart": "r",
}  # fmt: skip
SHARES = ("beta-p", "p", "np", "laney-p")
SIZED = (*SHARES, "u", "laney-u")
COUNTED = (*SIZED, "c")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The options that shape a chart."""

    kind: str
    phases: Phases
    width: float = 3.0
    convention: str | None = None
    within: str = "range"
    target: float | None = None
    sigma: float | None = None
    weight: float = 0.2
    slack: float = 0.5
    limit: float = 5.0
    head_start: float = 0.0
    is_steady: bool = False
    use_season: bool = False


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart as the command shows it: `lines` (centre, lower, upper) and `flags` belong to `statistic`.

    `statistic` is the chart's value, or the moving average or sum that is judged instead.
    """

    chart: Chart
    statistic: Array
    centre: Array
    lower: Array
    upper: Array
    sides: npt.NDArray[np.int8]
    below: Array | None = None


def kind_of(said: str) -> str | None:
    """The kind that a name means, however it is spelled."""
    name = said.strip().lower().replace("_", "-")
    return name if name in KINDS else SAME.get(name)


def draw(data: SeriesData, said: Settings) -> Drawn:
    """Chart all series of `data` at once."""
    if said.kind == "ewma":
        return _ewma(data, said)
    if said.kind == "cusum":
        return _cusum(data, said)
    chart = _charts()[said.kind](data, said)
    return Drawn(chart=chart, statistic=chart.value, centre=chart.centre, lower=chart.lower, upper=chart.upper,
                 sides=chart.beyond)  # fmt: skip


def _charts() -> dict[str, Callable[[SeriesData, Settings], Chart]]:
    from evenkeel import kernel

    def sized(data: SeriesData) -> Array:
        assert data.size is not None
        return data.size

    def grouped(data: SeriesData) -> Array:
        assert data.groups is not None
        return data.groups

    def share(spread: Any) -> Callable[[SeriesData, Settings], Chart]:
        return lambda data, said: kernel.p_chart(
            data.value, sized(data), spread=spread, phases=said.phases, width=said.width,
            season=data.season if said.use_season and spread == "beta_binomial" else None,
        )  # fmt: skip

    def rate(spread: Any) -> Callable[[SeriesData, Settings], Chart]:
        return lambda data, said: kernel.u_chart(
            data.value, sized(data), spread=spread, phases=said.phases, width=said.width
        )

    def rare(make: Any, usual: str) -> Callable[[SeriesData, Settings], Chart]:
        def chart(data: SeriesData, said: Settings) -> Chart:
            found: Chart = make(data.value, convention=said.convention or usual, phases=said.phases, width=said.width)
            return found

        return chart

    def means(data: SeriesData, said: Settings) -> Chart:
        within: Any = said.within
        return kernel.mean_chart(grouped(data), within=within, phases=said.phases, width=said.width)

    return {
        "beta-p": share("beta_binomial"),
        "p": share("binomial"),
        "laney-p": share("laney"),
        "np": lambda data, said: kernel.np_chart(data.value, sized(data), phases=said.phases, width=said.width),
        "u": rate("poisson"),
        "laney-u": rate("laney"),
        "c": lambda data, said: kernel.c_chart(data.value, phases=said.phases, width=said.width),
        "i": _individuals,
        "mr": lambda data, said: kernel.moving_range_chart(data.value, phases=said.phases),
        "xbar": means,
        "r": lambda data, said: kernel.range_chart(grouped(data), phases=said.phases, width=said.width),
        "s": lambda data, said: kernel.deviation_chart(grouped(data), phases=said.phases, width=said.width),
        "g": rare(kernel.g_chart, "three_sigma"),
        "t": rare(kernel.t_chart, "nelson"),
        "run": lambda data, said: kernel.run_chart(data.value, phases=said.phases),
    }


def _individuals(data: SeriesData, said: Settings) -> Chart:
    from evenkeel.kernel import individuals_chart, season_offsets

    value = data.value
    if said.use_season and data.season is not None:
        value = value - season_offsets(value, data.season, used=said.phases.baseline(value.shape[-1]))
    return individuals_chart(
        value, phases=said.phases, width=said.width, centre=_each(data, said.target), sigma=_each(data, said.sigma)
    )


def _each(data: SeriesData, number: float | None) -> Array | None:
    import numpy as np

    return None if number is None else np.full(len(data.names), number)


def _base(data: SeriesData, said: Settings) -> Chart:
    """The chart whose scores a moving average or sum runs over: shares, subgroup means or single values."""
    if data.groups is not None:
        return _charts()["xbar"](data, said)
    return _charts()["beta-p"](data, said) if data.size is not None else _individuals(data, said)


def _ewma(data: SeriesData, said: Settings) -> Drawn:
    import numpy as np

    from evenkeel.kernel import ewma

    chart = _base(data, said)
    average, reach = ewma(chart.z, weight=said.weight, width=said.width, is_steady=said.is_steady)
    with np.errstate(invalid="ignore"):
        sides = np.where(np.isnan(chart.z) | (np.abs(average) <= reach), 0, np.sign(average)).astype(np.int8)
    # In the data's own unit where every point has the same error; in standard errors where sizes differ.
    if data.size is None:
        error = chart.spread if data.groups is None else _error_of_means(data, chart)
        if not np.isnan(error).any() and np.allclose(error, error[..., :1]):
            return Drawn(chart=chart, statistic=chart.centre + error * average, centre=chart.centre,
                         lower=chart.centre - error * reach, upper=chart.centre + error * reach, sides=sides)  # fmt: skip
    return Drawn(chart=chart, statistic=average, centre=np.zeros(average.shape), lower=-reach, upper=reach, sides=sides)


def _error_of_means(data: SeriesData, chart: Chart) -> Array:
    import numpy as np

    assert data.groups is not None
    count = (~np.isnan(data.groups)).sum(axis=-1)
    return np.asarray(chart.spread / np.sqrt(np.where(count > 0, count, np.nan)), dtype=np.float64)


def _cusum(data: SeriesData, said: Settings) -> Drawn:
    import numpy as np

    from evenkeel.kernel import cusum

    chart = _base(data, said)
    found = cusum(chart.z, slack=said.slack, limit=said.limit, head_start=said.head_start)
    shape = found.above.shape
    return Drawn(
        chart=chart, statistic=found.above, centre=np.zeros(shape), lower=np.full(shape, -said.limit),
        upper=np.full(shape, said.limit), sides=found.beyond, below=found.below,
    )  # fmt: skip
