"""Why a rate changed: other work, everything at once, or some parts of the work; with what each part explains.

Events against what the baseline leads to expect; the cell that says most is taken, explained away, and the search goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, IntArray, floats, same_length, vector
from .coded import Coded, Dimension, Where
from .estimate import Estimate
from .rows import refuse_rows

Verdict = Literal["no data", "no change", "mix shift", "global shift", "localised"]

EXEMPLARS = 25


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """A part of the work and what it did. `where` names (dimension, value) pairs; without any it is the whole.

    `expected` is how many events the part's past and its present work lead to, causes before it included; `excess` is what
    came on top, negative for an improvement; `share` is that over all current n, as a share of the whole change, nan where
    nothing changed on the whole. `llr` is the log likelihood ratio of a changed against an unchanged part, `score` the same
    less the price of having looked at many. `rows` are numbers of rows given, current and with events: examples to read.
    """

    where: Where
    baseline_events: float
    baseline_n: float
    current_events: float
    current_n: float
    expected: float
    rate_ratio: Estimate
    excess: float
    share: Estimate
    llr: float
    score: float
    also_known_as: tuple[Where, ...] = ()
    rows: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def baseline_rate(self) -> float:
        """Events over n before; nan without n."""
        return self.baseline_events / self.baseline_n if self.baseline_n else float("nan")

    @property
    def current_rate(self) -> float:
        """Events over n now; nan without n."""
        return self.current_events / self.current_n if self.current_n else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What the search says. `change` = `mix` + `rate` + `remainder`, exactly.

    `mix` is what other work alone would have changed, `rate` what the same work does differently, `remainder` what the
    fitted rates leave over (0 to rounding unless counts are very thin). `mix_by_dimension` is each dimension's mix alone;
    they overlap. `causes` come one after the other, each after those before it are explained away; `everywhere` is the
    change of the whole where it is one of them. `unproven` are the parts that differ most beside the causes and moved
    as the whole did, best first: where to look, though chance leaves differences as large.
    `ranked` is the first look at single cells, best first.
    """

    verdict: Verdict
    change: float
    mix: float
    rate: float
    remainder: float
    mix_by_dimension: dict[str, float]
    causes: tuple[Cause, ...]
    everywhere: Cause | None
    unproven: tuple[Cause, ...]
    ranked: tuple[Cause, ...]
    threshold: float
    noise: float
    dispersion: float

    @property
    def unexplained(self) -> float:
        """The part of the change that neither mix nor a cause nor a shift of everything accounts for."""
        named = [*self.causes, *([self.everywhere] if self.everywhere else [])]
        return self.change - self.mix - sum(cause.share.value * self.change for cause in named if cause.share.is_known)


def explain_rate(
    dimensions: Mapping[str, npt.ArrayLike | Dimension],
    events: npt.ArrayLike,
    is_current: npt.ArrayLike,
    *,
    n: npt.ArrayLike | None = None,
    period: npt.ArrayLike | Dimension | None = None,
    hierarchies: Sequence[Sequence[str]] = (),
    family_error: float = 0.05,
    deepest: int = 3,
    most_causes: int = 8,
    most_ranked: int = 0,
    most_unproven: int = 0,
    level: float = 0.95,
    seed: int = 0,
    alarm_chance: float | None = None,
    alarm_share: float = 1.0,
    known: Sequence[tuple[Where, float]] = (),
    least_share: float = 0.1,
) -> Explanation:
    """Says why the rate of `events` changed between two windows, and which parts of the work it changed in.

    One row a decision (`events` 0 or 1, no `n`) or a cell (`events` of `n`); a cell may come several times, say once a minute,
    and then its scatter is estimated from the baseline. `period` (day, week) of each row does the same for decisions.
    `dimensions` maps names to values: numbers, texts or nothing; `hierarchies` are chains of names from coarse to fine.

    Expected rates come from a main-effects log-linear model of the baseline (proportional fitting), so work that moved is no
    cause. A cell with events O0, O1 of which E0, E1 were expected has LLR = O1 ln(O1 / O q) + O0 ln(O0 / O (1-q)), O = O0 + O1,
    q = E1 / (E0 + E1); where both windows hold 5,000 or less, the same is added of what was no event, n - O of n - E. Cells of
    two and three dimensions borrow 1 / (v + sum of 1 / O0 of their values) events from the model, v being the variance of what
    main effects miss. Counts whose variance is E + t E^2 weigh 1 / (1 + t E). The score is the
    LLR less ln(number of cells of those dimensions x number of such choices of dimensions), as if a dimension were chosen
    first and then a value in it; the whole competes first, without a price. The best cell is taken while its
    score passes a threshold that the best score of simulated data without a change exceeds with probability `family_error`
    (`seed` fixes the simulation), its factor goes into the expectation, and the search repeats, pairs of values being looked
    at with every third. A later cause must stand on rows that earlier ones did not claim. mix and rate are Das Gupta's over
    the fitted rates of both windows, over the observed ones where all cells are well filled.

    With `alarm_chance` the whole was chosen because a chart of it crossed limits that chance crosses with this probability a
    point; `alarm_share` of the current n is of days that the choice had seen. The whole is then a cause only from the LLR on
    that a whole so chosen passes by chance with probability family_error / 3 (`least_after_choice`; a third, because the days
    were looked for as well). Of how the excess lies within the whole the choice says nothing: parts are causes where their
    scores and the LLR of what is left of the whole exceed the whole's own LLR by a threshold of family_error / 2, or where one
    alone would stand after such a choice.

    `known` are cells with a factor each that other data have shown: so many times the events are expected of their current
    rows before the search begins. A cause must hold `least_share` of the change; with 0 every part that surely moved is one.

    Assumes events independent but for that scatter. Raises ValueError (`BadRows` names the rows) unless 0 <= events <= n.

    >>> found = explain_rate({"site": ["A", "B", "C"] * 2}, [50, 50, 50, 50, 150, 52], [0, 0, 0, 1, 1, 1], n=[1000] * 6)
    >>> found.verdict, [cause.where for cause in found.causes], round(found.causes[0].excess)
    ('localised', [(('site', 'B'),)], 100)

    Reference: Kulldorff (1997) Communications in Statistics 26 (scan statistic); Deming, Stephan (1940) Annals of
    Mathematical Statistics 11 (fitting); Das Gupta (1993) US Bureau of the Census P23-186 (parts); Fithian, Sun, Taylor (2014)
    arXiv 1410.2597 (errors after a choice).
    """
    from .search import Question, answer

    x = vector(events, name="events")
    size = np.ones(len(x)) if n is None else vector(n, name="n")
    now = _windows(is_current, len(x))
    same_length(events=x, n=size, is_current=now)
    refuse_rows((x < 0) | (x > size), "events must lie between 0 and n")
    asked = Question(
        coded=Coded.of(dimensions, rows=len(x)), events=x, n=size, is_current=now, is_counted=n is not None,
        period=None if period is None else Coded.of({"period": period}, rows=len(x)).codes[0].astype(np.int64),
        hierarchies=tuple(tuple(chain) for chain in hierarchies), family_error=family_error, deepest=deepest,
        most_causes=most_causes, most_ranked=most_ranked, most_unproven=most_unproven, level=level, seed=seed,
        alarm_chance=alarm_chance, alarm_share=alarm_share, known=tuple((tuple(where), factor) for where, factor in known),
        least_share=least_share,
    )  # fmt: skip
    return answer(asked)


def explain_ratio(
    dimensions: Mapping[str, npt.ArrayLike | Dimension],
    values: npt.ArrayLike,
    is_current: npt.ArrayLike,
    *,
    n: npt.ArrayLike | None = None,
    hierarchies: Sequence[Sequence[str]] = (),
    family_error: float = 0.05,
    deepest: int = 3,
    most_causes: int = 8,
    most_ranked: int = 0,
    most_unproven: int = 0,
    level: float = 0.95,
    seed: int = 0,
    alarm_chance: float | None = None,
    alarm_share: float = 1.0,
) -> Explanation:
    """Says why a mean (sum of `values` over rows) or a ratio of sums (over the sum of `n`) changed, and where.

    For handle times, turnaround, cost per decision, minutes per item: values of 0 or more. As `explain_rate`, with a variance
    proportional to the expected value, its factor estimated from the baseline: phi = sum (y - e)^2 / e / (rows - values).
    Values beyond the mean of everything by 10 standard deviations count as that much, so that one forgotten screen is no cause.
    `events` of the causes are then sums of values. Raises ValueError (`BadRows` names the rows) for values or n below 0.

    >>> seconds = [30.0, 31, 30, 29] * 12 + [30, 30, 62, 60] * 13
    >>> explain_ratio({"tool": ["new", "old"] * 50}, seconds, [0] * 48 + [1] * 52).verdict
    'global shift'

    Reference: McCullagh, Nelder (1989) Generalized Linear Models, 2nd ed., chapter 9 (quasi-likelihood).
    """
    from .search import Question, answer

    x = vector(values, name="values")
    size = np.ones(len(x)) if n is None else vector(n, name="n")
    now = _windows(is_current, len(x))
    same_length(values=x, n=size, is_current=now)
    refuse_rows((x < 0) | (size < 0), "values and n must not be negative")
    if n is None and len(x):
        x = np.minimum(x, x.mean() + 10 * x.std())
    asked = Question(
        coded=Coded.of(dimensions, rows=len(x)), events=x, n=size, is_current=now, is_counted=False, period=None,
        hierarchies=tuple(tuple(chain) for chain in hierarchies), family_error=family_error, deepest=deepest,
        most_causes=most_causes, most_ranked=most_ranked, most_unproven=most_unproven, level=level, seed=seed,
        is_measured=True, alarm_chance=alarm_chance, alarm_share=alarm_share,
    )  # fmt: skip
    return answer(asked)


def explain_quantile(
    dimensions: Mapping[str, npt.ArrayLike | Dimension],
    values: npt.ArrayLike,
    is_current: npt.ArrayLike,
    *,
    p: float,
    hierarchies: Sequence[Sequence[str]] = (),
    family_error: float = 0.05,
    seed: int = 0,
) -> Explanation:
    """Says why a quantile of `values` moved, and where: by the share of rows above the baseline's quantile.

    A quantile rises exactly when the share above its old value does, and a share has mix, rate and causes that add up, which
    quantiles have not. `p` between 0 and 1; all parts of the answer are about that share, which was 1 - p before.

    >>> found = explain_quantile({"queue": [0, 1] * 200}, [1.0, 2, 3, 4] * 50 + [1, 2, 3, 9] * 50, [0] * 200 + [1] * 200, p=0.5)
    >>> found.verdict, found.change
    ('no change', 0.0)

    Reference: Koenker (2005) Quantile Regression, chapter 2.
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, not {p}")
    x = vector(values, name="values")
    now = _windows(is_current, len(x))
    same_length(values=x, is_current=now)
    limit = np.quantile(x[~now], p, method="inverted_cdf") if (~now).any() else np.inf
    return explain_rate(
        dimensions, floats(x > limit), now, hierarchies=hierarchies, family_error=family_error, seed=seed
    )


def _windows(is_current: npt.ArrayLike, rows: int) -> BoolArray:
    array = np.asarray(is_current)
    if array.shape != (rows,):
        raise ValueError(f"is_current must have one value a row, {rows}")
    if array.dtype != bool:
        refuse_rows(~np.isin(array, (0, 1)), "is_current must be true or false")
    found: BoolArray = array.astype(bool)
    return found
