from typing import Literal

ImproveEffectPlanInComparison = Literal[
    "before_after", "coaching", "matched", "staggered", "with_controls"
]

IMPROVE_EFFECT_PLAN_IN_COMPARISON_VALUES: set[ImproveEffectPlanInComparison] = {
    "before_after",
    "coaching",
    "matched",
    "staggered",
    "with_controls",
}


def check_improve_effect_plan_in_comparison(
    value: str,
) -> ImproveEffectPlanInComparison:
    if value in IMPROVE_EFFECT_PLAN_IN_COMPARISON_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPROVE_EFFECT_PLAN_IN_COMPARISON_VALUES!r}"
    )
