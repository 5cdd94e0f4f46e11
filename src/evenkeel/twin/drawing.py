"""The table of scores as a chart: every share that has a goal, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from evenkeel.ground.charts import Axis, Forest, Row, to_svg

from .scoring import Line


def drawn(lines: Sequence[Line]) -> str:
    """Shares with a goal as an SVG forest, in the order of the table; the goal stands in the row's name."""
    rows = [
        Row(label=f"{line.score}: {line.name} ({line.goal})", value=line.estimate)
        for line in lines
        if line.hits is not None and line.n and line.goal
    ]
    chart = Forest(
        title="Scores of the twin",
        description="Each share with its 95 % interval; what was aimed at stands in brackets.",
        rows=rows,
        x=Axis(title="Share", format="percent"),
    )
    return str(to_svg(chart, theme="print-light", width=900))
