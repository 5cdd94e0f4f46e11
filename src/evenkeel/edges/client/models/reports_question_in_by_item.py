from typing import Literal

ReportsQuestionInByItem = Literal[
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

REPORTS_QUESTION_IN_BY_ITEM_VALUES: set[ReportsQuestionInByItem] = {
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


def check_reports_question_in_by_item(value: str) -> ReportsQuestionInByItem:
    if value in REPORTS_QUESTION_IN_BY_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_QUESTION_IN_BY_ITEM_VALUES!r}"
    )
