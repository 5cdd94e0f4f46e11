"""Histogram: how values are spread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas, text_width
from ..frame import cartesian, reference_label
from ..scales import Places, nice_step
from ..spec import PLAIN, Axis, Chart, Column, Reference, Table, chart_kinds, finite
from ..words import count, exact, short


@dataclass(frozen=True, kw_only=True)
class Bin:
    """How many values lie in low <= value < high (the last bin holds its upper end too)."""

    low: float
    high: float
    count: float
    href: str = ""


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
    def of(cls, values: Iterable[float], *, title: str, bin_width: float | None = None, **rest: Any) -> Self:
        """From the values themselves. Width: 2 * IQR / cube root of n (Freedman and Diaconis, 1981), made nice."""
        known = sorted(number for value in values if (number := finite(value)) is not None)
        if not known:
            return cls(title=title, bins=(), **rest)
        span = known[-1] - known[0]
        if bin_width is None:
            first, _median, third = quantiles(known, n=4) if len(known) > 1 else (0.0, 0.0, 0.0)
            rough = 2 * (third - first) / len(known) ** (1 / 3) or span / 10
            # At most 60 bars: more cannot be read.
            tiny = 1e-9 * max(abs(known[0]), abs(known[-1]), 1e-90)
            bin_width = (
                nice_step(max(rough, span / 60)) if max(rough, span / 60) > tiny else max(abs(known[0]) * 0.1, 1.0)
            )
        begin = math.floor(known[0] / bin_width + 1e-9)
        size = max(1, math.ceil(known[-1] / bin_width - begin - 1e-9))
        counts = [0] * size
        for value in known:
            counts[min(max(int(value / bin_width - begin + 1e-9), 0), size - 1)] += 1
        bins = [
            Bin(low=(begin + i) * bin_width, high=(begin + i + 1) * bin_width, count=n) for i, n in enumerate(counts)
        ]
        return cls(title=title, bins=bins, **rest)

    @classmethod
    def example(cls) -> Self:
        # Quantiles of a log-normal, so that the picture is the same each time.
        values = [math.exp(3.4 + 0.45 * math.tan(math.pi * (i / 400 - 0.5)) / 3) for i in range(40, 361)]
        return cls.of(
            values,
            title="Handling time",
            description="Most decisions take 20 to 50 seconds, with a tail beyond 60.",
            x=Axis(title="Handling time", unit="s", low=0),
            references=[Reference(value=math.exp(3.4), label="Median")],
        )

    @property
    def is_empty(self) -> bool:
        return not self._known()

    def _known(self) -> list[tuple[Bin, float, float, float]]:
        parts = [(each, finite(each.low), finite(each.high), finite(each.count)) for each in self.bins]
        return [
            (each, low, high, max(n, 0.0))
            for each, low, high, n in parts
            if low is not None and high is not None and n is not None and low < high
        ]

    def table(self) -> Table:
        return Table.of(
            [Column(_("From"), self.x), Column(_("Until"), self.x), Column(_("n"))],
            [([finite(each.low), finite(each.high), finite(each.count)], each.href) for each in self.bins],
        )

    def draw(self, canvas: Canvas) -> None:
        known = self._known()
        marks = [(value, each) for each in self.references if (value := finite(each.value)) is not None]
        edges = [edge for _bin, low, high, _n in known for edge in (low, high)] + [value for value, _each in marks]
        frame = cartesian(
            canvas,
            places=Places(edges),
            xs=edges,
            ys=[n for *_rest, n in known],
            x_axis=self.x,
            y_axis=Axis(title=_("Count"), zero=True),
            top=28 if marks else 10,
        )
        for each, low, high, n in known:
            ends = f"{short(low, self.x)} – {short(high, self.x)}"
            full = f"{exact(low, self.x)} – {exact(high, self.x)}: {exact(n)}"
            with canvas.mark(full, short=f"{ends}: {count(n)}", href=each.href):
                left, right, y = frame.x(low), frame.x(high), frame.y(n)
                canvas.rect(left + 0.5, y, max(right - left - 1, 0.4), frame.bottom - y, "f1 soft")
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
