"""Charts for documents: as SVG, and as a picture where the format takes no SVG."""

from __future__ import annotations

from ..charts import Chart, to_svg
from ..charts.styles import FONT

# The faces that come inside typst's wheel: nothing is fetched, and every machine draws the same.
TEXT_FACE = "Libertinus Serif"
WIDTH = 640
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 640pt)"""


def svg_of(chart: Chart) -> str:
    """The chart for paper: light, without links, in a face that is there."""
    return to_svg(chart, theme="print-light", width=WIDTH).replace(FONT, TEXT_FACE)


def png_of(chart: Chart) -> bytes:
    """The chart as a picture of 1,280 pixels' width and more."""
    import typst

    found = typst.compile(_PICTURE, format="png", ppi=150, ignore_system_fonts=True, sys_inputs={"svg": svg_of(chart)})
    if not isinstance(found, bytes):
        raise TypeError("one page gives one picture")
    return found
