from typing import Literal

ImproveInvestigationOutState = Literal["closed", "open"]

IMPROVE_INVESTIGATION_OUT_STATE_VALUES: set[ImproveInvestigationOutState] = {
    "closed",
    "open",
}


def check_improve_investigation_out_state(value: str) -> ImproveInvestigationOutState:
    if value in IMPROVE_INVESTIGATION_OUT_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPROVE_INVESTIGATION_OUT_STATE_VALUES!r}"
    )
