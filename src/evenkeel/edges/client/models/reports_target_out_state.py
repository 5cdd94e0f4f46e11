from typing import Literal

ReportsTargetOutState = Literal["cannot_tell", "met", "missed"]

REPORTS_TARGET_OUT_STATE_VALUES: set[ReportsTargetOutState] = {
    "cannot_tell",
    "met",
    "missed",
}


def check_reports_target_out_state(value: str) -> ReportsTargetOutState:
    if value in REPORTS_TARGET_OUT_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_TARGET_OUT_STATE_VALUES!r}"
    )
