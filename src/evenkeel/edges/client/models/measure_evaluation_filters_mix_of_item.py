from typing import Literal

MeasureEvaluationFiltersMixOfItem = Literal[
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

MEASURE_EVALUATION_FILTERS_MIX_OF_ITEM_VALUES: set[
    MeasureEvaluationFiltersMixOfItem
] = {
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


def check_measure_evaluation_filters_mix_of_item(
    value: str,
) -> MeasureEvaluationFiltersMixOfItem:
    if value in MEASURE_EVALUATION_FILTERS_MIX_OF_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_EVALUATION_FILTERS_MIX_OF_ITEM_VALUES!r}"
    )
