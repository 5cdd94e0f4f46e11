"""Made-up changes with known causes, of the same kinds as the shipped cases and from seeds of their own.

Each generator follows the idea its source publishes (Squeeze: ISSRE 2019; RiskLoc: S and L, 2022); the code is ours. The
decision-level worlds have nested and correlated dimensions, errors that multiply up from a few of them, and a cause, three,
none, other work, or a shift of everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Cause = dict[str, int]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Dense:
    """A table of leaves with a real and a predicted value, and the causes planted in it."""

    dimensions: dict[str, Ints]
    real: Floats
    predict: Floats
    causes: list[Cause]


@dataclass(frozen=True)
class Counts:
    """Decisions or cells of two windows, with the causes planted in the current one."""

    dimensions: dict[str, Ints]
    events: Floats
    n: Floats
    is_current: npt.NDArray[np.bool_]
    causes: list[Cause]
    kind: str
    hierarchies: tuple[tuple[str, ...], ...] = ()


def squeeze_like(rng: np.random.Generator, *, order: int, causes: int) -> Dense:
    """B0: 4 dimensions, 21,600 leaves, a third of them empty, noise of a hundredth; a cause's leaves move one way, unevenly."""
    dimensions = _grid((9, 40, 6, 10), "abcd")
    n = len(dimensions["a"])
    predict = rng.lognormal(4.0, 1.0, n) * (rng.random(n) < 0.64)
    real = predict * (1 + rng.normal(0, 0.01, n))
    chosen = _distinct(rng, dimensions, [order] * causes)
    for cause in chosen:
        inside = _inside(dimensions, cause)
        middle, spread = rng.uniform(0.25, 0.9), rng.choice([0.01, 0.15, 0.3])
        fallen = np.clip(middle + rng.normal(0, spread, inside.sum()), 0.05, 1.0)
        real[inside] = predict[inside] * (1 - fallen)
    return Dense(dimensions, real, predict, chosen)


def riskloc_like(rng: np.random.Generator, *, kind: str) -> Dense:
    """S (5 dimensions, 48,000 leaves) or L (4 dimensions, 36,000 leaves, causes of a single leaf each).

    Weibull values, a share of zeros, noise on every leaf, up to a quarter; S has one to three groups of one to three causes of
    the same dimensions, a group with one severity. Severe causes raise or lower the values.
    """
    sizes, letters, most_noise = ((10, 12, 10, 8, 5), "abcde", 0.25) if kind == "S" else ((10, 24, 10, 15), "abcd", 0.1)
    dimensions = _grid(sizes, letters)
    n = len(dimensions["a"])
    value = rng.weibull(rng.uniform(0.5, 1.0), n) * 100
    value[rng.random(n) < rng.uniform(0.0, 0.25)] = 0.0
    noise = rng.uniform(0.0, most_noise)
    # Half of the leaves have their noise relative to one of the two values, half relative to the other.
    off, is_other = rng.normal(0, noise, n), rng.random(n) < 0.5
    other = np.where(is_other, value * (1 - off), value / np.maximum(1 - off, 0.05))
    other = np.maximum(other, 0.0)
    groups = [(len(sizes), int(rng.integers(1, 6)))]
    if kind == "S":
        groups = [(int(rng.integers(1, len(sizes) + 1)), int(rng.integers(1, 4))) for _ in range(rng.integers(1, 4))]
    chosen, taken, is_fall = list[Cause](), np.zeros(n, dtype=bool), rng.random() < 0.5
    for order, causes in groups:
        severity, spread = rng.uniform(0.5 if kind == "L" else 0.3, 1.0), rng.uniform(0.0, 0.05)
        names = sorted(rng.choice(list(dimensions), order, replace=False).tolist())
        for cause in _distinct(rng, dimensions, [order] * causes, names=names, taken=taken):
            inside = _inside(dimensions, cause)
            if not value[inside].any():
                continue
            other[inside] = value[inside] * (1 - np.clip(severity + rng.normal(0, spread, inside.sum()), 0, 1))
            chosen.append(cause)
    real, predict = (other, value) if is_fall else (value, other)
    return Dense(dimensions, real, predict, chosen)


SIZES = {"vendor": 6, "site": 18, "team": 240, "language": 40, "market": 60, "policy": 120, "queue": 80, "shift": 3,
         "tenure": 5, "content": 6, "model": 8, "tool": 4}  # fmt: skip
NESTED = (("vendor", "site", "team"), ("language", "market"))
KINDS = ("null", "mix", "one", "two", "three", "multi", "global", "mix+one")


def decisions(
    rng: np.random.Generator, *, kind: str, baseline: int = 60_000, current: int = 30_000, few: bool = False
) -> Counts:
    """Decisions of a moderation floor; `few`: 5 dimensions (site, language, policy, content, model) instead of 12."""
    site_of_team, vendor_of_site = np.sort(rng.integers(0, 18, 240)), np.sort(rng.integers(0, 6, 18))
    language_of_market = np.sort(rng.integers(0, 40, 60))
    queue_of_policy = rng.integers(0, 80, 120)
    base = {name: _zipf(rng, size) for name, size in SIZES.items()}
    now = dict(base)
    if kind.startswith("mix"):
        for name in rng.choice(["policy", "content", "tenure", "model"], 2, replace=False):
            now[name] = base[name] * rng.lognormal(0, 0.7, SIZES[name])
            now[name] = now[name] / now[name].sum()

    def draw(odds: dict[str, Floats], n: int) -> dict[str, Ints]:
        team, market = rng.choice(240, n, p=odds["team"]), rng.choice(60, n, p=odds["market"])
        policy = rng.choice(120, n, p=odds["policy"])
        queue = np.where(rng.random(n) < 0.7, queue_of_policy[policy], rng.choice(80, n, p=odds["queue"]))
        rest = {
            name: rng.choice(SIZES[name], n, p=odds[name]) for name in ("shift", "tenure", "content", "model", "tool")
        }
        return {
            "market": market, "language": language_of_market[market], "team": team, "site": site_of_team[team],
            "vendor": vendor_of_site[site_of_team[team]], "policy": policy, "queue": queue, **rest,
        }  # fmt: skip

    before, after = draw(base, baseline), draw(now, current)
    dimensions = {name: np.concatenate([before[name], after[name]]) for name in before}
    is_current = np.arange(baseline + current) >= baseline
    p = np.full(baseline + current, rng.uniform(0.03, 0.08))
    for name, spread in (("team", 0.25), ("policy", 0.4), ("content", 0.3), ("tenure", 0.3), ("language", 0.2)):
        p *= rng.lognormal(0, spread, SIZES[name])[dimensions[name]]
    if few:
        dimensions = {name: dimensions[name] for name in ("site", "language", "policy", "content", "model")}
    causes: list[Cause] = []
    taken = np.zeros(len(p), dtype=bool)
    orders = {"one": [1], "two": [2], "three": [3], "multi": [1, 2, 2], "mix+one": [1]}.get(kind, [])
    for order in orders:
        cause = _seen_cause(rng, dimensions, is_current, p, order, taken)
        inside = _inside(dimensions, cause)
        taken |= inside
        p = np.where(is_current & inside, p * (2.0, 3.0, 4.5)[order - 1], p)
        causes.append(cause)
    if kind == "global":
        p = np.where(is_current, p * rng.uniform(1.2, 1.4), p)
    events = (rng.random(len(p)) < np.minimum(p, 0.95)).astype(float)
    nested = tuple(chain for chain in NESTED if not few)
    return Counts(dimensions, events, np.ones(len(p)), is_current, causes, kind, nested)


def minutes(rng: np.random.Generator) -> Counts:
    """Faults of a rate by the minute: uneven leaves, minute-to-minute noise that does not shrink with traffic, 1 or 2 causes.

    The effect of a cause differs from leaf to leaf, as it does in production.
    """
    sizes = dict(zip("abcde"[: int(rng.integers(3, 6))], (8, 6, 2, 4, 4), strict=False))
    grid = _grid(tuple(sizes.values()), "".join(sizes))
    shares = np.prod([_zipf(rng, size)[grid[name] - 1] for name, size in sizes.items()], axis=0)
    kept = rng.random(len(shares)) < 0.8
    leaves, shares = {name: column[kept] for name, column in grid.items()}, shares[kept] / shares[kept].sum()
    total, history = 10 ** rng.uniform(3.5, 5.5), int(rng.integers(5, 11))
    odds_of = [rng.lognormal(0, 0.5, size)[leaves[name] - 1] for name, size in sizes.items()]
    rate = rng.uniform(0.01, 0.04) * np.prod(odds_of, axis=0)
    noise = rng.uniform(0.05, 0.25)
    order = int(rng.choice([1, 1, 1, 2, 2, 3]))
    causes = [_big_cause(rng, leaves, shares, order) for _ in range(1 if rng.random() < 0.93 else 2)]
    events, n = list[Floats](), list[Floats]()
    for minute in range(-history, 1):
        count = rng.poisson(total * shares)
        odds = rate * rng.lognormal(0, noise, len(shares)) * rng.lognormal(0, noise / 3)
        if minute == 0:
            for cause in causes:
                inside = _inside(leaves, cause)
                effect = rng.uniform(2.5, 8) * rng.lognormal(0, 0.3, inside.sum())
                odds[inside] = odds[inside] * effect
        events.append(rng.binomial(count, np.minimum(odds, 0.9)).astype(float))
        n.append(count.astype(float))
    times = np.repeat(np.arange(-history, 1), len(shares))
    dimensions = {name: np.tile(column, history + 1) for name, column in leaves.items()}
    some = np.concatenate(n) > 0
    return Counts(
        {name: column[some] for name, column in dimensions.items()}, np.concatenate(events)[some],
        np.concatenate(n)[some], (times == 0)[some], causes, "fault",
    )  # fmt: skip


def _grid(sizes: tuple[int, ...], letters: str) -> dict[str, Ints]:
    places = np.indices(sizes).reshape(len(sizes), -1) + 1
    return {letter: places[k] for k, letter in enumerate(letters)}


def _inside(dimensions: dict[str, Ints], cause: Cause) -> npt.NDArray[np.bool_]:
    mask = np.ones(len(next(iter(dimensions.values()))), dtype=bool)
    for name, value in cause.items():
        mask &= dimensions[name] == value
    return mask


def _distinct(
    rng: np.random.Generator,
    dimensions: dict[str, Ints],
    orders: list[int],
    *,
    names: list[str] | None = None,
    taken: Any = None,
) -> list[Cause]:
    """Causes of these orders that do not overlap, nor with what is `taken` (which they add to)."""
    found: list[Cause] = []
    taken = np.zeros(len(next(iter(dimensions.values()))), dtype=bool) if taken is None else taken
    for order in orders:
        for _ in range(50):
            chosen = names or sorted(rng.choice(list(dimensions), order, replace=False).tolist())
            row = int(rng.integers(0, len(taken)))
            cause = {name: int(dimensions[name][row]) for name in chosen}
            inside = _inside(dimensions, cause)
            if not (inside & taken).any():
                found.append(cause)
                taken |= inside
                break
    return found


def _zipf(rng: np.random.Generator, size: int) -> Floats:
    weight = rng.permutation((np.arange(size) + 1.5) ** -1.0)
    return np.asarray(weight / weight.sum())


def _seen_cause(
    rng: np.random.Generator, dimensions: dict[str, Ints], is_current: Any, p: Floats, order: int, taken: Any
) -> Cause:
    """A conjunction whose excess will stand out at about ten standard errors, neither tiny nor nearly everything."""
    lift = (2.0, 3.0, 4.5)[order - 1]
    best, gap = {}, np.inf
    for _ in range(150):
        names = rng.choice([name for name in dimensions if name != "team" or order == 1], order, replace=False).tolist()
        row = int(rng.choice(np.flatnonzero(is_current)))
        cause = {name: int(dimensions[name][row]) for name in names}
        inside = _inside(dimensions, cause) & is_current
        if (inside & taken).any():
            continue
        expected = p[inside].sum()
        z = (lift - 1) * expected / np.sqrt(1.5 * expected) if expected else 0.0
        if inside.mean() < 0.1 and abs(z - 10) < gap:
            best, gap = cause, abs(z - 10)
        if gap < 1:
            break
    return best


def _big_cause(rng: np.random.Generator, leaves: dict[str, Ints], shares: Floats, order: int) -> Cause:
    for _ in range(100):
        row = int(rng.choice(len(shares), p=shares))
        names = sorted(rng.choice(list(leaves), order, replace=False).tolist())
        cause = {name: int(leaves[name][row]) for name in names}
        if 0.02 < shares[_inside(leaves, cause)].sum() < 0.5:
            break
    return cause
