from typing import Literal

MeasureWatchInKind = Literal["organisation", "programme", "queue", "site", "team"]

MEASURE_WATCH_IN_KIND_VALUES: set[MeasureWatchInKind] = {
    "organisation",
    "programme",
    "queue",
    "site",
    "team",
}


def check_measure_watch_in_kind(value: str) -> MeasureWatchInKind:
    if value in MEASURE_WATCH_IN_KIND_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MEASURE_WATCH_IN_KIND_VALUES!r}"
    )
