"""Photos as sellers put them up, drawn: the thing in a room, a wall of offers, a demand for money ahead, a note on a door.

What breaks the policy stands in the picture itself, so that whoever looks can judge it; `alt` says in words what is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from .canvas import Canvas
from .goods import GOODS, PAINTS, Easel

_WIDE, _HIGH = 560, 420
_PRICES = (12, 18, 25, 40, 55, 80, 120, 150, 240, 360)
_WALLS = ("wall", "mint", "sand", "rose")
SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Spam": (
            "Best prices! {n}00 offers", "Follow us, share: bonus", "Earn {price} a day from home",
            "Subscribe: code in every video",
        ),
        "Scam": (
            "Pay half ahead by gift card", "Send {price} euros first", "I am abroad, my cousin brings it",
            "Write to me outside this site",
        ),
        "Abuse": (
            "To my buyer: you are a liar", "Stay away from my door, you clown", "You never pay anyway, pathetic",
            "She is a waste of space",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawn photo: its bytes (PNG), what is seen in it, and the line under it."""

    content: bytes
    alt: str
    caption: str


def picture(label: str, rng: np.random.Generator) -> Picture:
    """One photo of a listing whose true answer is `label`; the same generator draws the same bytes."""
    good = str(rng.choice(list(GOODS)))
    price, paint = int(rng.choice(_PRICES)), str(rng.choice(PAINTS))
    sign = str(rng.choice(SIGNS.get(label, ("",)))).format(price=price, n=int(rng.integers(2, 9)))
    canvas = {"Spam": _offers, "Scam": _money_ahead, "Abuse": _note}.get(label, _room)(good, price, paint, sign, rng)
    seen = f"a sign says: {sign}." if sign else f"a tag says {price} euros."
    return Picture(content=canvas.png(), alt=f"A photo of {good}; {seen}", caption=f"{good[0].upper()}{good[1:]}")


def _room(good: str, price: int, paint: str, sign: str, rng: np.random.Generator) -> Canvas:
    canvas = _empty_room(rng)
    side = float(rng.uniform(210, 270))
    left = float(rng.uniform(60, 440 - side))
    GOODS[good](Easel(canvas, left, 345 - side, side), paint)
    x = left + side + 55
    canvas.shape([(x - 50, 130), (x - 30, 105), (x + 50, 105), (x + 50, 155), (x - 30, 155)], "yellow")
    canvas.oval(x - 34, 130, 5, 5, "ink")
    canvas.words(x + 10, 130, str(price), 4, "ink")
    return canvas


def _offers(good: str, price: int, paint: str, sign: str, rng: np.random.Generator) -> Canvas:
    canvas = Canvas(_WIDE, _HIGH, "yellow")
    names = list(GOODS)
    for number in range(15):
        x, y = 8 + number % 5 * 110, 8 + number // 5 * 138
        canvas.box(x, y, x + 104, y + 130, "white")
        drawn = good if number % 3 == 0 else str(rng.choice(names))
        GOODS[drawn](Easel(canvas, x + 12, y + 6, 80), str(rng.choice(PAINTS)))
        canvas.words(x + 52, y + 108, f"-{int(rng.integers(3, 9))}0%", 3, "red")
    points = [(_WIDE / 2 + far * 1.75 * np.cos(turn), _HIGH / 2 + far * np.sin(turn))
              for far, turn in zip([150, 118] * 12, np.linspace(0, 2 * np.pi, 24, endpoint=False), strict=True)]  # fmt: skip
    canvas.shape([(float(x), float(y)) for x, y in points], "red")
    canvas.words(_WIDE / 2, _HIGH / 2, sign, 5, "white", most=12)
    return canvas


def _money_ahead(good: str, price: int, paint: str, sign: str, rng: np.random.Generator) -> Canvas:
    canvas = _empty_room(rng)
    GOODS[good](Easel(canvas, 30, 150, 200), paint)
    canvas.box(258, 60, 550, 236, "white")
    canvas.shape([(290, 236), (330, 236), (262, 280)], "white")
    canvas.words(404, 148, sign, 4, "ink", most=11)
    left = float(rng.uniform(300, 380))
    canvas.box(left, 296, left + 150, 386, "teal")
    canvas.box(left, 312, left + 150, 330, "ink")
    canvas.words(left + 75, 357, f"{price} EUR", 3, "white")
    return canvas


def _note(good: str, price: int, paint: str, sign: str, rng: np.random.Generator) -> Canvas:
    canvas = Canvas(_WIDE, _HIGH, str(rng.choice(_WALLS)))
    canvas.box(120, 10, 440, 420, "dark wood")
    canvas.box(140, 30, 420, 420, "wood")
    canvas.oval(402, 250, 9, 9, "yellow")
    tilt = float(rng.uniform(-10, 10))
    canvas.shape([(152, 80 + tilt), (392, 80 - tilt), (392, 300 - tilt), (152, 300 + tilt)], "paper")
    canvas.oval(272, 92, 6, 6, "red")
    canvas.words(272, 190, sign, 4, "red", most=9)
    GOODS[good](Easel(canvas, 448, 300, 105), paint)
    return canvas


def _empty_room(rng: np.random.Generator) -> Canvas:
    canvas = Canvas(_WIDE, _HIGH, str(rng.choice(_WALLS)))
    canvas.box(0, 335, _WIDE, _HIGH, "wood")
    for y in (355, 385):
        canvas.box(0, y, _WIDE, y + 2, "dark wood")
    if rng.random() < 0.6:
        canvas.box(400, 20, 530, 95, "white")
        canvas.box(408, 28, 522, 87, "light")
        canvas.box(463, 20, 467, 95, "white")
    return canvas
