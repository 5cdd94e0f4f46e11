"""Colours: one table for page and document, readable, and apart for colour-blind readers."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from evenkeel import ground
from evenkeel.ground.charts.styles import DARK, LIGHT, SERIES, STYLES, css, tokens

CSS = (Path(ground.__path__[0]) / "static/ground/css/charts.css").read_text()

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
BLINDNESS = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


def linear(colour: str) -> Rgb:
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (r, g, b))
    return r, g, b


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 for r, g, b in (linear(one), linear(other))), reverse=True
    )
    return light / dark


def seen(colour: str, matrix: tuple[Rgb, Rgb, Rgb]) -> Rgb:
    """The colour in CIE L*a*b* as a colour-blind reader sees it."""
    rgb = linear(colour)
    r, g, b = (min(max(sum(m * c for m, c in zip(row, rgb, strict=True)), 0), 1) for row in matrix)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_the_style_sheet_says_what_the_table_says() -> None:
    assert tokens() in CSS
    assert css() in CSS


def test_both_themes_have_the_same_colours_by_name() -> None:
    assert LIGHT.keys() == DARK.keys()
    used = {value[1:] for rules in STYLES.values() for value in rules.values() if value[:1] == "@"}
    assert used <= LIGHT.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_has_a_contrast_of_at_least_4_5_and_marks_of_3(theme: dict[str, str]) -> None:
    for name in ("ink", "muted", "good", "warn", "bad", *SERIES):
        assert contrast(theme[name], theme["paper"]) >= 4.5, name
    for name in SERIES:
        assert contrast(theme["on"], theme[name]) >= 4.5, name
    assert contrast(theme["muted"], theme["band"]) >= 4.5
    assert contrast(theme["ink"], theme["soft"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", BLINDNESS)
def test_the_first_three_series_stay_apart_for_colour_blind_readers(theme: dict[str, str], name: str) -> None:
    """Further ones may come near each other in colour; dash, shape and label tell every line apart anyway."""
    for one, other in combinations(SERIES[:3], 2):
        a, b = seen(theme[one], BLINDNESS[name]), seen(theme[other], BLINDNESS[name])
        assert sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5 > 12, (one, other)
