from typing import Literal

ImproveRulingInParty = Literal["client", "nobody", "vendor"]

IMPROVE_RULING_IN_PARTY_VALUES: set[ImproveRulingInParty] = {
    "client",
    "nobody",
    "vendor",
}


def check_improve_ruling_in_party(value: str) -> ImproveRulingInParty:
    if value in IMPROVE_RULING_IN_PARTY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPROVE_RULING_IN_PARTY_VALUES!r}"
    )
