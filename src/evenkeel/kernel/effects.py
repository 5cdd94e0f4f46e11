"""Whether an action worked: one form of answer for every design, and the verdict against what was said in advance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import exp, isfinite, nan
from typing import Any, Literal

from .arrays import BoolArray, FloatArray, IntArray
from .criterion import Criterion, Scale, read_criterion
from .estimate import Estimate
from .quantiles import normal_tail

Proof = Literal["effective", "not_effective", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One look at whether a design's assumption holds; `says` is a sentence for people. nan: it could not be looked at."""

    name: str
    value: float
    is_fine: bool
    says: str


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient: as a ratio or difference with its interval, and on the model's own scale (a logarithm for ratios)."""

    estimate: Estimate
    coefficient: float
    standard_error: float


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What a chart shows, one element a point of time: what was seen, what would have been, and how sure that is."""

    time: FloatArray
    observed: FloatArray
    expected: FloatArray
    low: FloatArray
    high: FloatArray
    is_after: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """The effect by distance from the start, in points of time: -1 is the last point before it, 0 the first one after.

    Distances below 0 are a placebo: the start moved that far back, on untouched cells alone.
    """

    distance: IntArray
    effects: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What an action did, by one design, with its verdict against the criterion that was stated before.

    `ratio` is after over what would have been, `difference` after less that; `scale` says which of the two the design
    measures directly. Their intervals are the textbook's. `careful` is the one that the verdict obeys: on the criterion's
    scale, widened for what the textbook assumes away (few points, runs of like errors, few clusters). `p_value` is that of no
    effect. `assumes` is one sentence; a diagnostic that is not fine says where it may fail. `terms` are coefficients, `course`
    what a chart shows, `study` the effect by
    distance from the start, where units are compared over time.
    """

    design: str
    scale: Scale
    ratio: Estimate
    difference: Estimate
    careful: Estimate
    p_value: float
    criterion: Criterion | None
    verdict: Proof
    because: str
    assumes: str
    diagnostics: tuple[Diagnostic, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)
    course: Course | None = None
    study: EventStudy | None = None

    @property
    def effect(self) -> Estimate:
        """The estimate on the scale that the design measures directly."""
        return self.ratio if self.scale == "ratio" else self.difference

    def diagnostic(self, name: str) -> Diagnostic:
        """The diagnostic of this name. Raises KeyError when the design has none."""
        found = next((each for each in self.diagnostics if each.name == name), None)
        if found is None:
            raise KeyError(name)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What a design hands over to be judged: both scales by the textbook, and both by the careful way."""

    scale: Scale
    ratio: Estimate
    difference: Estimate
    careful_ratio: Estimate
    careful_difference: Estimate
    p_value: float


def asked(criterion: str | Criterion | None) -> Criterion | None:
    """The criterion, read when it is still text."""
    return read_criterion(criterion) if isinstance(criterion, str) else criterion


def judge(
    design: str,
    measured: Measured,
    *,
    criterion: Criterion | None,
    assumes: str,
    diagnostics: tuple[Diagnostic, ...] = (),
    stop: str = "",
    **more: Any,
) -> Effect:
    """The effect with its verdict. `stop` is a reason for which nothing may be concluded, whatever the interval says."""
    scale = criterion.scale if criterion else measured.scale
    textbook, careful = (
        (measured.ratio, measured.careful_ratio)
        if scale == "ratio"
        else (measured.difference, measured.careful_difference)
    )
    verdict, because = _verdict(criterion, textbook, careful, stop)
    return Effect(
        design=design,
        scale=measured.scale,
        ratio=measured.ratio,
        difference=measured.difference,
        careful=careful,
        p_value=measured.p_value,
        criterion=criterion,
        verdict=verdict,
        because=because,
        assumes=assumes,
        diagnostics=diagnostics,
        **more,
    )


def _verdict(criterion: Criterion | None, textbook: Estimate, careful: Estimate, stop: str) -> tuple[Proof, str]:
    if not careful.is_known:
        return "cannot_tell", stop or "The data do not give the effect."
    if stop:
        return "cannot_tell", stop
    if not careful.has_interval:
        return "cannot_tell", "There are too few data for an interval."
    between = f"{_figure(careful.low)} to {_figure(careful.high)}"
    if criterion is None:
        return "cannot_tell", f"No criterion was stated. The effect lies in {between}."
    if criterion.is_met_by(careful.low, careful.high):
        return "effective", f"All of the interval, {between}, fulfils {criterion.text!r}."
    if criterion.is_missed_by(careful.low, careful.high):
        return "not_effective", f"None of the interval, {between}, fulfils {criterion.text!r}."
    if textbook.has_interval and criterion.is_met_by(textbook.low, textbook.high):
        return "cannot_tell", (
            f"The textbook interval fulfils {criterion.text!r}; the careful one, {between}, does not entirely."
        )
    return (
        "cannot_tell",
        f"The interval, {between}, holds effects that fulfil {criterion.text!r} and others that do not.",
    )


def against_negative_control(effect: Effect, control: Effect) -> Effect:
    """The effect, no longer believed when a metric that the action cannot have moved has moved as well.

    `control` is the same design on that metric. Its careful interval must hold no effect (1 or 0): else something other than
    the action happened at the same time, the verdict becomes cannot_tell, and a diagnostic says so. An interval that holds no
    effect only because it is wide proves little, so its width is said too.

    >>> from evenkeel.kernel import compare_arms
    >>> arm, n = [0, 1], [4000, 4000]
    >>> fell = compare_arms([400, 240], arm, size=n, criterion="ratio < 0.9")
    >>> fell.verdict, against_negative_control(fell, compare_arms([800, 480], arm, size=n)).verdict
    ('effective', 'cannot_tell')

    Reference: Lipsitch, Tchetgen Tchetgen, Cohen (2010) Epidemiology 21; Lopez Bernal, Cummins, Gasparrini (2018) IJE 47.
    """
    seen = control.careful
    null = 1.0 if (control.criterion.scale if control.criterion else control.scale) == "ratio" else 0.0
    has_moved = seen.has_interval and not seen.low <= null <= seen.high
    at = f"{_figure(seen.value)} ({_figure(seen.low)} to {_figure(seen.high)})" if seen.is_known else "unknown"
    says = (
        f"The metric that must not move has moved: {at}. Something else happened at the same time."
        if has_moved
        else f"The metric that must not move is at {at}, {_figure(null)} being no change."
    )
    found = replace(
        effect,
        diagnostics=(*effect.diagnostics, Diagnostic("negative_control", seen.value, not has_moved, says)),
    )
    return replace(found, verdict="cannot_tell", because=says) if has_moved else found


# ---------------------------------------------------------------- between the scales


def from_logarithm(value: float, error: float, z: float, n: int, method: str, level: float) -> Estimate:
    """The ratio behind a logarithm and its standard error."""
    if not isfinite(value):
        return Estimate.unknown(method=method, level=level, n=n)
    low, high = (exp(min(value + side * z * error, 700.0)) if isfinite(error) else nan for side in (-1, 1))
    return Estimate(exp(value), low, high, n, float(n), method, level)


def plus_minus(value: float, error: float, z: float, n: int, method: str, level: float) -> Estimate:
    """The value -+ z standard errors."""
    if not isfinite(value):
        return Estimate.unknown(method=method, level=level, n=n)
    return Estimate(value, value - z * error, value + z * error, n, float(n), method, level)


def as_difference(ratio: Estimate, seen: float) -> Estimate:
    """From the ratio to the difference, given what was seen: seen (1 - 1/ratio), a rising function of the ratio."""
    return _moved(ratio, lambda r: seen * (1 - 1 / r) if r > 0 else nan)


def as_ratio(difference: Estimate, seen: float) -> Estimate:
    """From the difference to the ratio, given what was seen: seen / (seen - difference); nan where that means nothing."""
    return _moved(difference, lambda d: seen / (seen - d) if seen > 0 and seen - d > 0 else nan)


def _moved(estimate: Estimate, rule: Any) -> Estimate:
    value, low, high = (rule(end) if isfinite(end) else nan for end in (estimate.value, estimate.low, estimate.high))
    if not isfinite(value):
        return Estimate.unknown(method=estimate.method, level=estimate.level, n=estimate.n)
    return replace(estimate, value=value, low=low, high=high)


def two_sided_p(value: float, error: float) -> float:
    """P(|Z| > |value| / error); nan when that is unknown."""
    if not (isfinite(value) and isfinite(error)) or error <= 0:
        return nan
    return 2 * normal_tail(abs(value) / error)


def _figure(value: float) -> str:
    return f"{value:.4g}" if isfinite(value) else "unknown"
