"""What somebody says when she defines something: plain texts, as a form, a file or a program gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Said:
    """One version of a definition before it is checked; which fields count follows from `sort`."""

    sort: str = "metric"
    title: str
    why: str
    unit: str = ""
    better: str = ""
    guard: str = ""
    fact: str = ""
    population: str = ""
    figure: str = ""
    weight: str = ""
    above: str = ""
    below: str = ""
    rows: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    expected: float | None = None
    expected_n: int | None = None
    note: str = ""

    @classmethod
    def of(cls, version: Any) -> Said:
        """What a stored version says; its note stays with it."""
        names = (
            "title", "why", "unit", "better", "guard", "fact", "population", "figure", "weight", "above", "below", "rows",
            "expected", "expected_n",
        )  # fmt: skip
        return cls(sort=version.definition.sort, **{name: getattr(version, name) for name in names})
