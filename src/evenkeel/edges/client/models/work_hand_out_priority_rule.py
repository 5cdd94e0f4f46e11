from typing import Literal

WorkHandOutPriorityRule = Literal["arrival", "risk"]

WORK_HAND_OUT_PRIORITY_RULE_VALUES: set[WorkHandOutPriorityRule] = {
    "arrival",
    "risk",
}


def check_work_hand_out_priority_rule(value: str) -> WorkHandOutPriorityRule:
    if value in WORK_HAND_OUT_PRIORITY_RULE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORK_HAND_OUT_PRIORITY_RULE_VALUES!r}"
    )
