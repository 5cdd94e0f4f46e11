from typing import Literal

EvaluateMetricMixOfItem = Literal[
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

EVALUATE_METRIC_MIX_OF_ITEM_VALUES: set[EvaluateMetricMixOfItem] = {
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


def check_evaluate_metric_mix_of_item(value: str) -> EvaluateMetricMixOfItem:
    if value in EVALUATE_METRIC_MIX_OF_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {EVALUATE_METRIC_MIX_OF_ITEM_VALUES!r}"
    )
