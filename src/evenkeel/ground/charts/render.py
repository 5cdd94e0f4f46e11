"""A chart as SVG for page or document, and as a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .canvas import Canvas
from .spec import Chart, Table
from .styles import Theme

LAYOUTS = (340, 640, 960)
"""Widths a page chart is drawn for. charts.css shows the one that fits, so that text never shrinks with the screen."""


def to_svg(chart: Chart, *, theme: Theme = "page", width: int = 640) -> str:
    """The chart as markup, every text escaped.

    "page": a <div> with one <svg> for each layout up to `width` and the line that chart.js speaks in; colours are
    CSS classes. "print-light": one <svg> of exactly this width, colours resolved, no links. An inline kind
    (sparkline) is one bare <svg> in both.
    """
    if chart.is_inline:
        return _draw(chart, theme, width).svg(
            title=chart.title, description=chart.description, css_class="chart-spark", size=True
        )
    if theme != "page":
        return _draw(chart, theme, width).svg(title=chart.title, description=chart.description)
    layouts = [layout for layout in LAYOUTS if layout <= width] or [LAYOUTS[0]]
    drawings = [
        _draw(chart, theme, layout).svg(
            title=chart.title, description=chart.description, css_class=f"chart-svg chart-w{layout}"
        )
        for layout in layouts
    ]
    # Full width is only asked for by charts that have it; the class tells the style sheet which switch points apply.
    readout = '<p class="chart-readout" role="status" aria-live="polite"></p>'
    return f'<div class="chart chart-{chart.slug} chart-to{layouts[-1]}">{"".join(drawings)}{readout}</div>'


def to_table(chart: Chart) -> Table:
    """The same numbers, nothing rounded, in the order given."""
    return chart.table()


def _draw(chart: Chart, theme: Theme, width: float) -> Canvas:
    canvas = Canvas(width=width, theme=theme)
    if chart.is_empty:
        _say_empty(chart, canvas)
    else:
        chart.draw(canvas)
    return canvas


def _say_empty(chart: Chart, canvas: Canvas) -> None:
    """Nothing is known, and the picture says so instead of showing an axis without data."""
    if chart.is_inline:
        canvas.width, canvas.height = 96, 22
        canvas.text(canvas.width / 2, 15, "–", "tick", anchor="middle", full=chart.empty or _("No data yet"))
        return
    canvas.height = 120
    canvas.rect(0.5, 0.5, canvas.width - 1, 119, "fine fpaper sgrid dashed", radius=8)
    words, lines = (chart.empty or _("No data yet")).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > canvas.width / 9:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines = lines[:4]
    for index, line in enumerate(lines):
        y = 65 + (index - (len(lines) - 1) / 2) * 20
        canvas.fitted(canvas.width / 2, y, line, "quiet", room=(canvas.width - 24) * 0.85, anchor="middle")
