"""What the log shows of an organisation, as columns; and an estimate of one of a scenario's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import Estimate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_Z = 1.959964


class TooLittle(ValueError):
    """The log holds too little to say anything of an organisation."""


@dataclass(frozen=True, kw_only=True)
class SiteSeen:
    """A site as the people room knows it; `teams` are those that decided."""

    name: str
    organisation: str
    time_zone: str
    teams: int


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An organisation's work and audits. Whole numbers are places in the lists of names; days count from `first_on`.

    `work` has one row a day, person and market: `day`, `worker`, `market`, `n` decisions, `active_s`.
    `audits` has one row an audit: `worker`, `market`, `decided`, `audited` (clauses), `pi`, `auditor`, `tenure_weeks`, `hour`
    (into the shift), `active_s`. `site` is each person's, `restricted`, `appealed`, `ruled`, `reversed_` count decisions and
    appeals, `turnaround_h` is the mean of those ruled on.
    """

    house: str
    first_on: date
    days: int
    sites: tuple[SiteSeen, ...]
    clauses: tuple[str, ...]
    markets: tuple[tuple[str, str], ...]
    site: Ints
    work: Mapping[str, npt.NDArray[Any]]
    audits: Mapping[str, npt.NDArray[Any]]
    restricted: int = 0
    appealed: int = 0
    ruled: int = 0
    reversed_: int = 0
    turnaround_h: float | None = None
    golds: int = 0

    @property
    def weights(self) -> Floats:
        """What each audit stands for: one over its odds, scaled to a mean of 1 so that n stays the number of audits."""
        own: Floats = 1 / np.asarray(self.audits["pi"], dtype=np.float64)
        scaled: Floats = own / own.mean()
        return scaled


def named_apart(seen: Mapping[str, Seen]) -> dict[str, Seen]:
    """What was seen of several programmes. A site that works in more than one is told once for each, and named so."""
    names = [site.name for each in seen.values() for site in each.sites]
    return {
        programme: replace(
            each,
            sites=tuple(
                replace(site, name=f"{site.name}, {programme}") if names.count(site.name) > 1 else site
                for site in each.sites
            ),
        )
        for programme, each in seen.items()
    }


def around(
    value: float, error: float, n: float, *, method: str, low: float = -np.inf, high: float = np.inf
) -> Estimate:
    """An estimate with its normal 95 % interval, cut to what the number may be."""
    return Estimate(
        value, max(value - _Z * error, low), min(value + _Z * error, high), round(n), float(n), method
    )  # fmt: skip
