from typing import Literal

QualityRhythmInEvery = Literal["day", "hour", "week"]

QUALITY_RHYTHM_IN_EVERY_VALUES: set[QualityRhythmInEvery] = {
    "day",
    "hour",
    "week",
}


def check_quality_rhythm_in_every(value: str) -> QualityRhythmInEvery:
    if value in QUALITY_RHYTHM_IN_EVERY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {QUALITY_RHYTHM_IN_EVERY_VALUES!r}"
    )
