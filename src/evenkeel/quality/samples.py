"""A sample as files, for whoever checks it without an install: the stored design, the decisions, the draws.

design.json      the plan's salt, its versions, the odds of each day
decisions.csv    what was looked at: the columns of `rules.odds.COLUMNS` (or decisions.parquet)
draws.csv        what was drawn: decision_id, pi, u, stratum, drawn_at (or draws.parquet)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .rules.book import Book, Mismatch, Replay, replay
from .rules.odds import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

    from .models import SamplingPlan

DESIGN, DECISIONS, DRAWS = "design.json", "decisions", "draws"
_NUMBERS = {"risk", "reach", "pi", "u"}
_ROWS = 200_000


def write_sample(
    plan: SamplingPlan, folder: Path, *, from_: datetime | None, until: datetime | None, form: str = "csv"
) -> dict[str, int]:
    """Write a plan's sample into a folder; returns how many decisions and draws. `form` is csv or parquet.

    Only decisions that the plan has looked at, with from_ <= decided_at < until. What their items hold is not among them.
    """
    from .drawing import book_of, decision_tables
    from .models import Draw

    folder.mkdir(parents=True, exist_ok=True)
    said = {
        "plan_id": str(plan.pk),
        "name": plan.name,
        "salt": plan.salt,
        "rule": "drawn when keyed_u(id, salt) < rate + share * (max(rate, odds of each layer) - rate)",
        "from": from_.isoformat() if from_ else None,
        "until": until.isoformat() if until else None,
        **book_of(plan).to_dict(),
    }
    (folder / DESIGN).write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")
    counts = {DECISIONS: 0, DRAWS: 0}
    with _Writer(folder, DECISIONS, form, _schema(COLUMNS)) as decisions:
        for table in decision_tables(plan, from_=from_, until=until):
            counts[DECISIONS] += table.num_rows
            decisions.write(table)
    draws = Draw.objects.filter(plan=plan, decision_id__lte=plan.cursor) if plan.cursor else Draw.objects.none()
    draws = draws.filter(decision__decided_at__gte=from_) if from_ else draws
    draws = draws.filter(decision__decided_at__lt=until) if until else draws
    names = ("decision_id", "pi", "u", "stratum", "drawn_at")
    with _Writer(folder, DRAWS, form, _schema(names)) as made:
        for part in _in_parts(draws.order_by("decision_id").values_list(*names).iterator(chunk_size=5_000)):
            counts[DRAWS] += len(part)
            columns = dict(zip(names, zip(*part, strict=True), strict=True))
            made.write(_table({**columns, "decision_id": [str(key) for key in columns["decision_id"]]}, names))
    return counts


def replay_files(folder: Path) -> Replay:
    """Draw again from a folder that `write_sample` wrote, and compare. Needs no install: only the files.

    Raises ValueError naming the file (and row and column) that does not fit.
    """
    design = _design(folder / DESIGN)
    stored: dict[str, tuple[float, float]] = {}
    for table in _tables(folder, DRAWS, ("decision_id", "pi", "u")):
        keys, pi, u = (table[name].to_pylist() for name in ("decision_id", "pi", "u"))
        stored.update(zip(keys, zip(pi, u, strict=True), strict=True))
    book, salt = design
    found, left = replay(_tables(folder, DECISIONS, ("id", "decided_at")), book=book, salt=salt, stored=stored)
    extra = [_extra(key, u) for key, (_pi, u) in left.items()]
    return Replay(found.decisions, found.draws, (*found.mismatches, *extra))


def _extra(key: str, u: float) -> Mismatch:
    from uuid import UUID

    from .rules.audits import Drawn

    return Mismatch(UUID(key), "extra", Drawn(UUID(key), u, False))


def _design(path: Path) -> tuple[Book, int]:
    try:
        said = json.loads(path.read_text())
        return Book.from_dict(said), int(said["salt"])
    except OSError:
        raise ValueError(f"{path} is not there: give a folder that `evenkeel sample export` wrote") from None
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is no stored design ({error}): export the sample again") from None


def _tables(folder: Path, name: str, needed: tuple[str, ...]) -> Iterator[pa.Table]:
    import pyarrow as pa
    from pyarrow import csv, parquet

    if (path := folder / f"{name}.parquet").exists():
        source = parquet.ParquetFile(path)
        _insist(path, needed, source.schema_arrow.names)
        for batch in source.iter_batches(batch_size=_ROWS):
            yield pa.Table.from_batches([batch])
        return
    path = folder / f"{name}.csv"
    if not path.exists():
        raise ValueError(f"{folder} has neither {name}.csv nor {name}.parquet: export the sample again")
    types = {field.name: field.type for field in _schema((*COLUMNS, "decision_id", "pi", "u", "stratum", "drawn_at"))}
    how = csv.ConvertOptions(column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False)
    try:
        with csv.open_csv(path, convert_options=how) as batches:
            _insist(path, needed, batches.schema.names)
            for batch in batches:
                yield pa.Table.from_batches([batch])
    except pa.ArrowInvalid as error:
        raise ValueError(f"{path}: {error}; export the sample again") from None


def _insist(path: Path, needed: tuple[str, ...], there: list[str]) -> None:
    missing = [name for name in needed if name not in there]
    if missing:
        raise ValueError(f"{path}, row 1: the column {missing[0]} is missing; export the sample again")


class _Writer:
    """Tables of one schema into a CSV or Parquet file."""

    def __init__(self, folder: Path, name: str, form: str, schema: pa.Schema):
        from pyarrow import csv, parquet

        self.schema = schema
        path = folder / f"{name}.{form}"
        # A file of an earlier export in the other form would be read instead.
        (folder / f"{name}.{'parquet' if form == 'csv' else 'csv'}").unlink(missing_ok=True)
        self.to = csv.CSVWriter(path, schema) if form == "csv" else parquet.ParquetWriter(path, schema)

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_said: object) -> None:
        self.to.close()

    def write(self, table: pa.Table) -> None:
        self.to.write_table(table.select(self.schema.names).cast(self.schema))


def _schema(names: tuple[str, ...]) -> pa.Schema:
    import pyarrow as pa

    def kind(name: str) -> pa.DataType:
        if name in _NUMBERS:
            return pa.float64()
        return pa.timestamp("us", tz="UTC") if name.endswith("_at") else pa.string()

    return pa.schema([pa.field(name, kind(name)) for name in names])


def _table(columns: dict[str, Any], names: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: list(columns[name]) for name in names}, schema=_schema(names))


def _in_parts(rows: Iterator[Any], size: int = 5_000) -> Iterator[list[Any]]:
    from itertools import islice

    while part := list(islice(rows, size)):
        yield part
