from typing import Literal

ReportsQuestionInDrawingType0 = Literal["bars", "line", "pivot", "table"]

REPORTS_QUESTION_IN_DRAWING_TYPE_0_VALUES: set[ReportsQuestionInDrawingType0] = {
    "bars",
    "line",
    "pivot",
    "table",
}


def check_reports_question_in_drawing_type_0(
    value: str,
) -> ReportsQuestionInDrawingType0:
    if value in REPORTS_QUESTION_IN_DRAWING_TYPE_0_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_QUESTION_IN_DRAWING_TYPE_0_VALUES!r}"
    )
