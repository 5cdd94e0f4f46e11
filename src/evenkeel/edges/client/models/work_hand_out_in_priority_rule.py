from typing import Literal

WorkHandOutInPriorityRule = Literal["arrival", "risk"]

WORK_HAND_OUT_IN_PRIORITY_RULE_VALUES: set[WorkHandOutInPriorityRule] = {
    "arrival",
    "risk",
}


def check_work_hand_out_in_priority_rule(value: str) -> WorkHandOutInPriorityRule:
    if value in WORK_HAND_OUT_IN_PRIORITY_RULE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORK_HAND_OUT_IN_PRIORITY_RULE_VALUES!r}"
    )
