from typing import Literal

ReportsTileInCompare = Literal["before", "none", "year"]

REPORTS_TILE_IN_COMPARE_VALUES: set[ReportsTileInCompare] = {
    "before",
    "none",
    "year",
}


def check_reports_tile_in_compare(value: str) -> ReportsTileInCompare:
    if value in REPORTS_TILE_IN_COMPARE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_TILE_IN_COMPARE_VALUES!r}"
    )
