from typing import Literal

ReportsQuestionInFair = Literal["label", "language", "none", "queue", "shrunk"]

REPORTS_QUESTION_IN_FAIR_VALUES: set[ReportsQuestionInFair] = {
    "label",
    "language",
    "none",
    "queue",
    "shrunk",
}


def check_reports_question_in_fair(value: str) -> ReportsQuestionInFair:
    if value in REPORTS_QUESTION_IN_FAIR_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_QUESTION_IN_FAIR_VALUES!r}"
    )
