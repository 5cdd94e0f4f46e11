from typing import Literal

EvaluateMetricByItem = Literal[
    "hour",
    "item_kind",
    "label",
    "language",
    "market",
    "organisation",
    "policy_version",
    "programme",
    "queue",
    "severity",
    "site",
    "source",
    "state",
    "team",
    "tenure",
    "worker",
]

EVALUATE_METRIC_BY_ITEM_VALUES: set[EvaluateMetricByItem] = {
    "hour",
    "item_kind",
    "label",
    "language",
    "market",
    "organisation",
    "policy_version",
    "programme",
    "queue",
    "severity",
    "site",
    "source",
    "state",
    "team",
    "tenure",
    "worker",
}


def check_evaluate_metric_by_item(value: str) -> EvaluateMetricByItem:
    if value in EVALUATE_METRIC_BY_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {EVALUATE_METRIC_BY_ITEM_VALUES!r}"
    )
