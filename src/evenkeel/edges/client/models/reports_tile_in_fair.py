from typing import Literal

ReportsTileInFair = Literal["label", "language", "none", "queue", "shrunk"]

REPORTS_TILE_IN_FAIR_VALUES: set[ReportsTileInFair] = {
    "label",
    "language",
    "none",
    "queue",
    "shrunk",
}


def check_reports_tile_in_fair(value: str) -> ReportsTileInFair:
    if value in REPORTS_TILE_IN_FAIR_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_TILE_IN_FAIR_VALUES!r}"
    )
