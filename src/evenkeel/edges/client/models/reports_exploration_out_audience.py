from typing import Literal

ReportsExplorationOutAudience = Literal["organisation", "private", "team"]

REPORTS_EXPLORATION_OUT_AUDIENCE_VALUES: set[ReportsExplorationOutAudience] = {
    "organisation",
    "private",
    "team",
}


def check_reports_exploration_out_audience(value: str) -> ReportsExplorationOutAudience:
    if value in REPORTS_EXPLORATION_OUT_AUDIENCE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_EXPLORATION_OUT_AUDIENCE_VALUES!r}"
    )
