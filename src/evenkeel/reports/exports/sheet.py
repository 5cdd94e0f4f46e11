"""The neutral form of everything that is exported: typed columns, rows in portions, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    import pyarrow

# A column's kind. `share`: from 0 to 1, shown as percent. `figure`: a number whose unit stands in the row's column `unit`.
KINDS = ("text", "whole", "number", "share", "figure", "yes_no", "moment", "day")
PORTION = 20_000


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column: its name in every format, what it tells, and whether it tells of a person."""

    name: str
    kind: str
    why: str
    is_personal: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a column is one of {', '.join(KINDS)}, not {self.kind!r}")


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a metric means, as it stands beside its figures in every format that can hold a second table."""

    metric: str
    title: str
    meaning: str
    formula: str
    unit: str
    better: str
    interval: str
    population: str
    guard_rail: str
    version: int
    source: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table on its way out. `portions` may be read once; `about` says who asked for what and when, in pairs."""

    name: str
    title: str
    fields: Sequence[Field]
    portions: Iterator[pyarrow.RecordBatch]
    total: int
    about: Sequence[tuple[str, str]]
    definitions: Sequence[Definition] = ()
    # Whoever is told of by name: a look at their figures is noted for them.
    workers: Sequence[UUID] = field(default=())


def arrow_schema(fields: Sequence[Field]) -> pyarrow.Schema:
    """The Arrow types of the columns, each with what it tells as its description."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "share": pa.float64(),
        "figure": pa.float64(),
        "yes_no": pa.bool_(),
        "moment": pa.timestamp("us", tz="UTC"),
        "day": pa.date32(),
    }
    return pa.schema(
        [pa.field(each.name, types[each.kind], metadata={"description": each.why.encode()}) for each in fields]
    )
