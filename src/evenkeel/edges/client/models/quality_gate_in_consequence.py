from typing import Literal

QualityGateInConsequence = Literal["retrain", "route_away", "warn"]

QUALITY_GATE_IN_CONSEQUENCE_VALUES: set[QualityGateInConsequence] = {
    "retrain",
    "route_away",
    "warn",
}


def check_quality_gate_in_consequence(value: str) -> QualityGateInConsequence:
    if value in QUALITY_GATE_IN_CONSEQUENCE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {QUALITY_GATE_IN_CONSEQUENCE_VALUES!r}"
    )
