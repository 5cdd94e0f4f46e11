"""A small SVG writer: escapes every text, writes no number that is not finite, knows the two themes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import Literal

from .spec import safe_link
from .styles import FONT, Theme, attributes

Anchor = Literal["start", "middle", "end"]
Shape = Literal["circle", "square", "diamond", "triangle", "down", "plus"]
FLAGS: tuple[Shape, ...] = ("diamond", "triangle", "square", "down", "plus")
"""Flagged points: one shape a rule, so that rules differ by more than their colour, which is the same."""
SHAPES: tuple[Shape, ...] = ("circle", "square", "triangle", "diamond", "down", "plus")
"""Series: one shape a line."""

# What XML 1.0 cannot hold at all, escaped or not.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Canvas:
    """One drawing of a given width; whoever draws sets its height."""

    def __init__(self, *, width: float, theme: Theme) -> None:
        self.width, self.height, self.theme = width, 0.0, theme
        self.has_links = False
        self._out: list[str] = []

    @property
    def is_narrow(self) -> bool:
        return self.width < 480

    def line(self, x1: float, y1: float, x2: float, y2: float, looks: str) -> None:
        self._out.append(
            f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}"{attributes(looks, self.theme)}/>'
        )

    def rect(self, x: float, y: float, width: float, height: float, looks: str, *, radius: float = 0) -> None:
        size = f'width="{num(max(width, 0))}" height="{num(max(height, 0))}"'
        corner = f' rx="{num(radius)}"' if radius else ""
        self._out.append(f'<rect x="{num(x)}" y="{num(y)}" {size}{corner}{attributes(looks, self.theme)}/>')

    def path(self, points: Sequence[tuple[float, float]], looks: str, *, is_closed: bool = False) -> None:
        if len(points) > 1:
            d = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + ("Z" if is_closed else "")
            self._out.append(f'<path d="{d}"{attributes(looks, self.theme)}/>')

    def shape(self, shape: Shape, x: float, y: float, radius: float, looks: str) -> None:
        """A data point's mark; all shapes look about equally heavy at the same radius."""
        if shape == "circle":
            self._out.append(f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"{attributes(looks, self.theme)}/>')
        else:
            self.path([(x + dx * radius, y + dy * radius) for dx, dy in OUTLINES[shape]], looks, is_closed=True)

    def text(
        self, x: float, y: float, text: str, looks: str, *, anchor: Anchor = "start", full: str = "", turn: int = 0
    ) -> None:
        """Text whose baseline starts, has its middle or ends at x. `full` is what a shortened text stands for."""
        where = f'x="{num(x)}" y="{num(y)}"'
        ends = "" if anchor == "start" else f' text-anchor="{anchor}"'
        turned = f' transform="rotate({turn} {num(x)} {num(y)})"' if turn else ""
        title = f"<title>{clean(full)}</title>" if full and full != text and self.theme == "page" else ""
        self._out.append(f"<text {where}{ends}{turned}{attributes(looks, self.theme)}>{clean(text)}{title}</text>")

    def fitted(self, x: float, y: float, text: str, looks: str, *, room: float, anchor: Anchor = "start") -> None:
        """Text shortened to its room, with the whole of it as title."""
        self.text(x, y, fit(text, room), looks, anchor=anchor, full=text)

    @contextmanager
    def mark(self, full: str, *, short: str = "", href: str = "") -> Iterator[None]:
        """Everything drawn inside is one point: it has a title, can be read out, and opens its rows.

        chart.js reads the short sentence aloud; the title has every digit.
        """
        if self.theme != "page":
            yield
            return
        href = safe_link(href)
        self.has_links |= bool(href)
        # Arrow keys reach the points (chart.js); a hundred tab stops would bury what follows the chart.
        tag, link = ("a", f' href="{clean(href)}" tabindex="-1"') if href else ("g", "")
        say = f' aria-label="{clean(short)}"' if short and short != full else ""
        self._out.append(f'<{tag} class="c-mark"{link}{say}><title>{clean(full)}</title>')
        yield
        self._out.append(f"</{tag}>")

    def svg(self, *, title: str, description: str, css_class: str = "", size: bool = False) -> str:
        """The whole drawing as one element."""
        box = f'viewBox="0 0 {num(self.width)} {num(self.height)}"'
        if self.theme == "page":
            # A picture may hold no links for assistive technology, a group may.
            role = "group" if self.has_links else "img"
            start = f'class="{css_class}" {box} role="{role}" aria-label="{clean(title)}"'
            start += f' width="{num(self.width)}" height="{num(self.height)}"' if size else ' tabindex="0"'
        else:
            start = f'xmlns="http://www.w3.org/2000/svg" {box} width="{num(self.width)}" height="{num(self.height)}"'
            start += f' role="img" font-family="{FONT}"'
        about = f"<title>{clean(title)}</title>" + (f"<desc>{clean(description)}</desc>" if description else "")
        return f"<svg {start}>{about}{''.join(self._out)}</svg>"


OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle": ((0, -1.25), (1.2, 0.9), (-1.2, 0.9)),
    "down": ((0, 1.25), (1.2, -0.9), (-1.2, -0.9)),
    "plus": (
        *((-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4)),
        *((0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4)),
    ),
}


def num(value: float) -> str:
    """A coordinate: one decimal is a tenth of a pixel."""
    text = f"{value:.1f}"
    if text[-1] in "nf":
        raise ValueError(f"a coordinate must be finite, not {text}")
    return text[:-2] if text[-1] == "0" else text


# Each layout of a chart writes the same texts.
@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    return escape(ILLEGAL.sub("\ufffd", text))


# In ems, nearer to DejaVu Sans than to Helvetica: where nobody knows the font, wide is the safe guess.
WIDTHS = (
    ("\u202f", 0.2),
    ("fijlI .,:;'|/\\", 0.3),
    ('rtJ!()[]-"', 0.38),
    ("csz*?_–", 0.52),
    ("abdeghknopquvxyFLT0123456789{}$€", 0.61),
    ("ABCEHKNPRSUVXYZ", 0.68),
    ("wDGOQ#&<>=+~", 0.79),
    ("mM%", 0.92),
    ("W@—…", 1.0),
)
WIDTH_OF = {letter: width for letters, width in WIDTHS for letter in letters}


@lru_cache(maxsize=8192)
def text_width(text: str, size: float = 12) -> float:
    """About how wide a text is in a common sans-serif; other scripts count as full width from U+2E80 on."""
    return size * sum(WIDTH_OF.get(letter) or (1.0 if letter >= "\u2e80" else 0.64) for letter in text)


@lru_cache(maxsize=4096)
def fit(text: str, room: float, size: float = 12) -> str:
    """The text, or as much of it as there is room for, with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    text = text[: int(room / (0.2 * size)) + 1]  # nothing longer can fit; a name may be a whole page
    while text and text_width(text, size) + size > room:
        text = text[:-1]
    return text.rstrip() + "…" if text else ""
