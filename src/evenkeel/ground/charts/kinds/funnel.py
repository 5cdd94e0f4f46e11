"""Funnel: is this far off, or is it just a small sample?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..canvas import Canvas, fit, text_width
from ..frame import (
    Frame,
    Key,
    SideLabel,
    cartesian,
    draw_legend,
    draw_side_labels,
    reference_label,
    side_room,
)
from ..scales import Places
from ..spec import PLAIN, Axis, Chart, Column, Reading, Reference, Table, chart_kinds, finite
from ..words import say

FROM_ZERO = Axis(title="n", low=0)
Curve = list[tuple[float, float, float]]


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
        top = draw_legend(canvas, [Key(flag, "fbad", "diamond") for flag in flags], top=20 if self.y.title else 0)
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
        self._draw_points(frame, known)

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

    def _draw_points(self, frame: Frame, known: Sequence[tuple[FunnelPoint, float, float]]) -> None:
        canvas = frame.canvas
        # Flagged ones last, so that no other point hides them; their names only where they do not meet.
        named: list[tuple[float, float, float]] = []
        for point, n, value in sorted(known, key=lambda each: bool(each[0].flag)):
            x, y = frame.x(n), frame.y(value)
            reading, rule = Reading(value, n=n), f" ({point.flag})" if point.flag else ""
            full, brief = say(point.label, reading, self.y, full=True) + rule, say(point.label, reading, self.y) + rule
            with canvas.mark(full, short=brief, href=point.href):
                if not point.flag:
                    canvas.shape("circle", x, y, 3.5, "f1 soft ring")
                    continue
                canvas.shape("diamond", x, y, 4.5, "fbad ring")
                text = fit(point.label, 110)
                half = text_width(text) / 2
                middle = min(max(x, half + 2), canvas.width - half - 2)
                if all(
                    abs(y - other) > 14 or middle + half < start or middle - half > end for other, start, end in named
                ):
                    canvas.text(middle, y + 18, text, "label halo", anchor="middle", full=point.label)
                    named.append((y, middle - half, middle + half))
