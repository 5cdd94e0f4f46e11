from typing import Literal

ImproveEffectPlanInAim = Literal["improve", "keep"]

IMPROVE_EFFECT_PLAN_IN_AIM_VALUES: set[ImproveEffectPlanInAim] = {
    "improve",
    "keep",
}


def check_improve_effect_plan_in_aim(value: str) -> ImproveEffectPlanInAim:
    if value in IMPROVE_EFFECT_PLAN_IN_AIM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPROVE_EFFECT_PLAN_IN_AIM_VALUES!r}"
    )
