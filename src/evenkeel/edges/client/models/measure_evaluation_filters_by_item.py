from typing import Literal

MeasureEvaluationFiltersByItem = Literal[
    "organisation", "programme", "queue", "site", "team", "worker"
]

MEASURE_EVALUATION_FILTERS_BY_ITEM_VALUES: set[MeasureEvaluationFiltersByItem] = {
    "organisation",
    "programme",
    "queue",
    "site",
    "team",
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
