from typing import Literal

ReportsTileInDrawingType0 = Literal["bars", "line", "pivot", "table"]

REPORTS_TILE_IN_DRAWING_TYPE_0_VALUES: set[ReportsTileInDrawingType0] = {
    "bars",
    "line",
    "pivot",
    "table",
}


def check_reports_tile_in_drawing_type_0(value: str) -> ReportsTileInDrawingType0:
    if value in REPORTS_TILE_IN_DRAWING_TYPE_0_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_TILE_IN_DRAWING_TYPE_0_VALUES!r}"
    )
