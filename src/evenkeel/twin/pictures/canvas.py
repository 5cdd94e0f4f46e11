"""A small painter's canvas: flat colours from a palette, whole pixels, written as PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np

from .letters import HIGH, dots_of, lines_of

Point = tuple[float, float]
# Quiet colours that tell apart, also in grey.
COLOURS: dict[str, tuple[int, int, int]] = {
    "paper": (250, 248, 243), "wall": (226, 232, 236), "sand": (236, 222, 200), "mint": (211, 232, 220),
    "rose": (240, 216, 212),
    "wood": (176, 134, 94), "dark wood": (122, 88, 60), "ink": (38, 42, 48), "grey": (140, 148, 156), "light": (205, 210, 214),
    "blue": (56, 104, 168), "teal": (34, 128, 128), "red": (190, 58, 48), "orange": (226, 138, 48), "yellow": (244, 204, 76),
    "green": (78, 138, 82), "purple": (116, 84, 150), "white": (255, 255, 255),
}  # fmt: skip
_PLACE = {name: place for place, name in enumerate(COLOURS)}


class Canvas:
    """Shapes are laid over each other; coordinates are pixels from the upper left corner."""

    def __init__(self, width: int, height: int, colour: str) -> None:
        self.width, self.height = width, height
        self._dots = np.full((height, width), _PLACE[colour], dtype=np.uint8)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A rectangle."""
        rows, columns = self._within(top, bottom, self.height), self._within(left, right, self.width)
        self._dots[rows, columns] = _PLACE[colour]

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, *, line: float = 0.0) -> None:
        """An ellipse about (x, y), or with `line` its outline alone."""
        rows, columns = self._within(y - ry, y + ry + 1, self.height), self._within(x - rx, x + rx + 1, self.width)
        down, across = np.ogrid[rows, columns]
        far = ((across - x) / rx) ** 2 + ((down - y) / ry) ** 2
        inside = far <= 1
        if line:
            inside &= ((across - x) / max(rx - line, 1)) ** 2 + ((down - y) / max(ry - line, 1)) ** 2 > 1
        self._dots[rows, columns][inside] = _PLACE[colour]

    def shape(self, points: Sequence[Point], colour: str) -> None:
        """A polygon; a point lies in it when a ray to the right crosses its sides an odd number of times."""
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        rows, columns = self._within(min(ys), max(ys) + 1, self.height), self._within(min(xs), max(xs) + 1, self.width)
        down, across = np.ogrid[rows, columns]
        inside = np.zeros((down.shape[0], across.shape[1]), dtype=bool)
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if y1 != y2:
                inside ^= ((y1 > down) != (y2 > down)) & (across < (x2 - x1) * (down - y1) / (y2 - y1) + x1)
        self._dots[rows, columns][inside] = _PLACE[colour]

    def stroke(self, start: Point, end: Point, width: float, colour: str) -> None:
        """A straight line of some width."""
        (x1, y1), (x2, y2) = start, end
        long = max(float(np.hypot(x2 - x1, y2 - y1)), 1e-9)
        dx, dy = (y2 - y1) / long * width / 2, (x1 - x2) / long * width / 2
        self.shape([(x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)], colour)

    def words(self, x: float, y: float, said: str, size: int, colour: str, *, most: int = 99) -> None:
        """Words about (x, y), in lines of at most `most` letters; `size` is that of a dot in pixels."""
        lines = lines_of(said, most)
        step = (HIGH + 2) * size
        for number, line in enumerate(lines):
            dots = np.repeat(np.repeat(dots_of(line), size, axis=0), size, axis=1)
            top = round(y - step * len(lines) / 2 + step * number + size)
            left = round(x - dots.shape[1] / 2)
            dots = dots[max(-top, 0) :, max(-left, 0) :]
            place = self._dots[max(top, 0) :, max(left, 0) :][: dots.shape[0], : dots.shape[1]]
            place[dots[: place.shape[0], : place.shape[1]]] = _PLACE[colour]

    def png(self) -> bytes:
        """The picture as a PNG file with a palette."""
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        lines = np.concatenate([np.zeros((self.height, 1), np.uint8), self._dots], axis=1).tobytes()
        palette = bytes(part for colour in COLOURS.values() for part in colour)
        parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)

    def _within(self, start: float, end: float, most: int) -> slice:
        return slice(min(max(round(start), 0), most), min(max(round(end), 0), most))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
