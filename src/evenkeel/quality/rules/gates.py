"""Gates: sequential tests of somebody's answers to golden items. They may be looked at after every answer; their risks hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from evenkeel.kernel import SequentialTest, sprt

YEAR_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Between which accuracies a test tells, with which risks; after `most` answers the nearer one is taken."""

    good: float
    bad: float
    risk_good: float
    risk_bad: float
    most: int


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a test: what it says of the answers so far (None: go on), on how many it ended, with how many errors."""

    is_passed: bool | None
    n: int
    errors: int
    risk: float


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a test costs and promises: chance to pass and mean number of answers at either accuracy; the fixed test's number."""

    pass_good: float
    pass_bad: float
    mean_good: float
    mean_bad: float
    fixed: int


def risk_of_run(risk: float, number: int) -> float:
    """The share of a year's risk that a run may spend: risk / (k (k + 1)); over all runs of the year the sum is the risk.

    >>> [round(risk_of_run(0.06, k), 4) for k in (1, 2, 3)]
    [0.03, 0.01, 0.005]
    """
    return risk / (number * (number + 1))


@lru_cache(maxsize=1024)
def limits_test(limits: Limits, *, number: int | None = None) -> SequentialTest:
    """Wald's test of the share of errors, cut off at `most`; `number`: of a gate's runs within a year, whose risk it shares."""
    risk = limits.risk_good if number is None else risk_of_run(limits.risk_good, number)
    return sprt(
        good=1 - limits.good, bad=1 - limits.bad, producer_risk=risk, consumer_risk=limits.risk_bad, most=limits.most
    )


def judge(wrong: Sequence[bool], limits: Limits, *, number: int | None = None) -> Run:
    """What the test says of answers in their order, each True if wrong. The first verdict counts, whatever comes after it.

    >>> limits = Limits(good=0.95, bad=0.8, risk_good=0.05, risk_bad=0.1, most=60)
    >>> judge([True] * 9, limits).is_passed, judge([False] * 60, limits).n, judge([False], limits).is_passed
    (False, 14, None)
    """
    test = limits_test(limits, number=number)
    said, n = test.run([int(each) for each in wrong]) if wrong else ("continue", 0)
    return Run(
        is_passed=None if said == "continue" else said == "accept",
        n=n,
        errors=sum(wrong[:n]),
        risk=test.producer_risk,
    )


def outlook(limits: Limits) -> Outlook:
    """The exact behaviour of the test at both accuracies, the cut-off included."""
    test = limits_test(limits)
    found = test.characteristics([1 - limits.good, 1 - limits.bad])
    return Outlook(
        pass_good=float(found.accept[0]),
        pass_bad=float(found.accept[1]),
        mean_good=float(found.average_sample[0]),
        mean_bad=float(found.average_sample[1]),
        fixed=test.fixed,
    )


def limit_faults(limits: Limits) -> dict[str, list[str]]:
    """What is wrong with a test's limits, by field."""
    faults: dict[str, list[str]] = {}
    for name in ("good", "bad"):
        if not 0.5 <= getattr(limits, name) <= 0.999:
            faults[name] = [_("An accuracy between 50 and 99.9 %.")]
    if not faults and limits.good - limits.bad < 0.02:
        faults["bad"] = [_("At least two points below the good one: closer ones no test tells apart in a month.")]
    for name in ("risk_good", "risk_bad"):
        if not 0.001 <= getattr(limits, name) <= 0.3:
            faults[name] = [_("A risk between 0.1 and 30 %.")]
    if not 5 <= limits.most <= 2_000:
        faults["most"] = [_("5 to 2,000 answers.")]
    return faults
