from typing import Literal

WorkHandOutInPrelabel = Literal["hidden", "off", "shown"]

WORK_HAND_OUT_IN_PRELABEL_VALUES: set[WorkHandOutInPrelabel] = {
    "hidden",
    "off",
    "shown",
}


def check_work_hand_out_in_prelabel(value: str) -> WorkHandOutInPrelabel:
    if value in WORK_HAND_OUT_IN_PRELABEL_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORK_HAND_OUT_IN_PRELABEL_VALUES!r}"
    )
