from typing import Literal

ReportsExplorationInAudience = Literal["organisation", "private", "team"]

REPORTS_EXPLORATION_IN_AUDIENCE_VALUES: set[ReportsExplorationInAudience] = {
    "organisation",
    "private",
    "team",
}


def check_reports_exploration_in_audience(value: str) -> ReportsExplorationInAudience:
    if value in REPORTS_EXPLORATION_IN_AUDIENCE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_EXPLORATION_IN_AUDIENCE_VALUES!r}"
    )
