"""Which causes make up most of it: by count, by severity, by money, for all errors and not only for the drawn ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from evenkeel.kernel import Estimate, WeightedParts, horvitz_thompson, weighted_rate

By = Literal["count", "severity", "money"]
BYS: tuple[By, ...] = ("count", "severity", "money")


@dataclass(frozen=True, kw_only=True)
class CodedCase:
    """A coded case. `pi` is the odds with which its decision came to be seen at all: the audit's times the evidence's."""

    cause: str
    pi: float
    severity: int | None = None
    cost_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class ParetoLine:
    """A cause's part of the whole: its share and its total over all errors of the window, each with its interval."""

    cause: str
    cases: int
    share: Estimate
    total: Estimate


def worth(by: By) -> Callable[[CodedCase], float | None]:
    """What a case counts: one, its severity (1 to 4), or its cost in cents; None where that is not known."""
    if by == "count":
        return lambda _case: 1.0
    if by == "severity":
        return lambda case: case.severity
    return lambda case: case.cost_cents


def pareto_lines(cases: Sequence[CodedCase], *, by: By = "count") -> list[ParetoLine]:
    """The causes, the largest part first. Cases whose worth is not known, or nothing, are left out.

    A case stands for 1 / pi errors. Share of a cause: sum of w y over its cases by that over all, y its worth, with the
    interval of `weighted_rate` over weights w y. Total: Horvitz and Thompson's.

    >>> cases = [CodedCase(cause="tool", pi=0.5), CodedCase(cause="tool", pi=0.5), CodedCase(cause="model", pi=0.25)]
    >>> [(line.cause, round(line.share.value, 2), line.total.value) for line in pareto_lines(cases)]
    [('model', 0.5, 4.0), ('tool', 0.5, 4.0)]

    Reference: Särndal, Swensson, Wretman (1992) Model Assisted Survey Sampling, section 5.6.
    """
    said = [(case, value) for case in cases if (value := worth(by)(case))]
    lines = []
    for cause in sorted({case.cause for case, _value in said}):
        is_its = [float(case.cause == cause) for case, _value in said]
        weights = [value / case.pi for case, value in said]
        parts = WeightedParts.of(is_its, weights=weights)
        total = horvitz_thompson(
            [value * hit for (_case, value), hit in zip(said, is_its, strict=True)], [case.pi for case, _value in said]
        )
        lines.append(ParetoLine(cause=cause, cases=int(sum(is_its)), share=weighted_rate(parts), total=total))
    return sorted(lines, key=lambda line: (-line.share.value, line.cause))
