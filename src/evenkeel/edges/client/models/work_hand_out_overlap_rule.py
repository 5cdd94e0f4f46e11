from typing import Literal

WorkHandOutOverlapRule = Literal["adaptive", "fixed", "share"]

WORK_HAND_OUT_OVERLAP_RULE_VALUES: set[WorkHandOutOverlapRule] = {
    "adaptive",
    "fixed",
    "share",
}


def check_work_hand_out_overlap_rule(value: str) -> WorkHandOutOverlapRule:
    if value in WORK_HAND_OUT_OVERLAP_RULE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORK_HAND_OUT_OVERLAP_RULE_VALUES!r}"
    )
