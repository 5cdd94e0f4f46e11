"""Boxes and polygons between our measure (shares of the picture) and others' (percent, pixels). Pure arithmetic.

A box is `{"label", "shape": "box", "x", "y", "w", "h"}`, a polygon `{"label", "shape": "polygon", "points"}`; all
numbers are shares of the picture's width and height, from its upper left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, isfinite, radians, sin
from typing import Any

# Shares are kept to a ten-thousandth of a pixel of a picture 100,000 pixels wide: reading what was written gives it back.
_DIGITS = 9
_TENTH_OF_THOUSANDTH = 4
_NOISE = 1e-9
_SIDES, _NUMBERS = ("x", "y", "w", "h"), frozenset((int, float))


def share(value: float, whole: float) -> float:
    """A length as a share of the whole. Raises `ValueError` for what is no length."""
    made = value / whole if whole else float("nan")
    if not isfinite(made):
        raise ValueError(f"{value} of {whole}")
    return round(made, _DIGITS)


def box(label: str, *, x: float, y: float, width: float, height: float, of: tuple[float, float]) -> dict[str, Any]:
    """A box from lengths in a picture of the size `of` (100, 100 for percent)."""
    return {
        "label": label,
        "shape": "box",
        "x": share(x, of[0]),
        "y": share(y, of[1]),
        "w": share(width, of[0]),
        "h": share(height, of[1]),
    }


def polygon(label: str, points: Sequence[Sequence[float]], *, of: tuple[float, float]) -> dict[str, Any]:
    """A polygon from points in a picture of the size `of`."""
    made = [[share(float(x), of[0]), share(float(y), of[1])] for x, y in points]
    if len(made) < 3:
        raise ValueError("a polygon has three points")
    return {"label": label, "shape": "polygon", "points": made}


def turned_box(
    label: str, *, x: float, y: float, width: float, height: float, degrees: float, of: tuple[float, float]
) -> dict[str, Any]:
    """A box that is turned clockwise about its upper left corner, as the polygon that it is; lengths in pixels of `of`.

    >>> turned_box("a", x=50, y=50, width=10, height=20, degrees=90, of=(100, 100))["points"]
    [[0.5, 0.5], [0.5, 0.6], [0.3, 0.6], [0.3, 0.5]]
    """
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    return polygon(label, [(x + a * cosine - b * sine, y + a * sine + b * cosine) for a, b in corners], of=of)


def pixels(part: float, whole: float) -> float:
    """A share as a length, which `share` reads back as it was: the plain number that it was made from, where there is one.

    >>> share(7, 333) * 333, pixels(share(7, 333), 333)
    (6.999999993, 7.0)
    """
    length = part * whole
    plain = round(length, _TENTH_OF_THOUSANDTH)
    return plain if round(plain / whole, _DIGITS) == part else length


def end_of(start: float, length: float) -> float:
    """Where a length ends, without the noise of adding: 0.1 and 0.2 end at 0.3."""
    end = start + length
    plain = round(end, _TENTH_OF_THOUSANDTH)
    return plain if abs(plain - end) < _NOISE else end


def bounds(region: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """x, y, width and height of a region, in shares."""
    if region.get("shape") == "polygon":
        across, down = zip(*region["points"], strict=True)
        return min(across), min(down), max(across) - min(across), max(down) - min(down)
    return region["x"], region["y"], region["w"], region["h"]


def area(region: Mapping[str, Any], *, of: tuple[float, float]) -> float:
    """The area of a region in square pixels of a picture of the size `of`; a polygon's by the shoelace formula."""
    if region.get("shape") != "polygon":
        return float(region["w"] * of[0] * region["h"] * of[1])
    points = [(x * of[0], y * of[1]) for x, y in region["points"]]
    around = zip(points, [*points[1:], points[0]], strict=True)
    return float(abs(sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in around)) / 2)


def is_region(said: Any) -> bool:
    """Whether a value of an answer is a box or a polygon."""
    # What JSON holds are dicts: asking for that takes a tenth of asking for any mapping.
    if not isinstance(said, dict):
        return False
    if said.get("shape") == "polygon":
        return isinstance(said.get("points"), list | tuple) and len(said["points"]) >= 3
    return _NUMBERS.issuperset(map(type, map(said.get, _SIDES)))
