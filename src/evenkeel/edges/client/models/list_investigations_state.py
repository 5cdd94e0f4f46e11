from typing import Literal

ListInvestigationsState = Literal["all", "closed", "open"]

LIST_INVESTIGATIONS_STATE_VALUES: set[ListInvestigationsState] = {
    "all",
    "closed",
    "open",
}


def check_list_investigations_state(value: str) -> ListInvestigationsState:
    if value in LIST_INVESTIGATIONS_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_INVESTIGATIONS_STATE_VALUES!r}"
    )
