"""Planted events: what can befall the organisation, one file a kind in `kinds/events/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from evenkeel.ground.catalogue import Catalogue

if TYPE_CHECKING:
    import numpy as np

    from .wide.day import Judged, Work
    from .wide.plan import EventPlan

PLACES = ("programme", "organisation", "site", "team", "market", "clause")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A number (or, with `is_text`, a name) that an event takes; without a default it must be given."""

    why: str
    default: float | str | None = None
    least: float = 0.0
    most: float = 1.0
    is_text: bool = False


class Event:
    """A kind of event. A subclass overrides the hooks it needs; what it does not override it leaves alone.

    `is_fault`: a good watch of accuracy should raise a signal. `blames`: the names of `where` (and `clause`) that a good
    search for the cause should name.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    why: ClassVar[str]
    # Where the sizes that it is given come from.
    source: ClassVar[str] = ""
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    is_fault: ClassVar[bool] = True

    def __init__(self, plan: EventPlan) -> None:
        self.plan = plan
        self.settings: Mapping[str, Any] = plan.settings

    def lean(self, market: str, clause: str) -> float:
        """By what the odds of a clause in a market are multiplied."""
        return 1.0

    def speed(self, work: Work) -> Any:
        """By what each decision's seconds are multiplied; asked before a day's number of decisions is known, by worker."""
        return 1.0

    def err(self, work: Work, error: np.ndarray[Any, Any]) -> None:
        """Add to each decision's error, on the logit scale, in place."""

    def answer(self, work: Work, rng: np.random.Generator) -> None:
        """Change answers in place, after they were given, and with them the chance that they are right."""

    def hurry(self, work: Work, rng: np.random.Generator) -> None:
        """Change active times in place."""

    def judge(self, judged: Judged, rng: np.random.Generator) -> None:
        """Change auditors' answers in place."""

    def hires(self, day: int, team: str) -> float:
        """The share of a team that is replaced by new people on a day."""
        return 0.0

    @property
    def blames(self) -> Mapping[str, str]:
        """The cell that holds the cause, by names of PLACES."""
        return dict(self.plan.where)


EVENTS: Catalogue[type[Event]] = Catalogue("event", package="evenkeel.twin.kinds.events")


def planted(
    kind: str, *, from_day: int, until_day: int | None = None, where: Mapping[str, str] | None = None, **settings: Any
) -> EventPlan:
    """An event as a scenario file would plant it: what is not said is the kind's own default."""
    from .wide.plan import EventPlan

    own = {name: each.default for name, each in EVENTS[kind].parameters.items()} | settings
    return EventPlan(kind=kind, from_day=from_day, until_day=until_day, where=where or {}, settings=own)
