"""Funnel: is this far off, or is it just a small sample?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import FLAGS, Canvas, Shape, fit, text_width
from ..frame import (
    Frame,
    Key,
    SideLabel,
    cartesian,
    draw_head,
    draw_side_labels,
    reference_label,
    side_room,
)
from ..scales import Places
from ..spec import PLAIN, Axis, Chart, Column, Reading, Reference, Table, chart_kinds, finite
from ..words import say

FROM_ZERO = Axis(title="n", low=0)
Curve = list[tuple[float, float, float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class FunnelPoint:
    """One unit: its value and how many cases stand behind it. `flag`: the limit it is beyond, by name."""

    label: str
    n: float
    value: float | None
    flag: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class FunnelLimit:
    """A pair of limits that narrow as n grows: (n, lower, upper), in order of n."""

    label: str
    curve: Sequence[tuple[float, float, float]]


@chart_kinds.register
@dataclass(frozen=True, kw_only=True)
class Funnel(Chart):
    slug = "funnel"
    kind_title = gettext_lazy("Funnel")
    why = gettext_lazy("Sets each value against its sample size, so that small samples are not taken for outliers.")

    points: Annotated[Sequence[FunnelPoint], gettext_lazy("One a unit; those beyond a limit carry its name as flag.")]
    centre: Annotated[float | None, gettext_lazy("The value expected of everybody.")] = None
    limits: Annotated[Sequence[FunnelLimit], gettext_lazy("The limits around the centre, the narrowest first.")] = ()
    y: Annotated[Axis, gettext_lazy("How the values read.")] = PLAIN
    x: Annotated[Axis, gettext_lazy("How the sample sizes read.")] = FROM_ZERO

    @classmethod
    def example(cls) -> Self:
        def curve(z: float) -> Curve:
            half = [(n, z * (0.92 * 0.08 / n) ** 0.5) for n in (10, 15, 20, 30, 50, 80, 120, 200, 300, 400)]
            return [(n, 0.92 - h, min(1.0, 0.92 + h)) for n, h in half]

        data = ((340, 0.93), (295, 0.871), (22, 0.955), (390, 0.934), (14, 0.79), (120, 0.95), (180, 0.905), (64, 0.86))
        return cls(
            title="Auditors: accuracy against cases",
            description="One of eight auditors (295 cases) lies below the outer limit; the low value at n 14 is no surprise.",
            points=[
                FunnelPoint(
                    label=f"Auditor {index + 1}",
                    n=n,
                    value=value,
                    flag="Beyond 99.8 %" if value < 0.92 - 3.09 * (0.92 * 0.08 / n) ** 0.5 else "",
                    href=f"#auditor-{index + 1}",
                )
                for index, (n, value) in enumerate(data)
            ],
            centre=0.92,
            limits=[FunnelLimit(label="95 %", curve=curve(1.96)), FunnelLimit(label="99.8 %", curve=curve(3.09))],
            y=Axis(title="Accuracy", format="percent"),
            x=Axis(title="Audited decisions", low=0),
        )

    @property
    def is_empty(self) -> bool:
        return not self._known()

    def _known(self) -> list[tuple[FunnelPoint, float, float]]:
        parts = [(point, finite(point.n), finite(point.value)) for point in self.points]
        return [(point, n, value) for point, n, value in parts if n is not None and value is not None]

    def table(self) -> Table:
        return Table.of(
            [
                Column(_("Name")),
                Column(self.x.title or _("n")),
                Column(self.y.title or _("Value"), self.y),
                Column(_("Rule")),
            ],
            [([point.label, finite(point.n), finite(point.value), point.flag], point.href) for point in self.points],
        )

    def draw(self, canvas: Canvas) -> None:
        known = self._known()
        curves = [(limit.label, self._curve(limit)) for limit in self.limits]
        centre = finite(self.centre)
        flags = dict.fromkeys(point.flag for point, _n, _value in known if point.flag)
        shapes = dict(zip(flags, cycle(FLAGS)))
        top = draw_head(canvas, self.y.title, [Key(flag, "fbad", shapes[flag]) for flag in flags])
        middle = Reference(value=centre, label=_("Centre")) if centre is not None else None
        texts = [label for label, curve in curves if curve] + ([reference_label(middle, self.y)] if middle else [])
        frame = cartesian(
            canvas,
            places=Places([n for _point, n, _value in known]),
            xs=[n for _point, n, _value in known] + [n for _label, curve in curves for n, _low, _high in curve],
            ys=[value for _point, _n, value in known]
            + [edge for _label, curve in curves for _n, *edges in curve for edge in edges]
            + ([centre] if centre is not None else []),
            x_axis=self.x,
            y_axis=self.y,
            top=top + 6,
            side=side_room(texts, canvas),
        )
        draw_side_labels(frame, self._draw_lines(frame, curves, middle))
        self._draw_points(frame, known, shapes)

    def _curve(self, limit: FunnelLimit) -> Curve:
        parts = [tuple(finite(part) for part in each) for each in limit.curve]
        return sorted(
            (n, low, high) for n, low, high in parts if n is not None and low is not None and high is not None
        )

    def _draw_lines(
        self, frame: Frame, curves: Sequence[tuple[str, Curve]], middle: Reference | None
    ) -> list[SideLabel]:
        labels = []
        for index, (label, curve) in enumerate(curves):
            looks = "fine smuted " + ("dashed" if index % 2 == 0 else "dotted")
            for side in (1, 2):
                frame.canvas.path([(frame.x(each[0]), frame.y(each[side])) for each in curve], looks)
            if curve:
                labels.append(SideLabel(frame.y(curve[-1][2]), label, "tick"))
        if middle:
            at = frame.y(middle.value)
            frame.canvas.line(frame.left, at, frame.right, at, "fine smuted")
            labels.append(SideLabel(at, reference_label(middle, self.y), "tick"))
        return labels

    def _draw_points(
        self, frame: Frame, known: Sequence[tuple[FunnelPoint, float, float]], shapes: dict[str, Shape]
    ) -> None:
        canvas = frame.canvas
        spots = [(frame.x(n), frame.y(value)) for _point, n, value in known]
        taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in spots]
        # Flagged ones last, so that no other point hides them.
        for (point, n, value), (x, y) in sorted(zip(known, spots, strict=True), key=lambda each: bool(each[0][0].flag)):
            rule = f" ({point.flag})" if point.flag else ""
            full, brief = (text + rule for text in say(point.label, Reading(value, n=n), self.y))
            with canvas.mark(full, short=brief, href=point.href):
                if point.flag:
                    canvas.shape(shapes[point.flag], x, y, 4.5, "fbad ring")
                    self._name(canvas, point.label, x, y, taken)
                else:
                    canvas.shape("circle", x, y, 3.5, "f1 soft ring")

    def _name(self, canvas: Canvas, label: str, x: float, y: float, taken: list[Box]) -> None:
        """Write a point's name under or over it, if that covers no other point and no other name."""
        text = fit(label, 110)
        half = text_width(text) / 2
        middle = min(max(x, half + 2), canvas.width - half - 2)
        for baseline in (y + 18, y - 9):
            left, top, right, bottom = middle - half, baseline - 9, middle + half, baseline + 2
            if all(x2 < left or x1 > right or y2 < top or y1 > bottom for x1, y1, x2, y2 in taken):
                canvas.text(middle, baseline, text, "label halo", anchor="middle", full=label)
                taken.append((left, top, right, bottom))
                return
