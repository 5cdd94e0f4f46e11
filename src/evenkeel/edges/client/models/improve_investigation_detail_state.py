from typing import Literal

ImproveInvestigationDetailState = Literal["closed", "open"]

IMPROVE_INVESTIGATION_DETAIL_STATE_VALUES: set[ImproveInvestigationDetailState] = {
    "closed",
    "open",
}


def check_improve_investigation_detail_state(
    value: str,
) -> ImproveInvestigationDetailState:
    if value in IMPROVE_INVESTIGATION_DETAIL_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPROVE_INVESTIGATION_DETAIL_STATE_VALUES!r}"
    )
