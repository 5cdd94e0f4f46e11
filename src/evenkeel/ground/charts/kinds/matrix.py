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

    def _counts(self) -> list[list[float | None]]:
        """A full rectangle; what is missing or impossible is not known."""
        return [[self._cell(row, column) for column in range(len(self.columns))] for row in range(len(self.rows))]

    def _cell(self, row: int, column: int) -> float | None:
        if row >= len(self.counts) or column >= len(self.counts[row]):
            return None
        value = finite(self.counts[row][column])
        return None if value is None else max(value, 0.0)

    def _href(self, row: int, column: int) -> str:
        return self.hrefs[row][column] if row < len(self.hrefs) and column < len(self.hrefs[row]) else ""

    def table(self) -> Table:
        return Table.of(
            [
                Column(self.row_title or _("Row")),
                Column(self.column_title or _("Column")),
                Column(_("n")),
                Column(_("Share"), SHARE),
            ],
            [
                ([row, column, n, self._share(counts, i, j)], self._href(i, j))
                for counts in [self._counts()]
                for i, row in enumerate(self.rows)
                for j, column in enumerate(self.columns)
                for n in [counts[i][j]]
            ],
        )

    def _share(self, counts: Sequence[Sequence[float | None]], row: int, column: int) -> float | None:
        n = counts[row][column]
        wholes = {
            "row": counts[row],
            "column": [each[column] for each in counts],
            "all": [each for line in counts for each in line],
        }
        total = sum(each or 0.0 for each in wholes[self.shade])
        return None if n is None or total <= 0 else n / total

    def draw(self, canvas: Canvas) -> None:
        counts = self._counts()
        widest = max(text_width(name) for name in (*self.rows, self.row_title))
        left = min(widest + 10, canvas.width * 0.32)
        width = min((canvas.width - left - 2) / len(self.columns), 110)
        is_turned = any(text_width(name) > width - 6 for name in self.columns) and width < 56
        head = min(max(text_width(name) for name in self.columns), 110) + 10 if is_turned else 22
        top = head + (20 if self.column_title else 0)
        if self.column_title:
            room = width * len(self.columns)
            canvas.text(left + room / 2, 13, fit(self.column_title, room), "tick", anchor="middle")
        canvas.text(left - 8, top - 8, fit(self.row_title, left - 8), "tick", anchor="end", full=self.row_title)
        for j, name in enumerate(self.columns):
            middle = left + (j + 0.5) * width
            if is_turned:
                canvas.text(middle + 4, top - 6, fit(name, 110), "label", full=name, turn=-90)
            else:
                canvas.fitted(middle, top - 8, name, "label", room=width - 4, anchor="middle")
        for i, name in enumerate(self.rows):
            y = top + (i + 0.5) * CELL
            canvas.fitted(left - 8, y + 4, name, "label", room=left - 10, anchor="end")
            for j in range(len(self.columns)):
                self._draw_cell(canvas, counts, i, j, left + j * width, top + i * CELL, width)
        canvas.height = top + CELL * len(self.rows) + 4

    def _draw_cell(
        self, canvas: Canvas, counts: Sequence[Sequence[float | None]], i: int, j: int, x: float, y: float, width: float
    ) -> None:
        n, share = counts[i][j], self._share(counts, i, j)
        where = f"{self.row_title} {self.rows[i]}, {self.column_title} {self.columns[j]}".strip()
        full = f"{where}: {exact(n)}" + (f" ({exact(share, SHARE)})" if share is not None else "")
        brief = f"{where}: {exact(n)}" + (f" ({short(share, SHARE)})" if share is not None else "")
        is_agreement = self.rows[i] == self.columns[j]
        with canvas.mark(full, short=brief, href=self._href(i, j)):
            canvas.rect(x + 1, y + 1, width - 2, CELL - 2, f"heat{round((share or 0) * 5)}", radius=2)
            if is_agreement:
                canvas.rect(x + 1.5, y + 1.5, width - 3, CELL - 3, "outline fnone s1", radius=2)
            middle, looks = x + width / 2, "strong" if is_agreement else "label"
            text = UNKNOWN if n is None else count(n)
            if n is not None and text_width(text) > width - 2:
                text = f"{n / 1000:.0f}k" if n >= 1000 else text
            has_share = share is not None and width >= 44
            canvas.text(middle, y + (17 if has_share else CELL / 2 + 4), text, looks, anchor="middle")
            if has_share:
                canvas.text(middle, y + 32, short(share, SHARE, keep=True), "label small", anchor="middle")
