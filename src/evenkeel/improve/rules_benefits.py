"""What actions were worth, and how they add up: what two of them share is counted once, and a sum carries its doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from typing import Any, Literal

from evenkeel.kernel import Estimate

PLACES = ("programme", "queue", "organisation", "site", "team")
Kind = Literal["errors", "hours", "money_cents"]
KINDS: tuple[Kind, ...] = ("errors", "hours", "money_cents")
MS_PER_HOUR = 3_600_000.0


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What an error and an hour cost, as the programme said when the check ran."""

    minutes_per_error: float = 0.0
    cents_per_error: float = 0.0
    cents_per_hour: float = 0.0
    currency: str = "EUR"


def benefit_of(improvement: Estimate, *, unit: str, volume: float, rates: Rates) -> dict[str, Any]:
    """Errors avoided, hours and money in the window: the improvement times the decisions made in it, times the rates.

    A share of decisions gives errors, and through the rates hours and money; a time of a decision gives hours and money.
    Any other unit gives nothing: points are its only benefit. Intervals are the improvement's own; the volume is counted
    and the rates are taken as given. What has no rate is left out rather than 0.
    """
    found: dict[Kind, Estimate] = {}
    if unit == "percent":
        found["errors"] = scaled(improvement, volume)
        if rates.minutes_per_error:
            found["hours"] = scaled(improvement, volume * rates.minutes_per_error / 60)
        money = rates.cents_per_error + rates.minutes_per_error / 60 * rates.cents_per_hour
        if money:
            found["money_cents"] = scaled(improvement, volume * money)
    elif unit == "duration_ms":
        found["hours"] = scaled(improvement, volume / MS_PER_HOUR)
        if rates.cents_per_hour:
            found["money_cents"] = scaled(improvement, volume / MS_PER_HOUR * rates.cents_per_hour)
    said: dict[str, Any] = {kind: each.to_dict() for kind, each in found.items()}
    return said | {"volume": volume, "currency": rates.currency, "rates": _rates(rates)}


def scaled(estimate: Estimate, by: float) -> Estimate:
    """The estimate and its ends times a positive number."""
    return replace(estimate, value=estimate.value * by, low=estimate.low * by, high=estimate.high * by)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One checked effect: where (one place or several), on what, in which days (half-open), worth what."""

    key: str
    metric: str
    places: tuple[Mapping[str, str | None], ...]
    since: date
    until: date
    volume: float
    benefit: Mapping[str, Any]

    @property
    def size(self) -> float:
        """By what the one of several that is counted is chosen: how much work it speaks of, not how well it went."""
        return self.volume


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Claims that speak, at least in part, of the same effect: the same metric, in places and days that overlap."""

    counted: Claim
    also: tuple[Claim, ...]


def apart(claims: Sequence[Claim]) -> list[Shared]:
    """Claims in groups of which each is counted once, by the one about the most work.

    Overlap is carried on: where A meets B and B meets C all three are one group, though A and C may not meet. That counts
    too little rather than too much.
    """
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda each: each.key):
        touching = [group for group in groups if any(overlap(claim, other) for other in group)]
        groups = [group for group in groups if group not in touching] + [
            [claim, *(each for g in touching for each in g)]
        ]
    found = []
    for group in groups:
        counted = max(group, key=lambda each: (each.size, each.key))
        also = sorted((each for each in group if each is not counted), key=lambda each: each.key)
        found.append(Shared(counted=counted, also=tuple(also)))
    return sorted(found, key=lambda each: each.counted.key)


def overlap(one: Claim, other: Claim) -> bool:
    """Whether two effects may be the same one in part. A dimension that a place leaves open meets any value."""
    if one.metric != other.metric or not (one.since < other.until and other.since < one.until):
        return False
    return any(_meet(mine, theirs) for mine in one.places for theirs in other.places)


def _meet(one: Mapping[str, str | None], other: Mapping[str, str | None]) -> bool:
    pairs = ((one.get(name), other.get(name)) for name in PLACES)
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def total_of(shared: Sequence[Shared], kind: Kind) -> Estimate | None:
    """The sum over what is counted, those that failed among it; None where nothing has this kind of benefit.

    Effects that share neither place nor days are taken as independent: half-widths add up as squares, each side its own
    (sqrt of the sum of (value - low)^2). Leaving failures out would only add up luck.
    """
    parts = [Estimate.from_dict(each.counted.benefit[kind]) for each in shared if each.counted.benefit.get(kind)]
    parts = [part for part in parts if part.is_known and part.has_interval]
    if not parts:
        return None
    value = sum(part.value for part in parts)
    low, high = (
        sqrt(sum((part.value - end) ** 2 for part, end in zip(parts, ends, strict=True)))
        for ends in ([part.low for part in parts], [part.high for part in parts])
    )
    return Estimate(value, value - low, value + high, len(parts), float(len(parts)), "sum_of_effects", parts[0].level)


def currencies_of(shared: Sequence[Shared]) -> list[str]:
    """The currencies of what has money; a sum over two of them means nothing."""
    return sorted({str(each.counted.benefit["currency"]) for each in shared if each.counted.benefit.get("money_cents")})


def _rates(rates: Rates) -> dict[str, float]:
    return {
        "minutes_per_error": rates.minutes_per_error,
        "cents_per_error": rates.cents_per_error,
        "cents_per_hour": rates.cents_per_hour,
    }


@dataclass(frozen=True, kw_only=True)
class Found:
    """A cause that some investigation ended with: where, when, and whether what was done about it came back."""

    cause: str
    place: str
    on: date
    recurred: bool = False


@dataclass(frozen=True, kw_only=True)
class Systemic:
    """A cause across investigations. Systemic: three or more of them within `within_days`, in two or more places."""

    cause: str
    n: int
    places: int
    recurred: int
    is_systemic: bool


SYSTEMIC_FROM, SYSTEMIC_PLACES, WITHIN_DAYS = 3, 2, 180


def systemic(found: Sequence[Found], *, within_days: int = WITHIN_DAYS) -> list[Systemic]:
    """Causes by how often they were found, those that are systemic first.

    >>> days = [date(2026, 1, day) for day in (1, 2, 3)]
    >>> rows = [Found(cause="tool", place=place, on=day) for place, day in zip("aab", days)]
    >>> systemic(rows)[0].is_systemic, systemic(rows[:2])[0].is_systemic
    (True, False)
    """
    lines = []
    for cause in sorted({each.cause for each in found}):
        own = sorted((each for each in found if each.cause == cause), key=lambda each: each.on)
        is_systemic = any(
            len(near) >= SYSTEMIC_FROM and len({each.place for each in near}) >= SYSTEMIC_PLACES
            for last in own
            for near in [[each for each in own if 0 <= (last.on - each.on).days < within_days]]
        )
        lines.append(
            Systemic(
                cause=cause,
                n=len(own),
                places=len({each.place for each in own}),
                recurred=sum(each.recurred for each in own),
                is_systemic=is_systemic,
            )
        )
    return sorted(lines, key=lambda line: (not line.is_systemic, -line.n, line.cause))
