"""The columns that `evenkeel effect` reads: numbers with holes, moments as places, names as running numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from itertools import pairwise
from math import gcd, isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .columns import Columns, read_columns
from .refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Texts that stand for "not known" in tables people keep.
HOLES = {"", "na", "n/a", "nan", "null", "none", ".", "-"}
TIMES = ("time", "date", "day", "week", "month", "period", "t")


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of time: `places` are numbers one usual step apart, `of` finds the place of a moment that was typed."""

    places: npt.NDArray[np.float64]
    kind: str  # numbers, months, or seconds a step
    first: float
    step: float
    said: tuple[str, ...]

    def of(self, text: str, option: str) -> float:
        """The place of a moment given as an option. Raises BadParameter."""
        number = as_number(text)
        if self.kind == "numbers":
            if number is None:
                raise click.BadParameter(
                    f"{text!r} is no number, and the column of time holds numbers.", param_hint=option
                )
            return number
        moment = as_moment(text)
        if moment is None:
            example = "2026-03-02"
            raise click.BadParameter(f"{text!r} is no date such as {example}.", param_hint=option)
        if self.kind == "months":
            return moment.year * 12 + moment.month - 1 + (moment.day - self.first) / 31 - self.step
        return (moment.timestamp() - self.first) / self.step


class Table:
    """The rows of DATA and how its columns are read; a cell that does not fit is refused with its place."""

    def __init__(self, columns: Columns):
        self.columns = columns
        self.rows = columns.rows

    @classmethod
    def read(cls, path: Path, names: Sequence[str | None], *, as_json: bool) -> Table:
        """The file with these columns (None: not asked for), others left aside."""
        wanted = list(dict.fromkeys(name for name in names if name))
        return cls(read_columns(path, needed=wanted, known=None, as_json=as_json))

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def numbers(self, name: str, *, least: float | None = None) -> npt.NDArray[np.float64]:
        """A column of numbers; nan where a cell is empty, NA or the like."""
        import numpy as np

        found = np.full(self.rows, nan)
        for row, cell in enumerate(self.columns.columns[name]):
            if cell is None or str(cell).strip().lower() in HOLES:
                continue
            number = as_number(str(cell).strip())
            if number is None:
                self.refuse(row, name, f"{cell!r} is no number", "Give a number, or leave the cell empty.")
            if least is not None and number < least:
                self.refuse(row, name, f"{cell} is too small", f"Give {least:g} or more.")
            found[row] = number
        return found

    def filled(self, name: str) -> npt.NDArray[np.float64]:
        """A column of numbers without holes."""
        import numpy as np

        found = self.numbers(name)
        for row in np.flatnonzero(np.isnan(found))[:1]:
            self.refuse(int(row), name, "the cell is empty", "Fill it or leave the row out.")
        return found

    def flags(self, name: str) -> npt.NDArray[np.float64]:
        """A column of 0 and 1, yes and no, true and false, before and after."""
        import numpy as np

        known = {"1": 1.0, "0": 0.0, "true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0, "t": 1.0, "f": 0.0, "y": 1.0,
                 "n": 0.0, "1.0": 1.0, "0.0": 0.0, "after": 1.0, "before": 0.0, "post": 1.0, "pre": 0.0,
                 "treated": 1.0, "control": 0.0, "current": 1.0, "baseline": 0.0}  # fmt: skip
        found = np.zeros(self.rows)
        for row, text in enumerate(self.texts(name)):
            if text.lower() not in known:
                self.refuse(row, name, f"{text!r} is neither 1 nor 0", "Give 1 or 0 (or yes or no, after or before).")
            found[row] = known[text.lower()]
        return found

    def texts(self, name: str) -> list[str]:
        """A column of names without holes."""
        return [text.strip() for text in self.columns.texts(name)]

    def named(self, name: str) -> tuple[npt.NDArray[np.int64], list[str]]:
        """A column of names as running numbers, in the order of the names."""
        import numpy as np

        texts = self.texts(name)
        names = sorted(set(texts))
        place = {text: number for number, text in enumerate(names)}
        return np.array([place[text] for text in texts], dtype=np.int64), names

    def moments(self, name: str | None) -> Moments:
        """A column of numbers or dates; the rows' own numbers from 1 without one."""
        import numpy as np

        if name is None:
            places = np.arange(1.0, self.rows + 1)
            return Moments(places, "numbers", 0.0, 1.0, tuple(str(row + 1) for row in range(self.rows)))
        texts = self.texts(name)
        numbers = [as_number(text) for text in texts]
        if all(number is not None for number in numbers):
            return Moments(np.array(numbers, dtype=np.float64), "numbers", 0.0, 1.0, tuple(texts))
        moments = [as_moment(text) for text in texts]
        for row, moment in enumerate(moments):
            if moment is None:
                self.refuse(row, name, f"{texts[row]!r} is no moment", "Write 2026-03-02, 2026-03, or all as numbers.")
        return _placed([moment for moment in moments if moment], tuple(texts))

    def refuse(self, row: int, column: str, what: str, fix: str) -> NoReturn:
        """Refuse a cell with its file, row and column."""
        self.columns.refuse(row, column, what, fix)
        raise AssertionError

    def refuse_file(self, what: str, fix: str) -> Refusal:
        """A refusal that no single cell is to blame for."""
        detail = f"{self.columns.path.name}: {what}. {fix}"
        return Refusal({"code": "input", "detail": detail, "fields": {}}, as_json=self.columns.as_json)

    def time_column(self, asked: str | None) -> str | None:
        """The column of time: the one asked for, else one of the usual names."""
        return asked or next((name for name in TIMES if name in self.columns), None)


def as_number(text: str) -> float | None:
    """The finite number that a text stands for; None where it stands for none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def as_moment(text: str) -> datetime | None:
    """A date, a month or a moment; without a zone it is UTC."""
    said = text.strip().replace("/", "-")
    if len(said) == 7 and said[4] == "-" and said[5:].isdigit():
        said += "-01"
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _placed(moments: list[datetime], texts: tuple[str, ...]) -> Moments:
    """Months where all fall on one day of the month, else seconds over their greatest common step."""
    import numpy as np

    different = sorted(set(moments))
    gaps = [round((after - before).total_seconds()) for before, after in pairwise(different)]
    is_monthly = (
        bool(gaps) and min(gaps) >= 28 * 86400 and len({(m.day, m.hour, m.minute, m.second) for m in moments}) == 1
    )
    if is_monthly:
        start = different[0].year * 12 + different[0].month - 1
        # Counted from the first January, so that a season of 12 keeps its place in the year.
        start -= start % 12
        places = np.array([m.year * 12 + m.month - 1 - start for m in moments], dtype=np.float64)
        return Moments(places, "months", float(different[0].day), float(start), texts)
    step = float(reduce(gcd, gaps, 0)) or 86400.0
    # Days count from a Monday, so that a season of 7 keeps its place in the week.
    monday = datetime.combine(date.fromordinal(1), datetime.min.time(), UTC).timestamp()
    first = different[0].timestamp()
    if step == 86400.0:
        first -= ((first - monday) // 86400 % 7) * 86400
    places = np.array([(moment.timestamp() - first) / step for moment in moments])
    return Moments(places, "seconds", first, step, texts)
