from typing import Literal

WorkHandOutPrelabel = Literal["hidden", "off", "shown"]

WORK_HAND_OUT_PRELABEL_VALUES: set[WorkHandOutPrelabel] = {
    "hidden",
    "off",
    "shown",
}


def check_work_hand_out_prelabel(value: str) -> WorkHandOutPrelabel:
    if value in WORK_HAND_OUT_PRELABEL_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORK_HAND_OUT_PRELABEL_VALUES!r}"
    )
