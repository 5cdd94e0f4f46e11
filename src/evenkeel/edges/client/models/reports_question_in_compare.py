from typing import Literal

ReportsQuestionInCompare = Literal["before", "none", "year"]

REPORTS_QUESTION_IN_COMPARE_VALUES: set[ReportsQuestionInCompare] = {
    "before",
    "none",
    "year",
}


def check_reports_question_in_compare(value: str) -> ReportsQuestionInCompare:
    if value in REPORTS_QUESTION_IN_COMPARE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_QUESTION_IN_COMPARE_VALUES!r}"
    )
