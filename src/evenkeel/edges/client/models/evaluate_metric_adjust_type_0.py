from typing import Literal

EvaluateMetricAdjustType0 = Literal["mix", "shrunk"]

EVALUATE_METRIC_ADJUST_TYPE_0_VALUES: set[EvaluateMetricAdjustType0] = {
    "mix",
    "shrunk",
}


def check_evaluate_metric_adjust_type_0(value: str) -> EvaluateMetricAdjustType0:
    if value in EVALUATE_METRIC_ADJUST_TYPE_0_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {EVALUATE_METRIC_ADJUST_TYPE_0_VALUES!r}"
    )
