from typing import Literal

EvaluateMetricByItem = Literal[
    "organisation", "programme", "queue", "site", "team", "worker"
]

EVALUATE_METRIC_BY_ITEM_VALUES: set[EvaluateMetricByItem] = {
    "organisation",
    "programme",
    "queue",
    "site",
    "team",
    "worker",
}


def check_evaluate_metric_by_item(value: str) -> EvaluateMetricByItem:
    if value in EVALUATE_METRIC_BY_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {EVALUATE_METRIC_BY_ITEM_VALUES!r}"
    )
