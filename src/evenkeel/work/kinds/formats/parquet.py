"""Parquet: typed columns."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.sources import Unreadable

from ...rules.exchange import Record, SentDecision, SentItem
from ...rules.rows import DECISION_NAMES, decision_record, decision_row, item_record, item_row
from ..format import DECISIONS, ITEMS, Format, FormatExample, Reading, file_format

if TYPE_CHECKING:
    import pyarrow

_GROUP = 10_000
_AS_JSON = ("content", "attributes", "answer")


def _example() -> bytes:
    """Made when it is asked for: pyarrow is not loaded by looking at the catalogue."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({"item": ["p-1", "p-2"], "text": ["Buy gold!", "Hello"], "views": [7, 9]}), file)
    return file.getvalue()


@file_format
class Parquet(Format):
    slug = "parquet"
    title = gettext_lazy("Parquet")
    why = gettext_lazy(
        "For analysis: typed, packed columns that every data tool reads; what is nested stands in text as JSON."
    )
    suffix, media_type = ".parquet", "application/vnd.apache.parquet"
    reads = writes = (ITEMS, DECISIONS)
    example = FormatExample(what=ITEMS, file=_example, keys=["p-1", "p-2"])

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        as_record = item_record if reading.what == ITEMS else decision_record
        row = 0
        try:
            file = pq.ParquetFile(reading.stream.raw)
            if not _columns_fit(file.schema_arrow.names, reading):
                return
            for batch in file.iter_batches(batch_size=2_000):
                for said in batch.to_pylist():
                    row += 1
                    reading.stream.row = row
                    made = _record(row, said, reading, as_record)
                    if made is not None:
                        yield made
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(
                _("This is no Parquet file, or a damaged one (%(why)s).") % {"why": str(error)[:160]},
                _("Write it again, or copy it again."),
                row=row or None,
            ) from None

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        return _write((item_row(item) for item in items), file, _item_schema())

    @classmethod
    def write_decisions(cls, decisions: Iterable[SentDecision], file: BinaryIO) -> int:
        return _write((decision_row(each) for each in decisions), file, _decision_schema())


def _columns_fit(names: list[str], reading: Reading) -> bool:
    before = reading.findings.bad_total
    for name in ("item",) if reading.what == ITEMS else ("item", "worker"):
        if name not in names:
            fix = _("Add it; the header names: %(names)s.") % {"names": ", ".join(names)[:200] or "–"}
            reading.bad(_("The column is missing."), fix, row=1, column=name)
    if reading.what == DECISIONS:
        for name in sorted(set(names) - set(DECISION_NAMES)):
            reading.bad(_("The column is unknown."), _("Remove it."), row=1, column=name[:80])
    return reading.findings.bad_total == before


def _record(
    row: int,
    said: dict[str, Any],
    reading: Reading,
    as_record: Callable[[int, Mapping[str, Any], Reading], Record | None],
) -> Record | None:
    said = {name: _text(value) for name, value in said.items()}
    for name in _AS_JSON:
        if isinstance(said.get(name), dict):
            said[name] = _without_gaps(said[name])
        elif isinstance(said.get(name), str):
            try:
                said[name] = json.loads(said[name]) if said[name] else None
            except (ValueError, RecursionError) as error:
                what = _("The cell is no JSON: %(why)s") % {"why": str(error)[:120]}
                reading.bad(what, _("Write an object as JSON, or leave it empty."), row=row, column=name)
                return None
    return as_record(row, said, reading)


def _text(value: Any) -> Any:
    """Texts of writers that do not mark them as such come as bytes; what is no text is told in hexadecimal digits."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


def _without_gaps(said: Any) -> Any:
    """A nested column without the names that only other rows fill: the file's one type makes empty places of them."""
    if isinstance(said, dict):
        return {name: _without_gaps(value) for name, value in said.items() if value is not None}
    return [_without_gaps(value) for value in said] if isinstance(said, list) else said


def _item_schema() -> pyarrow.Schema:
    import pyarrow as pa

    text = pa.string()
    names = [("item", text), ("kind", text), ("language", text), ("content", text), ("attributes", text)]
    return pa.schema([*names, ("created_at", pa.timestamp("us", tz="UTC"))])


def _decision_schema() -> pyarrow.Schema:
    import pyarrow as pa

    text, at = pa.string(), pa.timestamp("us", tz="UTC")
    return pa.schema(
        [
            ("item", text), ("worker", text), ("label", text), ("answer", text), ("replicate", pa.int32()),
            ("decided_at", at), ("active_ms", pa.int64()), ("id", text), ("origin", text), ("queue", text), ("form", text),
            ("is_taken_back", pa.bool_()),
        ]
    )  # fmt: skip


def _write(rows: Iterable[dict[str, Any]], file: BinaryIO, schema: pyarrow.Schema) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    n, rest = 0, iter(rows)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rest, _GROUP)):
            columns = {
                name: [encode(row[name]) if name in _AS_JSON else row[name] for row in group] for name in schema.names
            }
            writer.write_table(pa.table(columns, schema=schema))
            n += len(group)
    return n
