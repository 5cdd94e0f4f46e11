"""Large tables for commands that compare windows: Arrow columns as codes and numbers, refused with file, row, column, fix."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .refusals import Refusal, cell_refused

if TYPE_CHECKING:
    from evenkeel.kernel import Dimension

BASELINE, CURRENT = "baseline", "current"
# What people write besides `baseline` and `current`.
_MEANT = {BASELINE: {"baseline", "before", "base", "0", "false"}, CURRENT: {"current", "after", "now", "1", "true"}}
_COMPARED = re.compile(r"\s*(<=|>=|==|=|<|>)\s*(-?\d+(?:\.\d+)?)\s*")


class Table:
    """The columns that were asked for, as Arrow has them."""

    def __init__(self, path: Path, table: Any, *, as_json: bool):
        self.path, self.table, self.as_json = path, table, as_json

    def dimensions(self, names: Sequence[str], kept: Any) -> dict[str, Dimension]:
        """Columns as codes; an empty cell is a value of its own, None."""
        import numpy as np

        from evenkeel.kernel import Dimension

        found = {}
        for name in names:
            column = self._column(name)
            if str(column.type) in ("float", "double"):
                column = _whole(column)
            encoded = column.dictionary_encode(null_encoding="encode")
            values = encoded.dictionary.to_pylist()
            codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
            found[name] = Dimension(codes if kept is None else codes[kept], values)
        return found

    def numbers(self, name: str, kept: Any, *, fits: Callable[[Any], Any] | None, fix: str) -> Any:
        """A column as finite floats that `fits` (an array condition); `kept` rows only."""
        import numpy as np
        import pyarrow as pa

        column = self._column(name)
        if pa.types.is_boolean(column.type):
            column = column.cast(pa.int8())
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = _as_number(column, lambda row, said: self.refuse(row, name, f"{said!r} is no number", fix), kept)
        values = np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
        rows = np.arange(len(values)) if kept is None else np.flatnonzero(kept)
        values = values[rows]
        bad = ~np.isfinite(values)
        if bad.any():
            self.refuse(int(rows[bad.argmax()]), name, "the cell is empty or no finite number", fix)
        if fits is not None:
            bad = ~fits(values)
            if bad.any():
                self.refuse(int(rows[bad.argmax()]), name, f"{values[bad.argmax()]:g} does not fit", fix)
        return values

    def refuse_first(self, bad: Any, kept: Any, name: str, what: str, fix: str) -> None:
        """Refuse the first row of `kept` that is `bad`, if there is one."""
        import numpy as np

        if bad.any():
            self.refuse(int(np.flatnonzero(kept)[bad.argmax()]), name, what, fix)

    def windows(self, name: str, baseline: str | None, current: str | None) -> tuple[Any, Any]:
        """Which rows are current, and which belong to a window at all; refused when a window has no row of its own."""
        import numpy as np

        encoded = self._column(name).dictionary_encode(null_encoding="encode")
        values = ["" if value is None else value for value in encoded.dictionary.to_pylist()]
        codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
        said = {BASELINE: baseline, CURRENT: current}
        chosen = {window: [_is_meant(value, window, said[window]) for value in values] for window in said}
        for place, value in enumerate(values):
            if chosen[BASELINE][place] and chosen[CURRENT][place]:
                self.refuse(int((codes == place).argmax()), name, f"{value!r} is in both windows", "Let them differ.")
            if not (chosen[BASELINE][place] or chosen[CURRENT][place]) and baseline is None and current is None:
                fix = f"Write {BASELINE} or {CURRENT}, or say what stands for them with --baseline and --current."
                self.refuse(int((codes == place).argmax()), name, f"{value!r} is no window", fix)
        is_in = {window: np.asarray(flags, dtype=bool)[codes] for window, flags in chosen.items()}
        for window, inside in is_in.items():
            if not inside.any():
                wanted = said[window] or window
                detail = f"{self.path.name}, column {name}: no row is in the {window} window ({wanted})."
                fix = f"Rows with {wanted} are needed; the column holds {', '.join(sorted(map(str, values))[:5])}."
                raise Refusal(
                    {"code": "input", "detail": f"{detail} {fix}", "fields": {name: [fix]}}, as_json=self.as_json
                )
        return is_in[CURRENT], is_in[BASELINE] | is_in[CURRENT]

    def refuse(self, row: int, column: str, what: str, fix: str) -> None:
        """Refuse a cell; `row` counts from 0."""
        raise cell_refused(self.path, row, column, what, fix, as_json=self.as_json)

    def _column(self, name: str) -> Any:
        return self.table.column(name).combine_chunks()


def read_table(
    path: Path, *, dimensions: Sequence[str], numbers: Sequence[str], others: Sequence[str], as_json: bool
) -> Table:
    """The columns named, of a CSV or Parquet file; what else the file holds is not read.

    CSV dimensions and windows stay texts (007 is not 7). Refused when a column is missing or there are no rows.
    """
    import pyarrow as pa

    def refuse(detail: str, fix: str) -> Refusal:
        return Refusal({"code": "input", "detail": f"{path.name}: {detail} {fix}", "fields": {}}, as_json=as_json)

    wanted = list(dict.fromkeys([*dimensions, *numbers, *others]))
    for name in numbers:
        if name in dimensions or name in others:
            raise refuse(f"column {name!r} is named twice.", "A column is a number or something to cut by, not both.")
    if not path.is_file():
        raise refuse("there is no such file.", "Give the path of a CSV or Parquet file.")
    try:
        table = _read(path, wanted, texts=[*dimensions, *others], refuse=refuse)
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError, OSError) as error:
        said = " ".join(str(error).split())[:200]
        raise refuse(f"it cannot be read ({said}).", "Save it as UTF-8 CSV or as Parquet, gzip allowed.") from None
    if table.num_rows == 0:
        raise refuse("it has no rows.", "Give one row a decision or a cell below the header.")
    return Table(path, table, as_json=as_json)


def _read(path: Path, wanted: list[str], *, texts: list[str], refuse: Callable[[str, str], Refusal]) -> Any:
    import pyarrow as pa
    from pyarrow import csv, parquet

    def insist(names: Sequence[str]) -> None:
        for name in wanted:
            if list(names).count(name) != 1:
                is_missing = name not in names
                detail = f"column {name!r} {'is missing' if is_missing else 'occurs twice'}."
                raise refuse(detail, f"The columns are {', '.join(map(str, list(names)[:20]))}.")

    if path.name.endswith((".parquet", ".pq")):
        insist(parquet.read_schema(path).names)
        return parquet.read_table(path, columns=wanted)
    with pa.input_stream(str(path), compression="detect") as stream:
        header = csv.open_csv(stream).schema.names
    insist(header)
    options = csv.ConvertOptions(
        include_columns=wanted, column_types={name: pa.string() for name in wanted}, strings_can_be_null=True, null_values=[""],
        quoted_strings_can_be_null=True,
    )  # fmt: skip
    with pa.input_stream(str(path), compression="detect") as stream:
        return csv.read_csv(stream, convert_options=options)


def _is_meant(value: Any, window: str, said: str | None) -> bool:
    if said is None:
        return str(value).strip().lower() in _MEANT[window]
    compared = _COMPARED.fullmatch(said)
    if compared is None:
        return str(value) == said
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False
    sign, limit = compared.group(1), float(compared.group(2))
    return {
        "<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit, "=": number == limit,
        "==": number == limit,
    }[sign]  # fmt: skip


def _whole(column: Any) -> Any:
    """Whole numbers that a tool wrote as 3.0 because some cell was empty; nan is an empty cell."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cleaned = pc.if_else(pc.is_nan(column), None, column)
    known = cleaned.drop_null()
    is_whole = len(known) == 0 or pc.all(pc.equal(known, pc.floor(known))).as_py()
    return cleaned.cast(pa.int64()) if is_whole else cleaned


def _as_number(column: Any, refuse: Callable[[int, str], None], kept: Any) -> Any:
    """Texts as numbers; true and false count as 1 and 0."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lowered = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    replaced = pc.if_else(pc.equal(lowered, "true"), "1", pc.if_else(pc.equal(lowered, "false"), "0", lowered))
    try:
        return replaced.cast(pa.float64())
    except pa.ArrowInvalid:
        for row, said in enumerate(replaced.to_pylist()):
            if kept is not None and not kept[row]:
                continue
            try:
                float(said if said is not None else "nan")
            except ValueError:
                refuse(row, said)
        numbers = [float(said) if _is_number(said) else np.nan for said in replaced.to_pylist()]
        return pa.array(numbers, type=pa.float64())


def _is_number(said: str | None) -> bool:
    try:
        float(said or "")
    except ValueError:
        return False
    return True
