"""A chart of `evenkeel chart` as SVG, by the house's own drawing; works without an install."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .chart_data import SeriesData
    from .chart_kinds import Drawn

WIDTH = 960


def write_svg(
    path: Path, *, series: SeriesData, drawn: Drawn, place: int, flags: list[dict[str, Any]], kind: str
) -> None:
    """Draw one series to `path`, as a picture that stands alone."""
    _settle()
    from evenkeel.ground.charts import Axis, Control, ControlPoint, to_svg

    from .chart_kinds import SHARES

    rules = {"beyond_limits": "Beyond limits", "ewma": "Moving average"}
    said = {flag["point"]: rules[flag["rule"]] for flag in reversed(flags)}
    name = ", ".join(series.names[place].values())
    is_share = kind in SHARES and kind != "np"
    points = [
        ControlPoint(
            x=when,
            y=float(drawn.statistic[place, point]),
            centre=float(drawn.centre[place, point]),
            lower=float(drawn.lower[place, point]),
            upper=float(drawn.upper[place, point]),
            flag=said.get(point + 1, ""),
        )
        for point, when in enumerate(series.times)
    ]
    picture = Control(
        title=name or f"{kind} chart",
        description=f"{len(points)} points, {len(said)} flagged.",
        points=points,
        y=Axis(format="percent" if is_share else "number"),
        interval="none",
    )
    path.write_text(to_svg(picture, theme="print-light", width=WIDTH), encoding="utf-8")


def _settle() -> None:
    """The drawing asks Django for the words' language; without an install there is nobody to ask, so it gets a blank."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False, USE_TZ=True)
