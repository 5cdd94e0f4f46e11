"""Things for sale, drawn: each in a square whose side is given, from a corner that is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .canvas import Canvas


@dataclass(frozen=True)
class Easel:
    """A square of a canvas, measured from 0 to 1."""

    canvas: Canvas
    left: float
    top: float
    side: float

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A rectangle of the square."""
        self.canvas.box(self._x(left), self._y(top), self._x(right), self._y(bottom), colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, *, line: float = 0.0) -> None:
        """An ellipse of the square."""
        side = self.side
        self.canvas.oval(self._x(x), self._y(y), rx * side, ry * side, colour, line=line * side)

    def stroke(self, x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 0.04) -> None:
        """A line of the square."""
        self.canvas.stroke((self._x(x1), self._y(y1)), (self._x(x2), self._y(y2)), width * self.side, colour)

    def shape(self, colour: str, *points: tuple[float, float]) -> None:
        """A polygon of the square."""
        self.canvas.shape([(self._x(x), self._y(y)) for x, y in points], colour)

    def _x(self, x: float) -> float:
        return self.left + x * self.side

    def _y(self, y: float) -> float:
        return self.top + y * self.side


def _bicycle(at: Easel, colour: str) -> None:
    for x in (0.22, 0.78):
        at.oval(x, 0.68, 0.2, 0.2, "ink", line=0.03)
        at.oval(x, 0.68, 0.03, 0.03, "grey")
    for line in ((0.22, 0.68, 0.38, 0.36), (0.38, 0.36, 0.68, 0.36), (0.68, 0.36, 0.5, 0.68), (0.5, 0.68, 0.22, 0.68),
                 (0.38, 0.36, 0.5, 0.68), (0.66, 0.26, 0.78, 0.68)):  # fmt: skip
        at.stroke(*line, colour)
    at.stroke(0.6, 0.24, 0.74, 0.22, "ink")
    at.box(0.3, 0.29, 0.46, 0.33, "ink")


def _chair(at: Easel, colour: str) -> None:
    at.box(0.28, 0.1, 0.72, 0.46, colour)
    at.box(0.34, 0.16, 0.66, 0.4, "light")
    at.shape(colour, (0.22, 0.52), (0.78, 0.52), (0.84, 0.62), (0.16, 0.62))
    for x in (0.2, 0.74):
        at.box(x, 0.62, x + 0.06, 0.95, "dark wood")
    for x in (0.3, 0.64):
        at.box(x, 0.46, x + 0.06, 0.52, "dark wood")


def _desk(at: Easel, colour: str) -> None:
    at.box(0.04, 0.4, 0.96, 0.48, "wood")
    for x in (0.08, 0.86):
        at.box(x, 0.48, x + 0.06, 0.9, "dark wood")
    at.box(0.54, 0.48, 0.84, 0.78, "wood")
    for y in (0.55, 0.68):
        at.box(0.57, y - 0.04, 0.81, y + 0.05, colour)
        at.oval(0.69, y, 0.02, 0.02, "ink")


def _camera(at: Easel, colour: str) -> None:
    at.box(0.08, 0.3, 0.92, 0.8, "ink")
    at.box(0.08, 0.4, 0.92, 0.7, colour)
    at.box(0.38, 0.2, 0.62, 0.3, "ink")
    at.oval(0.5, 0.55, 0.2, 0.2, "light")
    at.oval(0.5, 0.55, 0.16, 0.16, "ink")
    at.oval(0.45, 0.5, 0.05, 0.05, "grey")
    at.box(0.76, 0.33, 0.86, 0.38, "yellow")


def _lamp(at: Easel, colour: str) -> None:
    at.shape(colour, (0.34, 0.08), (0.66, 0.08), (0.8, 0.36), (0.2, 0.36))
    at.box(0.48, 0.36, 0.52, 0.88, "ink")
    at.oval(0.5, 0.92, 0.2, 0.05, "ink")
    at.oval(0.5, 0.37, 0.1, 0.03, "yellow")


def _tent(at: Easel, colour: str) -> None:
    at.shape(colour, (0.5, 0.14), (0.98, 0.86), (0.02, 0.86))
    at.shape("ink", (0.5, 0.36), (0.66, 0.86), (0.34, 0.86))
    at.shape("yellow", (0.5, 0.36), (0.5, 0.86), (0.34, 0.86))
    at.stroke(0.02, 0.86, 0.98, 0.86, "dark wood", width=0.03)


def _coat(at: Easel, colour: str) -> None:
    at.shape(colour, (0.36, 0.14), (0.64, 0.14), (0.92, 0.58), (0.8, 0.64), (0.7, 0.46), (0.74, 0.92), (0.26, 0.92),
             (0.3, 0.46), (0.2, 0.64), (0.08, 0.58))  # fmt: skip
    at.shape("light", (0.42, 0.14), (0.58, 0.14), (0.5, 0.3))
    for y in (0.4, 0.54, 0.68, 0.82):
        at.oval(0.5, y, 0.02, 0.02, "ink")


def _laptop(at: Easel, colour: str) -> None:
    at.box(0.16, 0.18, 0.84, 0.66, "ink")
    at.box(0.2, 0.22, 0.8, 0.62, colour)
    at.shape("grey", (0.16, 0.66), (0.84, 0.66), (0.96, 0.82), (0.04, 0.82))
    at.shape("ink", (0.22, 0.69), (0.78, 0.69), (0.83, 0.76), (0.17, 0.76))


# By the words of listings.
GOODS: Mapping[str, Callable[[Easel, str], None]] = MappingProxyType(
    {
        "a folding bicycle": _bicycle, "a set of six chairs": _chair, "an oak desk": _desk, "a film camera": _camera,
        "a standing lamp": _lamp, "a tent for four": _tent, "a winter coat": _coat, "a gaming laptop": _laptop,
    }
)  # fmt: skip
PAINTS = ("blue", "teal", "red", "orange", "green", "purple")
