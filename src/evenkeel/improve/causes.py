"""The catalogue of cause categories: one file a category in `kinds/causes/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evenkeel.ground.catalogue import Catalogue

BRANCHES = ("people", "policy", "process", "tool", "content", "measurement", "model")


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A category of causes. `branch` is its place on the fishbone; `example` is one error that it explains."""

    slug: str
    title: Any
    why: Any
    branch: str
    example: Any

    def __post_init__(self) -> None:
        if self.branch not in BRANCHES:
            raise ValueError(f"a branch is one of {', '.join(BRANCHES)}, not {self.branch!r}")


CAUSES: Catalogue[Cause] = Catalogue("cause", package="evenkeel.improve.kinds.causes")
