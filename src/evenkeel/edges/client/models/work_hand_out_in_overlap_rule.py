from typing import Literal

WorkHandOutInOverlapRule = Literal["adaptive", "fixed", "share"]

WORK_HAND_OUT_IN_OVERLAP_RULE_VALUES: set[WorkHandOutInOverlapRule] = {
    "adaptive",
    "fixed",
    "share",
}


def check_work_hand_out_in_overlap_rule(value: str) -> WorkHandOutInOverlapRule:
    if value in WORK_HAND_OUT_IN_OVERLAP_RULE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORK_HAND_OUT_IN_OVERLAP_RULE_VALUES!r}"
    )
