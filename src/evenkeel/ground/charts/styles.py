"""Every look that a chart may use, once: the page's CSS classes and the document's attributes come from this table.

A value that starts with @ is a colour by name: `var(--chart-name)` on a page, a resolved colour in a document.
`css()` writes the classes for `static/ground/css/charts.css`; a test keeps file and table the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Theme = Literal["page", "print-light"]

# Chosen to differ under deuteranopia and protanopia and to carry white text; dark mode has its own set in charts.css.
LIGHT = {
    "ink": "#1c2430",
    "muted": "#5b6675",
    "grid": "#e3e7ec",
    "paper": "#ffffff",
    "on": "#ffffff",
    "1": "#1f5fae",
    "2": "#b9480a",
    "3": "#0d7a69",
    "4": "#8f3a8c",
    "5": "#7a5d00",
    "6": "#546170",
    "good": "#1a7a3c",
    "warn": "#946000",
    "bad": "#b3202c",
    "band": "#eef2f7",
    "soft": "#8bacd8",
}
DARK = {
    "ink": "#e9edf2",
    "muted": "#a2adba",
    "grid": "#2b323c",
    "paper": "#14181f",
    "on": "#10141a",
    "1": "#79aef2",
    "2": "#f0955c",
    "3": "#52cdb4",
    "4": "#dd92d8",
    "5": "#d8bb55",
    "6": "#a7b4c2",
    "good": "#6ccf8d",
    "warn": "#e6b04a",
    "bad": "#ff8680",
    "band": "#1e2530",
    "soft": "#47689a",
}

FONT = "Inter, Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
SERIES = ("1", "2", "3", "4", "5", "6")
DASHES = ("none", "7 3", "2 3", "9 3 2 3", "4 4", "12 4")
TONES = ("good", "warn", "bad", "muted", "ink", "paper", "soft", "grid")

STYLES: dict[str, dict[str, str]] = {
    "grid": {"stroke": "@grid", "stroke-width": "1"},
    "axis": {"stroke": "@muted", "stroke-width": "1"},
    "tick": {"fill": "@muted", "font-size": "12"},
    "label": {"fill": "@ink", "font-size": "12"},
    "strong": {"fill": "@ink", "font-size": "12", "font-weight": "600"},
    "small": {"fill": "@muted", "font-size": "11"},
    "tiny": {"font-size": "10"},
    "on": {"fill": "@on", "font-size": "11.5"},
    "quiet": {"fill": "@muted", "font-size": "14"},
    "halo": {"stroke": "@paper", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
    "line": {"fill": "none", "stroke-width": "1.75", "stroke-linejoin": "round", "stroke-linecap": "round"},
    "fine": {"fill": "none", "stroke-width": "1"},
    "whisker": {"fill": "none", "stroke-width": "1.25"},
    "outline": {"stroke-width": "1.5"},
    "fnone": {"fill": "none"},
    "ring": {"stroke": "@paper", "stroke-width": "1"},
    "dashed": {"stroke-dasharray": "5 3"},
    "dotted": {"stroke-dasharray": "1.5 3"},
    "band": {"fill": "@band"},
    "tint": {"fill-opacity": "0.16"},
    "soft": {"fill-opacity": "0.65"},
    "pale": {"fill-opacity": "0.4"},
    "faint": {"stroke-opacity": "0.5"},
    **{f"s{name}": {"stroke": f"@{name}"} for name in (*SERIES, *TONES)},
    **{f"f{name}": {"fill": f"@{name}"} for name in (*SERIES, *TONES)},
    **{f"d{name}": {"stroke-dasharray": dash} for name, dash in zip(SERIES, DASHES, strict=True)},
    # Five steps of shade for heat tables; the ink stays readable on the deepest.
    **{f"heat{step}": {"fill": "@1", "fill-opacity": f"{step * 0.08:.2f}"} for step in range(6)},
}


@lru_cache(maxsize=1024)
def attributes(looks: str, theme: Theme) -> str:
    """The attributes that give an element its looks, names apart by spaces. Where two looks set the same thing, the one
    further down in the table wins, as in the style sheet."""
    if not looks:
        return ""
    if theme == "page":
        return ' class="' + " ".join(f"c-{look}" for look in looks.split() if STYLES[look]) + '"'
    merged: dict[str, str] = {}
    for look in sorted(looks.split(), key=list(STYLES).index):
        merged |= STYLES[look]
    return "".join(f' {name}="{LIGHT[value[1:]] if value[:1] == "@" else value}"' for name, value in merged.items())


def css() -> str:
    """The classes of all looks as CSS."""
    return "".join(
        f".chart .c-{look}, .chart-spark .c-{look} {{ {_rules(rules)} }}\n" for look, rules in STYLES.items()
    )


def _rules(rules: dict[str, str]) -> str:
    texts = []
    for name, value in rules.items():
        value = f"var(--chart-{value[1:]})" if value[:1] == "@" else value
        texts.append(f"{name}: {value}{'px' if name == 'font-size' else ''};")
    return " ".join(texts)


def tokens() -> str:
    """The colours of both themes as custom properties; light-dark() follows color-scheme, which data-theme sets."""
    # Halos and hollow marks must vanish into what is behind the chart, so the paper is the page's own surface.
    lines = [
        f"  --chart-{name}: {f'var(--surface, {both})' if name == 'paper' else both};\n"
        for name, light in LIGHT.items()
        for both in [f"light-dark({light}, {DARK[name]})"]
    ]
    return ":root {\n" + "".join(lines) + "}\n"
