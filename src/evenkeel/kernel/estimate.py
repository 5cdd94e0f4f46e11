"""The one form in which a figure travels: value, interval, sample size, effective sample size, method, level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite, nan
from typing import Any

THIN_BELOW = 30


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that carries its uncertainty.

    `n` counts rows seen; `n_effective` is the size of a simple random sample that would be as informative, so it is what
    tells thin data from enough. A figure without data is nan, never 0. A value may be known while its interval is not
    (one measurement): then `low` and `high` alone are nan.

    >>> figure = Estimate(value=0.95, low=0.76, high=0.99, n=20, n_effective=20.0, method="wilson", level=0.95)
    >>> figure.is_known, figure.is_thin(), round(figure.half_width, 3)
    (True, True, 0.115)
    >>> Estimate.unknown(method="wilson").to_dict()["value"] is None
    True
    """

    value: float
    low: float
    high: float
    n: int
    n_effective: float
    method: str
    level: float = 0.95

    @classmethod
    def unknown(cls, *, method: str, level: float = 0.95, n: int = 0) -> Estimate:
        """The estimate of a figure that the data say nothing about."""
        return cls(nan, nan, nan, n, 0.0, method, level)

    @property
    def is_known(self) -> bool:
        """Whether there is a value at all."""
        return isfinite(self.value)

    @property
    def has_interval(self) -> bool:
        """Whether both ends of the interval are known."""
        return isfinite(self.low) and isfinite(self.high)

    @property
    def is_of_these(self) -> bool:
        """Whether the interval is for exactly the rows that could have been drawn; else for the process behind them."""
        return self.method.endswith("_finite")

    @property
    def half_width(self) -> float:
        """Half of the interval's width; nan when there is no interval."""
        return (self.high - self.low) / 2

    def is_thin(self, minimum: float = THIN_BELOW) -> bool:
        """Whether the effective sample is smaller than `minimum`: show it as thin, do not rank it."""
        return not self.is_known or self.n_effective < minimum

    def to_dict(self) -> dict[str, Any]:
        """A dictionary that JSON can hold: unknown numbers become None."""
        return {name: None if isinstance(v, float) and not isfinite(v) else v for name, v in asdict(self).items()}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Estimate:
        """The inverse of `to_dict`. Raises KeyError when a field is missing."""

        def number(name: str) -> float:
            return nan if fields[name] is None else float(fields[name])

        return cls(
            value=number("value"),
            low=number("low"),
            high=number("high"),
            n=int(fields["n"]),
            n_effective=number("n_effective"),
            method=str(fields["method"]),
            level=number("level"),
        )
