"""What coaching did, less what would have happened anyway: people picked for a bad month are better the next by luck alone."""

from __future__ import annotations

from math import nan

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, divide, floats, same_length, vector
from .criterion import Criterion
from .effects import Diagnostic, Effect, Measured, Term, as_ratio, asked, judge, plus_minus
from .estimate import Estimate
from .models import least_squares
from .quantiles import t_quantile, t_tail, two_sided
from .rows import refuse_rows
from .series_terms import is_full_rank
from .shrinkage import shrink

ASSUMES = "Who was coached depends on the audits before and on nothing else that also moves the rate afterwards."
FEW_PEOPLE = 4


def coaching_effect(
    hits_before: npt.ArrayLike,
    n_before: npt.ArrayLike,
    hits_after: npt.ArrayLike,
    n_after: npt.ArrayLike,
    coached: npt.ArrayLike,
    *,
    criterion: str | Criterion | None = None,
    level: float = 0.95,
) -> Effect:
    """The change of the coached people's rate beyond regression to the mean and beyond what the others did.

    One row a person, everybody with audits in both periods, coached or not (1 or 0). Each person's rate before is replaced by
    its empirical Bayes posterior mean m (`shrink`), which selection on the audits before does not bias; then rate after = a +
    b m + c coached by least squares weighted by audits after, HC3 errors, Student's t. c is the effect; b is 1 when people's
    rates last and less when they wander. The diagnostics tell the plain change of the coached and how much of it is
    regression to the mean. Unknown without at least four coached and four others.

    >>> before = [2, 3, 9, 8, 10, 2, 4, 3, 1, 9, 3, 2]
    >>> after = [3, 3, 3, 2, 3, 3, 4, 4, 2, 3, 3, 3]
    >>> coached = [0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0]
    >>> found = coaching_effect(before, [50] * 12, after, [50] * 12, coached)
    >>> round(found.diagnostic("plain_change").value, 3), round(found.diagnostic("regression_to_the_mean").value, 3)
    (-0.125, -0.036)

    Reference: Galton (1886); Barnett, van der Pols, Dobson (2005) International Journal of Epidemiology 34; Morris (1983).
    """
    x0, n0 = vector(hits_before, name="hits_before"), vector(n_before, name="n_before")
    x1, n1 = vector(hits_after, name="hits_after"), vector(n_after, name="n_after")
    who = floats(coached)
    same_length(hits_before=x0, n_before=n0, hits_after=x1, n_after=n1, coached=who)
    refuse_rows((who != 0) & (who != 1), "coached must be 0 or 1")
    refuse_rows((x0 < 0) | (x0 > n0) | (x1 < 0) | (x1 > n1), "hits must lie between 0 and n")
    used = (n0 > 0) & (n1 > 0)
    is_coached = (who == 1) & used
    method = "coaching_posterior"
    people = int(is_coached.sum()), int((used & ~is_coached).sum())
    looks = [
        Diagnostic("coached", people[0], people[0] >= FEW_PEOPLE, f"{people[0]} people coached."),
        Diagnostic("others", people[1], people[1] >= FEW_PEOPLE, f"{people[1]} others."),
    ]
    none = Estimate.unknown(method=method, level=level, n=int(used.sum()))
    unknown = Measured("difference", none, none, none, none, nan)
    if min(people) < FEW_PEOPLE:
        stop = (
            f"There are too few people: at least {FEW_PEOPLE} coached and {FEW_PEOPLE} others, to see what luck does."
        )
        return judge(
            "coaching", unknown, criterion=asked(criterion), assumes=ASSUMES, diagnostics=tuple(looks), stop=stop
        )  # fmt: skip
    expected = shrink(x0[used], n0[used]).mean
    rate, weight, group = x1[used] / n1[used], n1[used], who[used]
    columns = np.column_stack([group, np.ones_like(group), expected - expected.mean()])
    if not is_full_rank(columns):
        # Nobody differs from anybody before: there is nothing to regress.
        columns = columns[:, :2]
    coefficients, covariance, _ = least_squares(columns, rate, weight, errors="robust")
    value, error = float(coefficients[0]), float(np.sqrt(covariance[0, 0]))
    df = float(len(rate) - columns.shape[1])
    difference = plus_minus(value, error, t_quantile(two_sided(level), df=df), len(rate), method, level)
    looks += _changes(x0, n0, x1, n1, expected, used, is_coached)
    if columns.shape[1] == 3:
        slope = float(coefficients[2])
        looks.append(Diagnostic("lasting", slope, slope > 0.3, f"Of a rate before, {slope:.2f} lasts (1: all of it)."))
    seen = float(x1[is_coached].sum() / n1[is_coached].sum())
    ratio = as_ratio(difference, seen)
    p_value = 2 * t_tail(abs(value) / error, df=df) if error > 0 else nan
    return judge(
        "coaching",
        Measured("difference", ratio, difference, ratio, difference, p_value),
        criterion=asked(criterion),
        assumes=ASSUMES,
        diagnostics=tuple(looks),
        terms={"effect": Term(difference, value, error)},
    )


def _changes(
    x0: FloatArray, n0: FloatArray, x1: FloatArray, n1: FloatArray, expected: FloatArray, used: npt.NDArray[np.bool_],
    coached: npt.NDArray[np.bool_],
) -> list[Diagnostic]:  # fmt: skip
    """The coached people's plain change, and the part of it that luck brings by itself."""
    before = float(divide(x0[coached].sum(), n0[coached].sum()))
    after = float(divide(x1[coached].sum(), n1[coached].sum()))
    inside = coached[used]
    would = float(np.average(expected[inside], weights=n0[coached]))
    back = would - before
    return [
        Diagnostic("plain_change", after - before, True, f"The coached went from {before:.4g} to {after:.4g}."),
        Diagnostic(
            "regression_to_the_mean", back, True,
            f"Of that, {back:+.4g} was to be expected without any coaching, because they were picked.",
        ),
    ]  # fmt: skip
