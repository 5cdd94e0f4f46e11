from typing import Literal

MeasureWatchInSort = Literal["off", "on"]

MEASURE_WATCH_IN_SORT_VALUES: set[MeasureWatchInSort] = {
    "off",
    "on",
}


def check_measure_watch_in_sort(value: str) -> MeasureWatchInSort:
    if value in MEASURE_WATCH_IN_SORT_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_WATCH_IN_SORT_VALUES!r}"
    )
