from typing import Literal

ImproveEffectPlanInDimension = Literal["", "organisation", "queue", "site", "team"]

IMPROVE_EFFECT_PLAN_IN_DIMENSION_VALUES: set[ImproveEffectPlanInDimension] = {
    "",
    "organisation",
    "queue",
    "site",
    "team",
}


def check_improve_effect_plan_in_dimension(value: str) -> ImproveEffectPlanInDimension:
    if value in IMPROVE_EFFECT_PLAN_IN_DIMENSION_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPROVE_EFFECT_PLAN_IN_DIMENSION_VALUES!r}"
    )
