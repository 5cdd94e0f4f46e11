"""What a ring test tells of sites: the same items to each, some twice, judged as proficiency tests judge laboratories.

A site's answer about an item is 0 or 1: does it say that the item breaks the policy? ISO 5725-2's analysis of variance is
taken on these numbers as they are and not on the logit: every site sees the same items, so how items differ is no error, and
the logit has no value where all answers agree, which is the usual case on clear items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, nan, sqrt

import numpy as np

from evenkeel.kernel import Estimate, mean, wilson

# What a site may lie off before it matters, in shares: the standard deviation for proficiency assessment. Fit for purpose
# and not learnt from the sites, because a handful of sites says little of its own spread (ISO 13528, 8.2).
FIT_FOR_PURPOSE = 0.05
WARNING, ACTION = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Robust:
    """A robust mean and standard deviation of `n` results; `error` is the standard uncertainty of the mean."""

    mean: float
    deviation: float
    n: int

    @property
    def error(self) -> float:
        """1.25 s* / sqrt(n): the factor pays for what the robust mean gives away (ISO 13528, 7.7.3)."""
        return 1.25 * self.deviation / sqrt(self.n) if self.n else nan


def algorithm_a(results: Sequence[float]) -> Robust:
    """The robust mean x* and deviation s* of participants' results: no outlier is thrown away, none pulls far.

    Assumes that most results are near normal. From the median and 1.483 times the median absolute deviation, results
    further than 1.5 s* from x* are moved to that distance; x* becomes their mean and s* 1.134 times their standard
    deviation, until both stand still. Unknown for no result; one result has deviation 0.

    >>> found = algorithm_a([2.9, 3.1, 3.4, 3.4, 3.7, 3.7, 28.95])
    >>> round(found.mean, 2), found.n
    (3.49, 7)

    Reference: ISO 13528:2015, annex C.3.1 (algorithm A); Analytical Methods Committee (1989) Analyst 114.
    """
    x = np.asarray(results, dtype=np.float64)
    if not x.size:
        return Robust(nan, nan, 0)
    centre = float(np.median(x))
    spread = 1.483 * float(np.median(np.abs(x - centre)))
    if x.size == 1:
        return Robust(centre, 0.0, 1)
    # More than half of the results alike: their spread is 0, and the plain deviation is the way to begin.
    spread = spread or float(x.std(ddof=1))
    for _round in range(500):
        pulled = np.clip(x, centre - 1.5 * spread, centre + 1.5 * spread)
        after, wide = float(pulled.mean()), 1.134 * float(pulled.std(ddof=1))
        is_still = abs(after - centre) < 1e-12 and abs(wide - spread) < 1e-12
        centre, spread = after, wide
        if is_still:
            break
    return Robust(centre, spread, int(x.size))


@dataclass(frozen=True, slots=True)
class Precision:
    """Repeatability and reproducibility of one thing measured by several laboratories: mean and standard deviations.

    `between` is the laboratories' own part: reproducibility squared is repeatability squared plus between squared.
    """

    mean: float
    repeatability: float
    between: float
    reproducibility: float
    laboratories: int
    n: int


def precision(results: Iterable[Sequence[float]]) -> Precision:
    """One-way analysis of variance over laboratories, each with one or more results of the same thing.

    Assumes results independent and with one variance within laboratories. s_r^2 is the pooled variance within; s_L^2 =
    (MS_between - s_r^2) / n', n' = (N - sum n_i^2 / N) / (p - 1), not below 0; s_R^2 = s_r^2 + s_L^2. nan where no
    laboratory has two results, or there is but one laboratory.

    >>> found = precision([[0.71, 0.71, 0.70, 0.71], [0.69, 0.67, 0.68], [0.66, 0.65, 0.69]])
    >>> round(found.mean, 3), round(found.repeatability, 3), round(found.reproducibility, 3)
    (0.687, 0.013, 0.024)

    Reference: ISO 5725-2:1994, 7.4; Wilrich (2010) Accreditation and Quality Assurance 15 (0 and 1).
    """
    groups = [np.asarray(each, dtype=np.float64) for each in results if len(each)]
    p, sizes = len(groups), np.array([each.size for each in groups], dtype=np.float64)
    n = int(sizes.sum())
    if not n:
        return Precision(nan, nan, nan, nan, 0, 0)
    means = np.array([each.mean() for each in groups])
    overall = float((sizes * means).sum() / n)
    if p < 2 or n <= p:
        return Precision(overall, nan, nan, nan, p, n)
    within = sum(float(((each - each.mean()) ** 2).sum()) for each in groups) / (n - p)
    among = float((sizes * (means - overall) ** 2).sum()) / (p - 1)
    typical = (n - float((sizes**2).sum()) / n) / (p - 1)
    between = max(0.0, (among - within) / typical)
    return Precision(overall, sqrt(within), sqrt(between), sqrt(within + between), p, n)


@dataclass(frozen=True, slots=True)
class RingAnswer:
    """An answer in a ring test. `is_strict` says that the item breaks the policy; `is_repeat` that she met it before."""

    site: str
    item: str
    person: str
    is_strict: bool
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class SiteResult:
    """A site in a ring test.

    `strictness` is its share of items called violating; `bias` that less the settled share, over settled items; `z` how far
    it lies from everybody's robust mean, in tolerated deviations; `repeated` the share of its people's second answers that
    are like their first. `apart_from` names the sites that it can be told apart from.
    """

    site: str
    strictness: Estimate
    bias: Estimate
    z: float
    repeated: Estimate
    apart_from: tuple[str, ...]

    @property
    def signal(self) -> str:
        """`fine` up to 2, `warning` up to 3, `action` beyond; "" where it is not known."""
        size = abs(self.z)
        if not isfinite(size):
            return ""
        return "action" if size >= ACTION else "warning" if size >= WARNING else "fine"


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring test: its sites by name, the assigned value, and how often two answers about one item are alike.

    `accordance` is for two answers of one site, `concordance` for two of different sites: 1 - 2 s_r^2 and 1 - 2 s_R^2 of
    the answers as 0 and 1, averaged over items. Sites that work alike have both the same.
    """

    sites: tuple[SiteResult, ...]
    assigned: Robust
    accordance: Estimate
    concordance: Estimate
    items: int


def ring(
    answers: Iterable[RingAnswer],
    settled: Mapping[str, bool],
    *,
    tolerated: float = FIT_FOR_PURPOSE,
    level: float = 0.95,
) -> Ring:
    """How sites differ on the same items: bias, z' scores, repeatability, and who can be told apart from whom.

    Assumes that items are a random sample and that answers are given blind. A site's result on an item is the share of
    its answers that are strict; its strictness and bias are means over items with Student's interval, the items being what
    was sampled. z' = (x - x_pt) / sqrt(tolerated^2 + u(x_pt)^2), x_pt the sites' robust mean (`algorithm_a`). Two sites
    are told apart when the interval of their mean difference, item by item, leaves 0 out at a level corrected for the
    number of pairs (Bonferroni). `settled` holds, by item, whether the settled answer is strict.

    >>> said = [RingAnswer(site, str(n), site, n < k) for site, k in (("North", 6), ("South", 1)) for n in range(12)]
    >>> found = ring(said, {str(n): n < 1 for n in range(12)})
    >>> [(each.site, round(each.bias.value, 3), each.apart_from) for each in found.sites]
    [('North', 0.417, ('South',)), ('South', 0.0, ('North',))]

    Reference: ISO 13528:2015, 9.5 (z' scores); Langton et al. (2002) Int. J. Food Microbiology 79 (accordance).
    """
    first: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    pairs: defaultdict[str, list[bool]] = defaultdict(list)
    told = list(answers)
    before = {(each.person, each.item): each.is_strict for each in told if not each.is_repeat}
    for each in told:
        if not each.is_repeat:
            first[each.site][each.item].append(float(each.is_strict))
        elif (each.person, each.item) in before:
            pairs[each.site].append(each.is_strict == before[each.person, each.item])
    shares = {site: {item: float(np.mean(said)) for item, said in items.items()} for site, items in first.items()}
    names = sorted(shares)
    strictness = {site: _within(mean(list(shares[site].values()), level=level), 0.0) for site in names}
    assigned = algorithm_a([strictness[site].value for site in names])
    width = sqrt(tolerated**2 + assigned.error**2) if names else nan
    apart = _apart(shares, level=level)
    by_item: defaultdict[str, list[list[float]]] = defaultdict(list)
    for site in names:
        for item, said in first[site].items():
            by_item[item].append(said)
    return Ring(
        sites=tuple(
            SiteResult(
                site=site,
                strictness=strictness[site],
                bias=_bias(shares[site], settled, level),
                z=(strictness[site].value - assigned.mean) / width if len(names) > 1 else nan,
                repeated=wilson(float(sum(pairs[site])), float(len(pairs[site])), level=level),
                apart_from=apart[site],
            )
            for site in names
        ),
        assigned=assigned,
        accordance=_within(mean([v for v in map(_alike_within, by_item.values()) if isfinite(v)], level=level), 0.0),
        concordance=_within(mean([v for v in map(_alike_across, by_item.values()) if isfinite(v)], level=level), 0.0),
        items=len(by_item),
    )


def _bias(shares: Mapping[str, float], settled: Mapping[str, bool], level: float) -> Estimate:
    found = mean([share - settled[item] for item, share in shares.items() if item in settled], level=level)
    return _within(found, -1.0)


def _within(found: Estimate, least: float) -> Estimate:
    """The same with its ends where such a share can be."""
    if not found.has_interval:
        return found
    return Estimate(
        found.value, max(found.low, least), min(found.high, 1.0), found.n, found.n_effective, "t_by_item", found.level
    )


def _apart(shares: Mapping[str, Mapping[str, float]], *, level: float) -> dict[str, tuple[str, ...]]:
    pairs = list(combinations(sorted(shares), 2))
    found: dict[str, list[str]] = {site: [] for site in shares}
    strict_level = 1 - (1 - level) / max(len(pairs), 1)
    for one, other in pairs:
        gaps = [shares[one][item] - shares[other][item] for item in shares[one].keys() & shares[other].keys()]
        gap = mean(gaps, level=strict_level)
        if gap.has_interval and (gap.low > 0 or gap.high < 0):
            found[one].append(other)
            found[other].append(one)
    return {site: tuple(sorted(others)) for site, others in found.items()}


def _alike_within(groups: Sequence[Sequence[float]]) -> float:
    """The share of pairs of answers of one site that are alike, pooled over sites; nan where no site has two."""
    alike = sum(sum(said) * (sum(said) - 1) + (len(said) - sum(said)) * (len(said) - sum(said) - 1) for said in groups)
    pairs = sum(len(said) * (len(said) - 1) for said in groups)
    return alike / pairs if pairs else nan


def _alike_across(groups: Sequence[Sequence[float]]) -> float:
    """The share of pairs of answers of different sites that are alike; nan where there is but one site."""
    ones, zeros = [sum(said) for said in groups], [len(said) - sum(said) for said in groups]
    alike = sum(ones) ** 2 - sum(v * v for v in ones) + sum(zeros) ** 2 - sum(v * v for v in zeros)
    sizes = [len(said) for said in groups]
    pairs = sum(sizes) ** 2 - sum(v * v for v in sizes)
    return alike / pairs if pairs else nan
