"""What every importer tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from evenkeel.ground.catalogue import Catalogue
from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.streams import Stream


class Found(NamedTuple):
    """A row as the other tool has it: its number, and its values by name, nested as they are."""

    row: int
    values: Mapping[str, Any]


@dataclass
class Reading:
    """A file being read: where it comes from, where faults go, and what is left out, each counted."""

    stream: Stream
    findings: Findings
    left_out: dict[str, int] = field(default_factory=dict)

    def bad(self, what: str, fix: str, *, row: int, column: str = "") -> None:
        """Note one thing that does not fit."""
        self.findings.bad(self.stream.name, what, fix, row=row, line=row, column=column)

    def leave_out(self, part: str) -> None:
        """Note a part that becomes no fact; it is told at the end, with how often it occurred."""
        self.left_out[part] = self.left_out.get(part, 0) + 1


@dataclass(frozen=True, kw_only=True)
class ImporterExample:
    """A worked example: a small file of that shape, what the mapping says beside the suggestion, and the facts it makes.

    A fact is told in words: ("decision", item, worker, label), ("review", reviewer, right, label), ("time", worker, state,
    seconds).
    """

    file: bytes | Callable[[], bytes]
    facts: Sequence[tuple[Any, ...]]
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    leaves_out: Sequence[str] = ()

    def content(self) -> bytes:
        """The file's bytes."""
        return self.file() if callable(self.file) else self.file


class Importer:
    """A tool's export, or a shape of file. Subclasses are registered, never made into instances.

    It turns a file into rows; a mapping turns rows into facts. `known` are the fields whose columns it knows of itself, and
    `values` what becomes of the words that the tool uses.
    """

    slug: ClassVar[str]
    title: ClassVar[Any]
    why: ClassVar[Any]
    # Where the shape of the file is written down.
    source: ClassVar[str]
    # What to click or run there to get the file.
    how: ClassVar[Any]
    suffixes: ClassVar[tuple[str, ...]]
    known: ClassVar[Mapping[str, str]] = {}
    # In files that went out from here, which the column tells that stands first: the fields that are told better then.
    came_from_here: ClassVar[tuple[str, Mapping[str, str]]] = ("", {})
    values: ClassVar[Mapping[str, Mapping[str, str | None]]] = {}
    options: ClassVar[Mapping[str, Any]] = {}
    example: ClassVar[ImporterExample]
    # Whether its rows come out of a database instead of a file.
    asks_database: ClassVar[bool] = False

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        """The file's rows, one by one. Raises `Unreadable` where the rest cannot be read."""
        raise NotImplementedError


importers: Catalogue[type[Importer]] = Catalogue("importer", package="evenkeel.quality.kinds.importers")
importer = importers.register
