from typing import Literal

WorkerSkillBy = Literal["class", "language", "policy"]

WORKER_SKILL_BY_VALUES: set[WorkerSkillBy] = {
    "class",
    "language",
    "policy",
}


def check_worker_skill_by(value: str) -> WorkerSkillBy:
    if value in WORKER_SKILL_BY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WORKER_SKILL_BY_VALUES!r}"
    )
