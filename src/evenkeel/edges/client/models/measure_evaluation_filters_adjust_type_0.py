from typing import Literal

MeasureEvaluationFiltersAdjustType0 = Literal["mix", "shrunk"]

MEASURE_EVALUATION_FILTERS_ADJUST_TYPE_0_VALUES: set[
    MeasureEvaluationFiltersAdjustType0
] = {
    "mix",
    "shrunk",
}


def check_measure_evaluation_filters_adjust_type_0(
    value: str,
) -> MeasureEvaluationFiltersAdjustType0:
    if value in MEASURE_EVALUATION_FILTERS_ADJUST_TYPE_0_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_EVALUATION_FILTERS_ADJUST_TYPE_0_VALUES!r}"
    )
