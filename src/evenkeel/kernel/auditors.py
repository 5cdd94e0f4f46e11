"""Auditors who err: what a rate would be without their errors, and how often they err when nobody knows the truth."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, floats
from .estimate import Estimate
from .proportions import ProportionMethod, proportion
from .quantiles import normal_quantile, two_sided
from .rows import refuse_rows


def rogan_gladen(
    hits: float,
    n: float,
    *,
    sensitivity: float,
    specificity: float,
    sensitivity_n: float | None = None,
    specificity_n: float | None = None,
    method: ProportionMethod = "wilson",
    level: float = 0.95,
) -> Estimate:
    """A share freed from the errors of who judged it: (p + specificity - 1) / (sensitivity + specificity - 1), cut to [0, 1].

    Sensitivity: the chance that a real violation is called one; specificity: that what is none is called none. Taken as
    known, the ends of `method`'s interval for p are put through the same formula. When they were measured on
    `sensitivity_n` violations and `specificity_n` others (give both), Lang and Reiczigel's interval carries that along.
    Raises ValueError unless sensitivity + specificity > 1: a judge no better than chance tells nothing.

    >>> found = rogan_gladen(150, 1000, sensitivity=0.85, specificity=0.95)
    >>> f"{found.value:.3f} ({found.low:.4f}, {found.high:.4f})"
    '0.125 (0.0990, 0.1543)'

    Reference: Rogan, Gladen (1978) American Journal of Epidemiology 107; Lang, Reiczigel (2014) Preventive Vet. Medicine 113.
    """
    if not (0 <= sensitivity <= 1 and 0 <= specificity <= 1):
        raise ValueError("sensitivity and specificity must lie in 0 to 1")
    if sensitivity + specificity <= 1:
        raise ValueError("sensitivity and specificity must add up to more than 1: such a judge tells nothing")
    if (sensitivity_n is None) != (specificity_n is None):
        raise ValueError("give both sensitivity_n and specificity_n, or neither")
    apparent = proportion(hits, n, method=method, level=level)
    gain = sensitivity + specificity - 1
    if n == 0:
        return Estimate.unknown(method="rogan_gladen", level=level)
    value = _inside((apparent.value + specificity - 1) / gain)
    if sensitivity_n is None or specificity_n is None:
        low, high = (_inside((end + specificity - 1) / gain) for end in (apparent.low, apparent.high))
        return Estimate(value, low, high, round(n), n * gain**2, "rogan_gladen", level)
    z = normal_quantile(two_sided(level))
    size, seen = n + z * z, (hits + z * z / 2) / (n + z * z)
    size_1, sens = sensitivity_n + 2, (sensitivity_n * sensitivity + 1) / (sensitivity_n + 2)
    size_0, spec = specificity_n + 2, (specificity_n * specificity + 1) / (specificity_n + 2)
    centre = (seen + spec - 1) / (sens + spec - 1)
    of_1, of_0 = sens * (1 - sens) / size_1, spec * (1 - spec) / size_0
    shift = 2 * z * z * (centre * of_1 - (1 - centre) * of_0)
    error = sqrt(seen * (1 - seen) / size + centre**2 * of_1 + (1 - centre) ** 2 * of_0) / (sens + spec - 1)
    low, high = _inside(centre + shift - z * error), _inside(centre + shift + z * error)
    effective = value * (1 - value) / error**2 if 0 < value < 1 else n * gain**2
    return Estimate(value, low, high, round(n), effective, "rogan_gladen_lang_reiczigel", level)


@dataclass(frozen=True, slots=True)
class LatentClasses:
    """Who errs how often when nobody knows the truth: one prevalence a group, one sensitivity and specificity a judge."""

    prevalence: tuple[Estimate, ...]
    sensitivity: tuple[Estimate, ...]
    specificity: tuple[Estimate, ...]
    log_likelihood: float
    degrees_of_freedom: int
    iterations: int
    warnings: tuple[str, ...]


def latent_classes(
    counts: npt.ArrayLike, *, level: float = 0.95, most_iterations: int = 20_000, tolerance: float = 1e-12
) -> LatentClasses:
    """Hui and Walter's model by maximum likelihood: judges' errors from their answers alone, in groups of unequal prevalence.

    `counts`: shape (groups, 2, 2, ...), one axis of length 2 a judge, index 1 = called a violation; counts[g, 1, 0] is how
    many items of group g the first judge called a violation and the second did not. Assumes judges err independently given
    the truth, equally in all groups, and better than chance (of the two mirror solutions that one is given). Needs as many
    free counts as unknowns: groups (2^judges - 1) >= groups + 2 judges; two judges need two groups. EM, then intervals
    from the observed information on the logit scale; none for an estimate at 0 or 1. Groups of nearly equal prevalence
    make it guess: a warning says so.

    >>> tuberculosis = [[[528, 9], [4, 14]], [[367, 37], [31, 887]]]
    >>> found = latent_classes(tuberculosis)
    >>> [round(each.value, 4) for each in found.prevalence]
    [0.0268, 0.7168]
    >>> [round(1 - each.value, 4) for each in found.specificity + found.sensitivity]
    [0.0067, 0.0159, 0.0339, 0.0312]

    Reference: Hui, Walter (1980) Biometrics 36.
    """
    table = floats(counts)
    if table.ndim < 2 or any(length != 2 for length in table.shape[1:]):
        raise ValueError("counts must have the shape (groups, 2, 2, ...), one axis of 2 a judge")
    flat = table.reshape(len(table), -1)
    refuse_rows(~(np.isfinite(flat) & (flat >= 0)).all(axis=1), "counts must be finite and not negative")
    groups, judges = len(table), table.ndim - 1
    free = groups * (2**judges - 1) - groups - 2 * judges
    if free < 0:
        raise ValueError(
            f"{judges} judges in {groups} groups leave {-free} unknowns too many: add a group of other prevalence or a judge"
        )
    method = "latent_class"
    if not flat.sum():
        unknown = Estimate.unknown(method=method, level=level)
        return LatentClasses((unknown,) * groups, (unknown,) * judges, (unknown,) * judges, 0.0, free, 0, ())
    answers = (np.arange(2**judges)[:, None] >> np.arange(judges)[::-1] & 1).astype(np.float64)
    point, value, steps = _climb(flat, answers, most_iterations, tolerance)
    errors = _logit_errors(flat, answers, point)
    sizes = np.concatenate([flat.sum(axis=1), np.full(2 * judges, flat.sum())])
    z = normal_quantile(two_sided(level))
    found = [_estimate(p, e, z, size, level, method) for p, e, size in zip(point, errors, sizes, strict=True)]
    shares = point[:groups]
    warnings = []
    if groups > 1 and np.ptp(shares) < 0.1:
        warnings.append("the groups' prevalences are nearly alike: judges' errors are hardly determined")
    if steps == most_iterations:
        warnings.append("the likelihood still rose at the last iteration")
    return LatentClasses(
        tuple(found[:groups]), tuple(found[groups : groups + judges]), tuple(found[groups + judges :]),
        value, free, steps, tuple(warnings),
    )  # fmt: skip


def _climb(flat: FloatArray, answers: FloatArray, most: int, tolerance: float) -> tuple[FloatArray, float, int]:
    groups, judges = len(flat), answers.shape[1]
    votes = answers.mean(axis=1)
    start = np.clip((flat @ votes + 0.5) / (flat.sum(axis=1) + 1), 0.02, 0.98)
    point = np.concatenate([start, np.full(2 * judges, 0.85)])
    before, steps = -np.inf, 0
    while steps < most:
        steps += 1
        yes, no = _joint(point, groups, answers)
        now = _log_likelihood(flat, yes + no)
        if now - before < tolerance * max(abs(now), 1):
            break
        before = now
        weight = flat * yes / np.maximum(yes + no, 1e-300)
        rest = flat - weight
        point = np.concatenate([
            weight.sum(axis=1) / np.maximum(flat.sum(axis=1), 1e-300),
            weight.sum(axis=0) @ answers / max(float(weight.sum()), 1e-300),
            rest.sum(axis=0) @ (1 - answers) / max(float(rest.sum()), 1e-300),
        ])  # fmt: skip
    sens, spec = point[groups : groups + judges], point[groups + judges :]
    if float((sens + spec).sum()) < judges:
        # The mirror solution: what it calls a violation is none.
        point = np.concatenate([1 - point[:groups], 1 - spec, 1 - sens])
    yes, no = _joint(point, groups, answers)
    return point, _log_likelihood(flat, yes + no), steps


def _joint(point: FloatArray, groups: int, answers: FloatArray) -> tuple[FloatArray, FloatArray]:
    judges = answers.shape[1]
    share, sens, spec = point[:groups, None], point[groups : groups + judges], point[groups + judges :]
    if_so = np.where(answers == 1, sens, 1 - sens).prod(axis=1)
    if_not = np.where(answers == 1, 1 - spec, spec).prod(axis=1)
    return share * if_so, (1 - share) * if_not


def _log_likelihood(flat: FloatArray, chance: FloatArray) -> float:
    from scipy.special import xlogy

    return float(xlogy(flat, np.maximum(chance, 1e-300)).sum())


def _logit_errors(flat: FloatArray, answers: FloatArray, point: FloatArray) -> FloatArray:
    """Standard errors of the logits from the expected information of the multinomials; nan at an edge or when flat."""
    groups = len(flat)
    inside = (point > 1e-6) & (point < 1 - 1e-6)
    logit = np.log(np.clip(point, 1e-9, 1 - 1e-9) / (1 - np.clip(point, 1e-9, 1 - 1e-9)))
    step = 1e-5

    def chances(at: FloatArray) -> FloatArray:
        yes, no = _joint(1 / (1 + np.exp(-at)), groups, answers)
        return (yes + no).ravel()

    slopes = []
    for place in np.flatnonzero(inside):
        shift = np.zeros(len(point))
        shift[place] = step
        slopes.append((chances(logit + shift) - chances(logit - shift)) / (2 * step))
    errors = np.full(len(point), np.nan)
    if not slopes:
        return errors
    matrix = np.array(slopes)
    expected = np.repeat(flat.sum(axis=1), flat.shape[1]) / np.maximum(chances(logit), 1e-300)
    information = matrix @ (expected[:, None] * matrix.T)
    if np.linalg.matrix_rank(information) == len(information):
        errors[inside] = np.sqrt(np.maximum(np.diag(np.linalg.inv(information)), 0))
    return errors


def _estimate(p: float, error: float, z: float, n: float, level: float, method: str) -> Estimate:
    if not np.isfinite(error):
        return Estimate(float(p), float("nan"), float("nan"), round(n), float(n), method, level)
    logit = np.log(p / (1 - p))
    low, high = (float(1 / (1 + np.exp(-(logit + side * z * error)))) for side in (-1, 1))
    effective = 1 / (p * (1 - p) * error**2)
    return Estimate(float(p), low, high, round(n), float(effective), method, level)


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)
