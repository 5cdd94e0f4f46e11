"""Declarations of fact tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow


def _moment() -> pyarrow.DataType:
    import pyarrow as pa

    return pa.timestamp("us", tz="UTC")


def _arrow(name: str) -> Callable[[], pyarrow.DataType]:
    def made() -> pyarrow.DataType:
        import pyarrow as pa

        return getattr(pa, name)()

    return made


# A column's kind -> its Arrow type, made when asked for: loading Arrow takes longer than most commands. Ids are text: DuckDB,
# Spark and a spreadsheet all read that.
ARROW: Mapping[str, Callable[[], pyarrow.DataType]] = {
    "id": _arrow("string"),
    "text": _arrow("string"),
    "whole": _arrow("int64"),
    "number": _arrow("float64"),
    "yes_no": _arrow("bool_"),
    "moment": _moment,
    "day": _arrow("date32"),
}
KINDS = tuple(ARROW)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a fact: its kind, whether it is a dimension to cut by, and whether it tells of a person."""

    kind: str
    why: str
    is_dimension: bool = False
    is_personal: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a column is one of {', '.join(KINDS)}, not {self.kind!r}")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact table: what a row tells, and its typed columns. `at` names the column whose day places the row."""

    name: str
    why: str
    at: str
    columns: Mapping[str, Column]

    def schema(self) -> pyarrow.Schema:
        """The Arrow schema; every column may be empty, because older rows lack newer columns."""
        import pyarrow as pa

        return pa.schema([pa.field(name, ARROW[column.kind]()) for name, column in self.columns.items()])

    def table(self, rows: Sequence[Mapping[str, Any]]) -> pyarrow.Table:
        """Rows as their owner makes them -> an Arrow table in the fact's types."""
        import pyarrow as pa

        ids = {name for name, column in self.columns.items() if column.kind == "id"}
        columns = {
            name: [str(row[name]) if name in ids and row[name] is not None else row[name] for row in rows]
            for name in self.columns
        }
        return pa.table(columns, schema=self.schema())


_facts: dict[str, Fact] = {}


def fact(declared: Fact) -> Fact:
    """Register a fact table; the name must be new."""
    if declared.name in _facts and _facts[declared.name] != declared:
        raise ValueError(f"the fact {declared.name!r} is declared twice")
    if declared.at not in declared.columns:
        raise ValueError(f"the fact {declared.name!r} has no column {declared.at!r}")
    _facts[declared.name] = declared
    return declared


def all_facts() -> dict[str, Fact]:
    """Every declared fact by name."""
    return dict(sorted(_facts.items()))


Rows = Callable[[], Iterable[Mapping[str, Any]]]
_sources: dict[str, Rows] = {}


def source(declared: Fact) -> Callable[[Rows], Rows]:
    """Say where a fact's rows come from: the decorated function yields every row that stands now, from the database.

    With it `log.verify` compares files and database, and `log.rebuild` writes the files anew. Rows that were taken back
    are left out; a column `sign` is 1.
    """

    def given(rows: Rows) -> Rows:
        _sources[declared.name] = rows
        return rows

    return given


def all_sources() -> dict[str, Rows]:
    """Where each fact's rows come from, by the fact's name."""
    return dict(sorted(_sources.items()))
