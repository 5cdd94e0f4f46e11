"""Histogram: how values are spread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist, quantiles
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas, text_width
from ..frame import Frame, cartesian, draw_head, reference_label
from ..scales import Places, nice_step
from ..spec import PLAIN, Axis, Chart, Column, Reference, Table, chart_kinds, finite
from ..words import count, exact, short


@dataclass(frozen=True, kw_only=True)
class Bin:
    """How many values lie in low <= value < high. `high` None: that much and more, the last bin of a long tail."""

    low: float
    high: float | None
    count: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bin that can be drawn; an open one is as wide as the one before it."""

    bin: Bin
    low: float
    high: float
    count: float
    is_open: bool


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Histogram(Chart):
    slug = "histogram"
    kind_title = gettext_lazy("Histogram")
    why = gettext_lazy("Shows how values are spread: one hump or two, a long tail, a cliff at a limit.")

    bins: Annotated[Sequence[Bin], gettext_lazy("The ranges with their counts; equal widths, so that heights compare.")]
    x: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    references: Annotated[Sequence[Reference], gettext_lazy("Values to mark, such as the median.")] = ()

    @classmethod
    def of(
        cls,
        values: Iterable[float],
        *,
        title: str,
        bin_width: float | None = None,
        until: float | None = None,
        **rest: Any,
    ) -> Self:
        """From the values themselves, missing ones left out. From `until` on, the values share one open bin.

        Width unless given: 2 * IQR / cube root of n (Freedman and Diaconis, 1981), made nice, for at most 60 bins.
        A given width is widened where it would make more than 400.
        """
        known = sorted(number for value in values if (number := finite(value)) is not None)
        inner = [value for value in known if until is None or value < until]
        bins = _bins(inner, bin_width) if inner else []
        if until is not None and len(inner) < len(known):
            bins = [replace(each, high=min(each.high or until, until)) for each in bins if each.low < until]
            bins.append(Bin(low=until, high=None, count=len(known) - len(inner)))
        return cls(title=title, bins=bins, **rest)

    @classmethod
    def example(cls) -> Self:
        # Quantiles of a log-normal, so that the picture is the same each time.
        values = [math.exp(3.4 + 0.45 * NormalDist().inv_cdf((i + 0.5) / 400)) for i in range(400)]
        return cls.of(
            values,
            title="Handling time",
            until=80,
            description="Most decisions take 20 to 50 seconds; six of 400 take 80 or more.",
            x=Axis(title="Handling time", unit="s", low=0),
            references=[Reference(value=math.exp(3.4), label="Median")],
        )

    @property
    def is_empty(self) -> bool:
        return not self._known()

    def _known(self) -> list[_Bar]:
        bars: list[_Bar] = []
        for each in self.bins:
            low, high, n = finite(each.low), finite(each.high), finite(each.count)
            is_open = each.high is None
            if is_open and low is not None:
                high = low + (bars[-1].high - bars[-1].low if bars else abs(low) * 0.1 or 1.0)
            if low is not None and high is not None and n is not None and low < high:
                bars.append(_Bar(each, low, high, max(n, 0.0), is_open))
        return bars

    def table(self) -> Table:
        return Table.of(
            [Column(_("From"), self.x), Column(_("Until"), self.x), Column(_("n"))],
            [([finite(each.low), finite(each.high), finite(each.count)], each.href) for each in self.bins],
        )

    def draw(self, canvas: Canvas) -> None:
        known = self._known()
        marks = [(value, each) for each in self.references if (value := finite(each.value)) is not None]
        edges = [edge for each in known for edge in (each.low, each.high)] + [value for value, _each in marks]
        counts = Axis(title=_("Count"), zero=True)
        top = draw_head(canvas, counts.title, ())
        frame = cartesian(
            canvas,
            places=Places(edges),
            xs=edges,
            ys=[each.count for each in known],
            x_axis=self.x,
            y_axis=counts,
            top=top + (20 if marks else 4),
        )
        for each in known:
            self._draw_bar(frame, each)
        self._draw_marks(frame, marks)

    def _draw_bar(self, frame: Frame, bar: _Bar) -> None:
        ends = "≥ {low}" if bar.is_open else "{low} – {high}"
        full = ends.format(low=exact(bar.low, self.x), high=exact(bar.high, self.x))
        brief = ends.format(low=short(bar.low, self.x), high=short(bar.high, self.x))
        left, right, y = frame.x(bar.low), frame.x(bar.high), frame.y(bar.count)
        canvas = frame.canvas
        with canvas.mark(f"{full}: {exact(bar.count)}", short=f"{brief}: {count(bar.count)}", href=bar.bin.href):
            # An open bin has no right edge: its outline is dashed and its name says so.
            looks = "fsoft s1 fine dashed" if bar.is_open else "fsoft"
            canvas.rect(left + 0.5, y, max(right - left - 1, 0.4), frame.bottom - y, looks)
            if bar.is_open:
                canvas.text(min((left + right) / 2, canvas.width - 30), y - 6, brief, "tick halo", anchor="middle")

    def _draw_marks(self, frame: Frame, marks: Sequence[tuple[float, Reference]]) -> None:
        canvas = frame.canvas
        free_from = 0.0
        for value, reference in sorted(marks, key=lambda pair: pair[0]):
            at, text = frame.x(value), reference_label(reference, self.x)
            half = text_width(text) / 2
            middle = min(max(at, half + 2), canvas.width - half - 2)
            canvas.line(at, frame.top - 6, at, frame.bottom, f"fine s{reference.tone} dashed")
            if middle - half > free_from:
                canvas.fitted(
                    middle, frame.top - 11, text, f"label f{reference.tone}", room=canvas.width, anchor="middle"
                )
                free_from = middle + half + 8


def _bins(known: Sequence[float], bin_width: float | None) -> list[Bin]:
    """Bins at multiples of the width over sorted values."""
    span = known[-1] - known[0]
    width = max(bin_width or _width(known), span / 400)
    # The small allowance keeps a value that is a multiple of the width in the bin it opens.
    first = math.floor(known[0] / width + 1e-9)
    counts = [0] * max(1, math.floor(known[-1] / width - first + 1e-9) + 1)
    for value in known:
        counts[min(max(int(value / width - first + 1e-9), 0), len(counts) - 1)] += 1
    return [Bin(low=(first + i) * width, high=(first + i + 1) * width, count=n) for i, n in enumerate(counts)]


def _width(known: Sequence[float]) -> float:
    span, size = known[-1] - known[0], max(abs(known[0]), abs(known[-1]))
    if span <= 1e-9 * max(size, 1e-90):
        return nice_step(size * 0.1) if size > 1e-90 else 1.0
    lower, _median, upper = quantiles(known, n=4)
    return nice_step(max(2 * (upper - lower) / len(known) ** (1 / 3) or span / 10, span / 60))
