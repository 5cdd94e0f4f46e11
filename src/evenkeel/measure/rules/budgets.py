"""From a budget of false alarms to the rate that each series is allowed, and what came of the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

# What holds where nobody has set anything: false alarms a week.
OF_ORGANISATION = 0.5
OF_PERSON = 1.0
# Of every budget, what the floor's figures get while there are any.
FLOOR_PART = 0.25
# No series is laxer than a textbook chart, however few there are, nor so strict that only one point in ten million passes.
_LEAST, _MOST = 1e-7, 1 / 200

POINTS_A_WEEK: Mapping[Literal["day", "week", "hour"], int] = {"day": 7, "week": 1, "hour": 168}


@dataclass(frozen=True, kw_only=True)
class Share:
    """Whose budgets a series draws on: its organisation's (the house's where it is nobody's) and its owner's."""

    key: Hashable
    grain: Literal["day", "week", "hour"]
    organisation_id: UUID | None
    owner_id: UUID | None


def rates(
    shares: Sequence[Share],
    *,
    organisations: Mapping[UUID | None, float] | None = None,
    people: Mapping[UUID, float] | None = None,
    part: float = 1.0,
) -> dict[Hashable, float]:
    """Alarms a point that each series may raise while nothing changes, so that both budgets hold.

    rate = min(organisation's / its series, owner's / her series) / points a week: an even part of either, the smaller one,
    and never more than 1/200, which is what a textbook chart raises: few series do not use their budget up. `part` of the
    budgets is shared out: what is watched day by day and what is watched every few minutes draw on the same ones.

    >>> from uuid import UUID
    >>> she = UUID(int=1)
    >>> found = rates([Share(key=n, grain="day", organisation_id=None, owner_id=she) for n in range(100)])
    >>> round(found[0] * 7 * 100, 6)
    0.5
    """
    organisations, people = organisations or {}, people or {}
    of_organisation = Counter(share.organisation_id for share in shares)
    of_person = Counter(share.owner_id for share in shares)
    found = {}
    for share in shares:
        allowed = organisations.get(share.organisation_id, OF_ORGANISATION) / of_organisation[share.organisation_id]
        if share.owner_id is not None:
            allowed = min(allowed, people.get(share.owner_id, OF_PERSON) / of_person[share.owner_id])
        found[share.key] = min(max(part * allowed / POINTS_A_WEEK[share.grain], _LEAST), _MOST)
    return found


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A budget over some weeks: what was allowed, what was raised, and what of it was said to be noise."""

    per_week: float
    weeks: int
    raised: int
    noise: int
    open: int

    @property
    def allowed(self) -> float:
        """How many false alarms the budget allows over these weeks."""
        return self.per_week * self.weeks

    @property
    def is_kept(self) -> bool:
        """Whether what was said to be noise could come from a budget that is kept: not beyond its 97.5 % Poisson point."""
        from scipy.special import pdtr

        return self.noise == 0 or float(pdtr(self.noise - 1, self.allowed)) < 0.975
