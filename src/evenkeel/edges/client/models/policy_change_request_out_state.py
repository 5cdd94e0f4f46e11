from typing import Literal

PolicyChangeRequestOutState = Literal["accepted", "proposed", "published", "refused"]

POLICY_CHANGE_REQUEST_OUT_STATE_VALUES: set[PolicyChangeRequestOutState] = {
    "accepted",
    "proposed",
    "published",
    "refused",
}


def check_policy_change_request_out_state(value: str) -> PolicyChangeRequestOutState:
    if value in POLICY_CHANGE_REQUEST_OUT_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {POLICY_CHANGE_REQUEST_OUT_STATE_VALUES!r}"
    )
