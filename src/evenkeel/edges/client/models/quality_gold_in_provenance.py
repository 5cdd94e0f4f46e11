from typing import Literal

QualityGoldInProvenance = Literal[
    "adjudication", "agreement", "by_hand", "calibration", "dispute", "import"
]

QUALITY_GOLD_IN_PROVENANCE_VALUES: set[QualityGoldInProvenance] = {
    "adjudication",
    "agreement",
    "by_hand",
    "calibration",
    "dispute",
    "import",
}


def check_quality_gold_in_provenance(value: str) -> QualityGoldInProvenance:
    if value in QUALITY_GOLD_IN_PROVENANCE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {QUALITY_GOLD_IN_PROVENANCE_VALUES!r}"
    )
