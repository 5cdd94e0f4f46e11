"""What every file format tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, BinaryIO, ClassVar

from evenkeel.ground.catalogue import Catalogue
from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.streams import Stream

from ..rules.exchange import Record, SentDecision, SentItem
from ..rules.items import NewItem, placed_faults

ITEMS, DECISIONS, FORMS = "items", "decisions", "forms"
_OWN_COLUMNS = MappingProxyType({"key": "item"})


@dataclass
class Reading:
    """A file being read: where it comes from, where faults go, and remarks counted so that each is told once."""

    stream: Stream
    what: str
    findings: Findings
    # The kinds of the fields of the programme's forms by name: what a foreign file leaves open, they decide.
    kinds: dict[str, str] = field(default_factory=dict)
    unrepresented: dict[str, int] = field(default_factory=dict)
    # Whose answers they are where the file does not say; "" when nobody is named.
    signed_by: str = ""

    def is_sound(self, item: NewItem, *, row: int, columns: Mapping[str, str] = _OWN_COLUMNS) -> bool:
        """Whether an item fits; the reasons are noted otherwise. `columns`: what the file calls the parts of an item.

        A part that the file calls nothing ("") gives its inner name: `attributes.market` is the column market.
        """
        faults = placed_faults(item)
        for part, what, fix in faults:
            first, _dot, rest = part.partition(".")
            column = ".".join(name for name in (columns.get(first, first), rest) if name)
            self.bad(what, fix, row=row, column=column)
        return not faults

    def bad(self, what: str, fix: str, *, row: int, column: str = "") -> None:
        """Note one thing that does not fit."""
        self.findings.bad(self.stream.name, what, fix, row=row, line=row, column=column)

    def leave_out(self, part: str) -> None:
        """Note a part of the file that has no place here; it is told at the end, with how often it occurred."""
        self.unrepresented[part] = self.unrepresented.get(part, 0) + 1


@dataclass(frozen=True, kw_only=True)
class FormatExample:
    """A worked example: a small file, and what it holds: keys, and labels with who gave them."""

    what: str
    file: bytes | Callable[[], bytes]
    keys: Sequence[str]
    labels: Sequence[tuple[str, str]] = ()
    leaves_out: Sequence[str] = ()

    def content(self) -> bytes:
        """The file's bytes."""
        return self.file() if callable(self.file) else self.file


class Format:
    """A file format. Subclasses are registered, never made into instances.

    `reads` and `writes` name what it can hold: items, decisions, forms. Readers check shapes and note what does not fit;
    writers get rows one by one and must not gather them.
    """

    slug: ClassVar[str]
    title: ClassVar[Any]
    why: ClassVar[Any]
    suffix: ClassVar[str]
    media_type: ClassVar[str]
    reads: ClassVar[tuple[str, ...]]
    writes: ClassVar[tuple[str, ...]]
    example: ClassVar[FormatExample]
    # Whether its items carry the answers with them; then exporting items exports decisions too.
    carries_answers: ClassVar[bool] = False
    # What a file of this format may hold that has no place here: printed in the manual.
    not_represented: ClassVar[Sequence[Any]] = ()

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        """The file's rows, one by one. Raises `Unreadable` where the rest cannot be read."""
        raise NotImplementedError

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        """Write items; returns how many. `remark` takes the name of a part that the format cannot hold."""
        raise NotImplementedError

    @classmethod
    def write_decisions(cls, decisions: Iterable[SentDecision], file: BinaryIO) -> int:
        """Write decisions; returns how many."""
        raise NotImplementedError


formats: Catalogue[type[Format]] = Catalogue("file format", package="evenkeel.work.kinds.formats")
file_format = formats.register


def format_of(name: str, *, head: bytes = b"") -> str | None:
    """The format that a file's name and first bytes suggest; None when they suggest none. .gz may be behind the ending."""
    plain = name.lower().removesuffix(".gz")
    if head.startswith(b"PAR1"):
        return "parquet"
    endings = {
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".tsv": "csv",
        ".txt": "csv",
        ".parquet": "parquet",
        ".xml": "cvat",
    }
    for ending, slug in endings.items():
        if plain.endswith(ending):
            return slug
    if plain.endswith(".json"):
        # Two tools share the ending: Label Studio's outermost sign is a list, COCO's an object.
        return "coco" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "label_studio"
    return None
