from typing import Literal

EvaluateMetricAim = Literal["process", "these"]

EVALUATE_METRIC_AIM_VALUES: set[EvaluateMetricAim] = {
    "process",
    "these",
}


def check_evaluate_metric_aim(value: str) -> EvaluateMetricAim:
    if value in EVALUATE_METRIC_AIM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {EVALUATE_METRIC_AIM_VALUES!r}"
    )
