"""The plot with two axes: thin grid, labels that never overlap, and what several kinds draw on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from .canvas import Canvas, Shape, fit, text_width
from .scales import Places, Scale, Tick, linear, say_once
from .spec import Axis, Event, Reading, Reference, finite
from .words import place, short


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the data go: two scales and the rectangle between the axes."""

    canvas: Canvas
    x: Scale
    y: Scale
    left: float
    top: float
    right: float
    bottom: float


def cartesian(
    canvas: Canvas,
    *,
    places: Places,
    xs: Sequence[float],
    ys: Sequence[float],
    x_axis: Axis,
    y_axis: Axis,
    top: float = 10,
    foot: float = 0,
    side: float = 12,
) -> Frame:
    """Draw both axes; `top`, `foot` and `side` are kept free for legends, small bars and labels at the right end."""
    # What stands above the plot adds to the height, so that a long legend does not squeeze the data.
    canvas.height = height = (220 if canvas.is_narrow else 262) + top + foot
    below = (34 if places.is_time else 20) + (18 if x_axis.title else 0)
    y = linear(ys, y_axis, start=height - below - foot, end=top, gap=44)
    left = max(text_width(tick.label) for tick in y.ticks) + 10
    right = canvas.width - side
    inset = 0 if places.names else 10
    x = places.scale(xs, x_axis, start=left + inset, end=max(right - inset, left + 40))
    frame = Frame(canvas, x, y, left, top, right, y.start)
    _draw_y(frame)
    _draw_x(frame, x_axis, bottom=frame.bottom + foot)
    return frame


def _draw_y(frame: Frame) -> None:
    canvas = frame.canvas
    for tick in frame.y.ticks:
        canvas.line(frame.left, frame.y(tick.at), frame.right, frame.y(tick.at), "grid")
        canvas.text(frame.left - 6, frame.y(tick.at) + 4, tick.label, "tick", anchor="end")


def _draw_x(frame: Frame, axis: Axis, *, bottom: float) -> None:
    canvas = frame.canvas
    canvas.line(frame.left, bottom, frame.right, bottom, "axis")
    has_subs = False
    for tick in say_once(without_overlap(frame.x.ticks, frame.x)):
        at = frame.x(tick.at)
        canvas.line(at, bottom, at, bottom + 4, "axis")
        # A label at the very edge is moved inwards so that the picture does not cut it.
        half = text_width(tick.label) / 2
        middle = min(max(at, half + 1), canvas.width - half - 1)
        full = next((other.label for other in frame.x.ticks if other.at == tick.at), "")
        canvas.text(middle, bottom + 16, tick.label, "tick", anchor="middle", full=full)
        if tick.sub:
            has_subs = True
            half = text_width(tick.sub) / 2
            middle = min(max(at, half + 1), canvas.width - half - 1)
            canvas.text(middle, bottom + 30, tick.sub, "tick", anchor="middle")
    if axis.title:
        y = bottom + (46 if has_subs else 34)
        canvas.text(
            (frame.left + frame.right) / 2, y, fit(axis.title, frame.right - frame.left), "tick", anchor="middle"
        )


def without_overlap(ticks: Sequence[Tick], scale: Scale) -> list[Tick]:
    """Every k-th tick, with the smallest k whose labels stay apart; long names are shortened first."""
    if len(ticks) < 2:
        return [replace(tick, label=fit(tick.label, abs(scale.end - scale.start))) for tick in ticks]
    spacing = scale(ticks[1].at) - scale(ticks[0].at)
    fitted = [replace(tick, label=fit(tick.label, max(spacing - 8, 72))) for tick in ticks]
    widest = max(max(text_width(tick.label), text_width(tick.sub)) for tick in fitted)
    every = 1
    while every < len(fitted) and any(
        scale(after.at) - scale(before.at) < widest + 8 for before, after in pairwise(fitted[::every])
    ):
        every += 1
    return fitted[::every]


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Places as near as possible to the wanted ones, at least `gap` apart, in the same order, within bounds if they fit."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = dict.fromkeys(order, 0.0)
    edge = low - gap
    for index in order:
        placed[index] = edge = max(wanted[index], edge + gap)
    edge = high + gap
    for index in reversed(order):
        placed[index] = edge = min(placed[index], edge - gap)
    return [placed[index] for index in range(len(wanted))]


@dataclass(frozen=True, slots=True)
class SideLabel:
    """A direct label at the right end of a line."""

    at: float
    text: str
    looks: str = "label"


def side_room(texts: Sequence[str], canvas: Canvas) -> float:
    """How much to keep free at the right for direct labels."""
    most = 92 if canvas.is_narrow else 150
    return min(max((text_width(text) for text in texts), default=0) + 12, most) if texts else 12


def draw_side_labels(frame: Frame, labels: Sequence[SideLabel]) -> None:
    room = frame.canvas.width - frame.right - 8
    places = spread([label.at for label in labels], gap=14, low=frame.top, high=frame.bottom)
    for label, at in zip(labels, places, strict=True):
        frame.canvas.fitted(frame.right + 8, at + 4, label.text, label.looks, room=room)
        if abs(at - label.at) > 5:
            frame.canvas.line(frame.right + 1, label.at, frame.right + 6, at, "grid")


def reference_label(reference: Reference, axis: Axis) -> str:
    return f"{reference.label} {short(finite(reference.value), axis)}"


def draw_references(frame: Frame, references: Sequence[Reference], axis: Axis) -> list[SideLabel]:
    """Draw the horizontal lines and give their labels, to be placed together with those of the series."""
    labels = []
    for reference in references:
        value = finite(reference.value)
        if value is not None:
            at = frame.y(value)
            frame.canvas.line(frame.left, at, frame.right, at, f"fine s{reference.tone} dotted")
            labels.append(SideLabel(at, reference_label(reference, axis), f"label f{reference.tone}"))
    return labels


def event_rows(events: Sequence[Event]) -> float:
    return 20 if events else 0


def draw_events(frame: Frame, events: Sequence[Event], places: Places, *, at_y: float) -> None:
    """A dashed line at each event; its name above where there is room, in its title always."""
    canvas, free_from = frame.canvas, 0.0
    placed = [(frame.x(at), event) for event in events if (at := places.at(event.x)) is not None]
    for at, event in sorted(placed, key=lambda pair: pair[0]):
        if not frame.left <= at <= frame.right:
            continue
        text = fit(event.label, 110)
        width = text_width(text)
        start = min(max(at - width / 2, frame.left), canvas.width - width - 2)
        with canvas.mark(f"{place(event.x)}: {event.label}", href=event.href):
            canvas.line(at, at_y + 4, at, frame.bottom, "fine smuted dashed")
            if start > free_from:
                canvas.text(start, at_y, text, "tick", full=event.label)
                free_from = start + width + 8
            else:
                canvas.shape("down", at, at_y + 5, 3.5, "fmuted")


def draw_band(frame: Frame, run: Sequence[tuple[float, Reading]], looks: str) -> None:
    """The intervals of a run of points as one surface."""
    known = [
        (at, reading.low, reading.high) for at, reading in run if reading.low is not None and reading.high is not None
    ]
    upper = [(frame.x(at), frame.y(high)) for at, _low, high in known]
    lower = [(frame.x(at), frame.y(low)) for at, low, _high in reversed(known)]
    if len(known) > 1:
        frame.canvas.path(upper + lower, looks, is_closed=True)


def draw_whisker(frame: Frame, x: float, reading: Reading, looks: str) -> None:
    if reading.low is not None and reading.high is not None:
        frame.canvas.line(x, frame.y(reading.low), x, frame.y(reading.high), f"whisker {looks}")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a mark with its looks and its name."""

    text: str
    looks: str
    shape: Shape | Literal["line"] = "square"


def draw_head(canvas: Canvas, title: str, keys: Sequence[Key]) -> float:
    """Draw the name of the vertical axis and the legend beside it, in as many lines as they need; gives the height."""
    x, y = 2.0, 13.0
    if title:
        canvas.fitted(x, y, title, "tick", room=canvas.width - 4)
        x += text_width(fit(title, canvas.width - 4)) + 24
    for key in keys:
        text = fit(key.text, canvas.width - 26)
        width = 16 + text_width(text)
        if x > 2 and x + width > canvas.width:
            x, y = 2.0, y + 18
        if key.shape == "line":
            canvas.line(x - 1, y - 4, x + 15, y - 4, key.looks)
            x += 5
        else:
            canvas.shape(key.shape, x + 5, y - 4, 4.5, key.looks)
        canvas.text(x + 14, y, text, "label", full=key.text)
        x += width + 16
    return y + 8 if title or keys else 0
