from typing import Literal

MeasureSaidInSort = Literal["metric", "population", "ratio"]

MEASURE_SAID_IN_SORT_VALUES: set[MeasureSaidInSort] = {
    "metric",
    "population",
    "ratio",
}


def check_measure_said_in_sort(value: str) -> MeasureSaidInSort:
    if value in MEASURE_SAID_IN_SORT_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_SAID_IN_SORT_VALUES!r}"
    )
