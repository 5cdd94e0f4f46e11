from typing import Literal

MeasureDefinitionInSort = Literal["metric", "population", "ratio"]

MEASURE_DEFINITION_IN_SORT_VALUES: set[MeasureDefinitionInSort] = {
    "metric",
    "population",
    "ratio",
}


def check_measure_definition_in_sort(value: str) -> MeasureDefinitionInSort:
    if value in MEASURE_DEFINITION_IN_SORT_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_DEFINITION_IN_SORT_VALUES!r}"
    )
