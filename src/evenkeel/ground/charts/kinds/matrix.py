"""Matrix: which answer is taken for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas, fit, text_width
from ..spec import Axis, Chart, Column, Table, chart_kinds, finite
from ..words import UNKNOWN, count, exact, short

SHARE = Axis(format="percent")
CELL = 40.0

Counts = list[list[float | None]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells are, and how their texts are written."""

    left: float
    top: float
    width: float
    is_turned: bool
    is_tiny: bool


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Matrix(Chart):
    slug = "matrix"
    kind_title = gettext_lazy("Confusion matrix")
    why = gettext_lazy("Shows which answers are taken for which others. The diagonal is agreement.")

    rows: Annotated[Sequence[str], gettext_lazy("The answers down the side.")]
    columns: Annotated[Sequence[str], gettext_lazy("The answers across the top.")]
    counts: Annotated[Sequence[Sequence[float | None]], gettext_lazy("One list of counts a row.")]
    row_title: Annotated[str, gettext_lazy("What the rows are, such as the expert's answer.")] = ""
    column_title: Annotated[str, gettext_lazy("What the columns are, such as the answer given.")] = ""
    shade: Annotated[Literal["row", "column", "all"], gettext_lazy("The whole of which the shade shows the share.")] = (
        "row"
    )
    hrefs: Annotated[Sequence[Sequence[str]], gettext_lazy("What each cell opens, in the shape of the counts.")] = ()

    @classmethod
    def example(cls) -> Self:
        return cls(
            title="Answers given against the expert's",
            description="Unsure is the weak spot: half of what the expert calls unsure was decided as unsafe.",
            rows=["Safe", "Unsafe", "Unsure"],
            columns=["Safe", "Unsafe", "Unsure"],
            counts=[[812, 31, 12], [44, 390, 9], [10, 33, 24]],
            row_title="Expert",
            column_title="Given",
            hrefs=[[f"#{row}-{column}" for column in range(3)] for row in range(3)],
        )

    @property
    def is_empty(self) -> bool:
        return not self.rows or not self.columns or not any(n for row in self._counts() for n in row)

    def _counts(self) -> Counts:
        """A full rectangle; what is missing or impossible is not known."""
        return [[self._cell(row, column) for column in range(len(self.columns))] for row in range(len(self.rows))]

    def _cell(self, row: int, column: int) -> float | None:
        if row >= len(self.counts) or column >= len(self.counts[row]):
            return None
        value = finite(self.counts[row][column])
        return None if value is None else max(value, 0.0)

    def _href(self, row: int, column: int) -> str:
        return self.hrefs[row][column] if row < len(self.hrefs) and column < len(self.hrefs[row]) else ""

    def _shares(self, counts: Counts) -> Counts:
        """Each count as share of its row, its column or everything; not known where that is empty."""
        rows = [sum(n or 0.0 for n in row) for row in counts]
        columns = [sum(n or 0.0 for n in column) for column in zip(*counts, strict=True)]
        wholes = {
            "row": [[row for _column in columns] for row in rows],
            "column": [columns for _row in rows],
            "all": [[sum(rows) for _column in columns] for _row in rows],
        }[self.shade]
        return [
            [n / whole if n is not None and whole > 0 else None for n, whole in zip(row, line, strict=True)]
            for row, line in zip(counts, wholes, strict=True)
        ]

    def table(self) -> Table:
        counts = self._counts()
        shares = self._shares(counts)
        return Table.of(
            [
                Column(self.row_title or _("Row")),
                Column(self.column_title or _("Column")),
                Column(_("n")),
                Column(_("Share"), SHARE),
            ],
            [
                ([row, column, counts[i][j], shares[i][j]], self._href(i, j))
                for i, row in enumerate(self.rows)
                for j, column in enumerate(self.columns)
            ],
        )

    def draw(self, canvas: Canvas) -> None:
        counts = self._counts()
        grid = self._grid(canvas, [n for row in counts for n in row if n is not None])
        self._draw_names(canvas, grid)
        for i, (row, shares) in enumerate(zip(counts, self._shares(counts), strict=True)):
            for j, (n, share) in enumerate(zip(row, shares, strict=True)):
                self._draw_cell(canvas, grid, i, j, n, share)
        canvas.height = grid.top + CELL * len(self.rows) + 4

    def _grid(self, canvas: Canvas, known: Sequence[float]) -> _Grid:
        widest = max(text_width(name) for name in (*self.rows, self.row_title))
        left = min(widest + 10, canvas.width * (0.26 if len(self.columns) > 6 else 0.32))
        width = min((canvas.width - left - 2) / len(self.columns), 110)
        longest = max(text_width(name) for name in self.columns)
        is_turned = longest > width - 6 and width < 56
        head = min(longest, 110) + 10 if is_turned else 22
        is_tiny = any(text_width(count(n)) > width - 6 for n in known)
        return _Grid(left, head + (20 if self.column_title else 0), width, is_turned, is_tiny)

    def _draw_names(self, canvas: Canvas, grid: _Grid) -> None:
        room = grid.width * len(self.columns)
        if self.column_title:
            canvas.text(grid.left + room / 2, 13, fit(self.column_title, room), "tick", anchor="middle")
        canvas.fitted(grid.left - 8, grid.top - 8, self.row_title, "tick", room=grid.left - 10, anchor="end")
        for j, name in enumerate(self.columns):
            middle = grid.left + (j + 0.5) * grid.width
            if grid.is_turned:
                canvas.text(middle + 4, grid.top - 6, fit(name, 110), "label", full=name, turn=-90)
            else:
                canvas.fitted(middle, grid.top - 8, name, "label", room=grid.width - 4, anchor="middle")
        for i, name in enumerate(self.rows):
            y = grid.top + (i + 0.5) * CELL
            canvas.fitted(grid.left - 8, y + 4, name, "label", room=grid.left - 10, anchor="end")

    def _draw_cell(self, canvas: Canvas, grid: _Grid, i: int, j: int, n: float | None, share: float | None) -> None:
        x, y, width = grid.left + j * grid.width, grid.top + i * CELL, grid.width
        where = f"{self.row_title} {self.rows[i]}, {self.column_title} {self.columns[j]}".strip()
        full = f"{where}: {exact(n)}" + (f" ({exact(share, SHARE)})" if share is not None else "")
        brief = f"{where}: {exact(n)}" + (f" ({short(share, SHARE)})" if share is not None else "")
        is_agreement = self.rows[i] == self.columns[j]
        with canvas.mark(full, short=brief, href=self._href(i, j)):
            canvas.rect(x + 1, y + 1, width - 2, CELL - 2, f"heat{round((share or 0) * 5)}", radius=2)
            if is_agreement:
                canvas.rect(x + 1.5, y + 1.5, width - 3, CELL - 3, "outline fnone s1", radius=2)
            text = UNKNOWN if n is None else count(n)
            if n is not None and text_width(text, 10 if grid.is_tiny else 12) > width - 4:
                text = fit(f"{n / 1000:.0f}k" if n < 1e6 else f"{n:.0e}", width - 2, 10)
            has_share = share is not None and width >= 44
            looks = ("strong" if is_agreement else "label") + (" tiny" if grid.is_tiny else "")
            canvas.text(x + width / 2, y + (17 if has_share else CELL / 2 + 4), text, looks, anchor="middle")
            if has_share:
                share_text = short(share, SHARE, keep=True)
                canvas.text(x + width / 2, y + 32, share_text, "label small", anchor="middle")
