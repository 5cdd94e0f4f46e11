"""Cells as arrays, and as the bytes of one row: sorted, narrow columns, compressed one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# What columns of codes and of sums begin with.
_CODE, _SUM = "d.", "y."
_MOST_KEY = 2**62


@dataclass(frozen=True, kw_only=True, eq=False)
class Steps:
    """How many values lie in which step of which cell; a pair of cell and step may come several times."""

    cell: Ints
    step: Ints
    n: Ints


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Sums by cell: `codes` is cells x dimensions, `sums` cells x `names`. `steps` where values are counted too."""

    names: tuple[str, ...]
    codes: Ints
    sums: Floats
    steps: Steps | None = None

    @property
    def n(self) -> int:
        """How many cells."""
        return len(self.codes)

    def only(self, which: npt.NDArray[np.bool_]) -> Cells:
        """Some of them."""
        steps = self.steps
        if steps is not None:
            inside = which[steps.cell]
            cell = (np.cumsum(which) - 1)[steps.cell[inside]]
            steps = Steps(cell=cell, step=steps.step[inside], n=steps.n[inside])
        return Cells(names=self.names, codes=self.codes[which], sums=self.sums[which], steps=steps)


def together(parts: Sequence[Cells]) -> Cells:
    """The same cells of several parts as one, sorted; what came back to nothing is left out.

    Sums are multiples of 2^-20, so the order of the parts does not matter.
    """
    codes = np.concatenate([part.codes for part in parts])
    sums = np.concatenate([part.sums for part in parts])
    if not len(codes):
        return parts[0]
    place, one = _places(codes)
    summed = np.stack([np.bincount(place, weights=column, minlength=len(one)) for column in sums.T]).T
    steps = _steps_together(parts, place)
    keep = (summed != 0).any(axis=1)
    if steps is not None:
        keep[steps.cell] = True
        steps = Steps(cell=(np.cumsum(keep) - 1)[steps.cell], step=steps.step, n=steps.n)
    return Cells(names=parts[0].names, codes=codes[one[keep]], sums=summed[keep], steps=steps)


def _places(codes: Ints) -> tuple[Ints, Ints]:
    """Of each row the place of its cell among all cells in order, and of each cell a row."""
    import pyarrow as pa

    key = _key(codes)
    if key is None:
        order = np.lexsort(codes.T[::-1])
        place = np.empty(len(codes), dtype=np.int64)
        place[order] = np.cumsum(np.r_[False, (codes[order][1:] != codes[order][:-1]).any(axis=1)])
    else:
        # The same cells come day after day: to sort only those that differ takes a third of the time.
        found = pa.array(key).dictionary_encode()
        rank = np.argsort(np.argsort(found.dictionary.to_numpy()))
        place = rank[found.indices.to_numpy()]
    one = np.empty(int(place.max()) + 1, dtype=np.int64)
    one[place] = np.arange(len(place))
    return place, one


def _key(codes: Ints) -> Ints | None:
    """One number a cell, in the order of its codes; None where there are more combinations than numbers."""
    key, size = np.zeros(len(codes), dtype=np.int64), 1
    for column in codes.T:
        seen = np.zeros(int(column.max()) + 1, dtype=bool)
        seen[column] = True
        ranks = np.cumsum(seen) - 1
        many = int(ranks[-1]) + 1
        size *= many
        if size >= _MOST_KEY:
            return None
        if many > 1:
            key *= many
            key += ranks.take(column)
    return key


def _steps_together(parts: Sequence[Cells], place: Ints) -> Steps | None:
    given, start = [], 0
    for part in parts:
        if part.steps is not None:
            given.append((place[part.steps.cell + start], part.steps.step, part.steps.n))
        start += part.n
    if not given:
        return None
    cell, step, n = (np.concatenate(columns) for columns in zip(*given, strict=True))
    if not len(cell):
        return Steps(cell=cell, step=step, n=n)
    key = cell * (int(step.max()) + 1) + step
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.r_[True, key[order][1:] != key[order][:-1]])
    counted = np.add.reduceat(n[order], first, dtype=np.int64)
    kept = first[counted != 0]
    return Steps(cell=cell[order[kept]], step=step[order[kept]], n=counted[counted != 0])


def packed(cells: Cells) -> tuple[bytes, bytes | None]:
    """Sorted cells, as `together` gives them, as bytes; and those of their steps."""
    import pyarrow as pa

    columns = {f"{_CODE}{place}": _narrow(column) for place, column in enumerate(cells.codes.T)}
    columns |= {f"{_SUM}{name}": _narrow(column) for name, column in zip(cells.names, cells.sums.T, strict=True)}
    said = _bytes_of(pa.table(columns))
    if cells.steps is None:
        return said, None
    # Sorted by cell, so the cells follow from how many steps each has.
    sizes = np.bincount(cells.steps.cell, minlength=cells.n)
    steps = pa.table({"step": _narrow(cells.steps.step), "n": _narrow(cells.steps.n)})
    return said, _bytes_of(pa.table({"steps": _narrow(sizes)})) + _bytes_of(steps)


def unpacked(said: bytes, steps: bytes | None = None) -> Cells:
    """Cells from their bytes."""
    (table,) = _tables_of(said)
    codes = [table[name].to_numpy() for name in table.column_names if name.startswith(_CODE)]
    names = [name for name in table.column_names if name.startswith(_SUM)]
    return Cells(
        names=tuple(name.removeprefix(_SUM) for name in names),
        codes=np.stack(codes).T if codes else np.zeros((table.num_rows, 0), dtype=np.int64),
        sums=np.stack([table[name].to_numpy() for name in names], dtype=np.float64).T,
        steps=None if steps is None else steps_of(steps),
    )


def steps_of(said: bytes) -> Steps:
    """Steps from their bytes."""
    sizes, table = _tables_of(said)
    cell = np.repeat(np.arange(sizes.num_rows), sizes["steps"].to_numpy())
    return Steps(cell=cell, step=table["step"].to_numpy(), n=table["n"].to_numpy())


def _bytes_of(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _tables_of(said: bytes) -> list[pa.RecordBatch]:
    import pyarrow as pa

    source, found = pa.BufferReader(said), []
    # Columns are so small that handing them to other threads takes longer than to read them.
    options = pa.ipc.IpcReadOptions(use_threads=False)
    while source.tell() < len(said):
        with pa.ipc.open_stream(source, options=options) as reader:
            batches = [*reader, pa.RecordBatch.from_pylist([], schema=reader.schema)]
            # Written at once, so there is one, or none where there are no rows.
            found.append(batches[0])
    return found


def _narrow(values: Any) -> Any:
    """Whole numbers in as few bytes as hold them; others as they are."""
    if values.dtype.kind == "f":
        if not (np.abs(values) < 2**53).all() or (values != np.rint(values)).any():
            return values
        values = values.astype(np.int64)
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    fits = (kind for kind in (np.int8, np.int16, np.int32) if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)
    return values.astype(next(fits, np.int64))
