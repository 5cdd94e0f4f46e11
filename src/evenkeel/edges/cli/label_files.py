"""Files of labels, CSV or Parquet: read into columns of running numbers, or refused with file, row, column and fix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenkeel.ground.errors import Invalid

from .tables import NoTable, read_table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NEEDED = ("item", "worker", "label")
SHOWN = 5
MOST_CLASSES = 500


@dataclass(frozen=True, slots=True)
class LabelFile:
    """The columns of a file: running numbers, and the names they stand for. `gold` is the true class by item, or -1."""

    items: npt.NDArray[np.int64]
    workers: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    item_names: list[str]
    worker_names: list[str]
    classes: list[str]
    gold: npt.NDArray[np.int64] | None
    weights: npt.NDArray[np.float64] | None
    times: npt.NDArray[np.float64] | None

    @property
    def n(self) -> int:
        """How many labels."""
        return len(self.items)


def read_labels(path: Path) -> LabelFile:
    """Read `item, worker, label[, truth, weight, time]`; other columns are left aside. Raises Invalid."""
    import numpy as np

    table = _table(path)
    missing = [name for name in NEEDED if name not in table.column_names]
    if missing:
        raise Invalid(
            f"{path}: there is no column {missing[0]!r}; it has {', '.join(map(repr, table.column_names))}.",
            code="no-column",
            fields={name: ["Add this column, or give an existing one this name."] for name in missing},
        )
    if not table.num_rows:
        raise Invalid(f"{path}: there is no row below the header.", code="empty", fields={"item": ["Add labels."]})
    columns = {name: _texts(path, table, name) for name in NEEDED}
    items, item_names = _numbered(columns["item"])
    workers, worker_names = _numbered(columns["worker"])
    labels, classes = _numbered(columns["label"])
    gold = None
    if "truth" in table.column_names:
        classes, labels, gold = _gold(path, table, items, len(item_names), labels, classes)
    if len(classes) > MOST_CLASSES:
        raise Invalid(
            f"{path}: the column 'label' holds {len(classes)} different labels; at most {MOST_CLASSES} can be classes.",
            code="too-many-classes",
            fields={"label": ["Give a column of classes, not of free text or scores."]},
        )
    return LabelFile(
        items,
        workers,
        labels,
        item_names,
        worker_names,
        classes,
        gold,
        _floats(path, table, "weight") if "weight" in table.column_names else None,
        np.argsort(np.argsort(_moments(path, table), kind="stable"), kind="stable").astype(np.float64)
        if "time" in table.column_names
        else None,
    )


def _table(path: Path) -> Any:
    try:
        return read_table(path)
    except NoTable as trouble:
        is_other = trouble.code == "not-a-table"
        what = f"this is not a file of labels: {trouble.what}" if is_other else trouble.what
        code = "not-labels" if is_other else trouble.code
        raise Invalid(f"{path}: {what}", code=code, fields={"labels": [trouble.fix]}) from trouble


def _texts(path: Path, table: Any, name: str) -> Any:
    import pyarrow as pa
    from pyarrow import compute

    column = table.column(name)
    if not pa.types.is_string(column.type):
        column = compute.cast(column, pa.string())
    column = compute.utf8_trim_whitespace(column)
    _refuse(path, name, compute.fill_null(compute.equal(column, ""), True), "is empty", "Fill it, or take the row out.")
    return column


def _numbered(column: Any) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Running numbers in the order of the names: numbers by size, everything else by letters."""
    import numpy as np

    encoded = column.combine_chunks().dictionary_encode()
    encoded = encoded.chunk(0) if hasattr(encoded, "chunk") else encoded
    names = encoded.dictionary.to_pylist()
    order = sorted(range(len(names)), key=lambda at: _by_size(names[at]))
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    return place[np.asarray(encoded.indices)], [names[at] for at in order]


def _by_size(name: str) -> tuple[int, float, str]:
    number = as_number(name)
    return (1, 0.0, name) if number is None else (0, number, name)


def as_number(name: str) -> float | None:
    """The number that a name stands for; None where it stands for none."""
    from math import isfinite

    try:
        number = float(name)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _gold(
    path: Path, table: Any, items: npt.NDArray[np.int64], n: int, labels: npt.NDArray[np.int64], classes: list[str]
) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    import numpy as np
    import pyarrow as pa
    from pyarrow import compute

    column = compute.utf8_trim_whitespace(compute.cast(table.column("truth"), pa.string()))
    truth, names = _numbered(compute.fill_null(column, ""))
    # A class that only experts gave is a class too: it could have been chosen.
    every = sorted({*classes, *(name for name in names if name)}, key=_by_size)
    at = {name: number for number, name in enumerate(every)}
    labels = np.array([at[name] for name in classes], dtype=np.int64)[labels]
    true = np.array([at.get(name, -1) for name in names], dtype=np.int64)[truth]
    gold = np.full(n, -1, dtype=np.int64)
    has = true >= 0
    gold[items[has]] = true[has]
    clash = has & (gold[items] != true)
    _refuse(path, "truth", pa.array(clash), "differs from another row of the same item", "An item has one truth.")
    return every, labels, gold


def _floats(path: Path, table: Any, name: str) -> npt.NDArray[np.float64]:
    import numpy as np
    import pyarrow as pa

    values = [None if text is None else as_number(str(text)) for text in table.column(name).to_pylist()]
    _refuse(path, name, pa.array([value is None for value in values]), "is not a number", "Give a number of 0 or more.")
    numbers = np.array(values, dtype=np.float64)
    _refuse(path, name, pa.array(numbers < 0), "is negative", "Give a number of 0 or more.")
    return numbers


def _moments(path: Path, table: Any) -> npt.NDArray[np.float64]:
    """Numbers, or ISO 8601 moments, which sort as they are written when all have one form."""
    import numpy as np
    import pyarrow as pa

    texts = _texts(path, table, "time").to_pylist()
    numbers = [as_number(text) for text in texts]
    if all(number is not None for number in numbers):
        return np.array(numbers, dtype=np.float64)
    from datetime import UTC, datetime

    def moment(text: str) -> float | None:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()

    found = [moment(text) for text in texts]
    bad = pa.array([each is None for each in found])
    _refuse(path, "time", bad, "is no moment", "Write moments as 2026-03-02T09:30:00Z, or all as numbers.")
    return np.array(found, dtype=np.float64)


def _refuse(path: Path, name: str, is_bad: Any, what: str, fix: str) -> None:
    import numpy as np

    bad = np.flatnonzero(np.asarray(is_bad, dtype=bool))
    if not bad.size:
        return
    # As an editor counts: the header is row 1.
    rows = ", ".join(str(row + 2) for row in bad[:SHOWN].tolist()) + (
        f" and {bad.size - SHOWN} more" if bad.size > SHOWN else ""
    )
    raise Invalid(
        f"{path}: row {rows}, column {name!r} {what}.", code="bad-rows", fields={name: [f"Row {rows}: {what}. {fix}"]}
    )
