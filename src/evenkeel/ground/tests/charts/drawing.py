"""Reading a drawn chart back, for the tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from evenkeel.ground.charts import Chart, to_svg
from evenkeel.ground.charts.canvas import text_width
from evenkeel.ground.charts.styles import STYLES

SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup: str) -> ElementTree.Element:
    """The markup as a tree; fails where it is not well-formed."""
    return ElementTree.fromstring(markup)  # noqa: S314 - our own output


def layouts(chart: Chart, width: int = 640) -> list[ElementTree.Element]:
    """The drawings of a page chart, narrow first."""
    root = parsed(to_svg(chart, width=width))
    return [root] if root.tag == "svg" else root.findall("svg")


def marks(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in drawing.iter() if each.get("class", "").split()[:1] == ["c-mark"]]


def titles(drawing: ElementTree.Element) -> list[str]:
    return [mark.findtext("title", "") for mark in marks(drawing)]


def looks(element: ElementTree.Element) -> set[str]:
    return {name.removeprefix("c-") for name in element.get("class", "").split()}


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def boxes(drawing: ElementTree.Element) -> list[Box]:
    """Where every text of a drawing is, a little smaller than drawn so that touching is not overlapping."""
    found = []
    for element in drawing.iter("text"):
        text = element.text or ""
        size = max((float(STYLES[look].get("font-size", 0)) for look in looks(element)), default=12.0)
        size = 10.0 if "tiny" in looks(element) else 11.0 if "small" in looks(element) else size
        width, x, y = text_width(text, size), float(element.get("x", 0)), float(element.get("y", 0))
        if turn := element.get("transform"):
            assert re.match(r"rotate\(-90 ", turn)
            found.append(Box(text, x - size * 0.6, y - width, x, y))
            continue
        start = {"start": x, "middle": x - width / 2, "end": x - width}[element.get("text-anchor", "start")]
        found.append(Box(text, start + 1, y - size * 0.7, start + width - 1, y))
    return found


def overlaps(drawing: ElementTree.Element) -> list[tuple[str, str]]:
    return [(a.text, b.text) for a, b in combinations(boxes(drawing), 2) if a.meets(b)]


def outside(drawing: ElementTree.Element) -> list[str]:
    width, height = (float(part) for part in drawing.get("viewBox", "").split()[2:])
    return [
        box.text
        for box in boxes(drawing)
        if box.left < -1 or box.right > width + 1 or box.top < -1 or box.bottom > height + 1
    ]
