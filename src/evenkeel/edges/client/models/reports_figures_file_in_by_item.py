from typing import Literal

ReportsFiguresFileInByItem = Literal[
    "organisation", "programme", "queue", "site", "team", "worker"
]

REPORTS_FIGURES_FILE_IN_BY_ITEM_VALUES: set[ReportsFiguresFileInByItem] = {
    "organisation",
    "programme",
    "queue",
    "site",
    "team",
    "worker",
}


def check_reports_figures_file_in_by_item(value: str) -> ReportsFiguresFileInByItem:
    if value in REPORTS_FIGURES_FILE_IN_BY_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_FIGURES_FILE_IN_BY_ITEM_VALUES!r}"
    )
