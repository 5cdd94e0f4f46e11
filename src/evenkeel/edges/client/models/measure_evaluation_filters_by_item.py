from typing import Literal

MeasureEvaluationFiltersByItem = Literal[
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

MEASURE_EVALUATION_FILTERS_BY_ITEM_VALUES: set[MeasureEvaluationFiltersByItem] = {
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


def check_measure_evaluation_filters_by_item(
    value: str,
) -> MeasureEvaluationFiltersByItem:
    if value in MEASURE_EVALUATION_FILTERS_BY_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_EVALUATION_FILTERS_BY_ITEM_VALUES!r}"
    )
