from typing import Literal

MeasureEvaluationFiltersAim = Literal["process", "these"]

MEASURE_EVALUATION_FILTERS_AIM_VALUES: set[MeasureEvaluationFiltersAim] = {
    "process",
    "these",
}


def check_measure_evaluation_filters_aim(value: str) -> MeasureEvaluationFiltersAim:
    if value in MEASURE_EVALUATION_FILTERS_AIM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_EVALUATION_FILTERS_AIM_VALUES!r}"
    )
