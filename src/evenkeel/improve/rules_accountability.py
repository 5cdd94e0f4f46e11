"""Who answers for a rise of errors: derived from where and by how many people the error is repeated, never from a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evenkeel.kernel import Estimate, wilson
from evenkeel.measure import difference

Party = Literal["vendor", "client", "nobody", "unknown"]

# An organisation with fewer audits in either window says nothing about itself.
LEAST_AUDITS = 20
# So much of the excess in one organisation is "in one organisation".
CONCENTRATED = 0.8
# An error that fewer people repeat is theirs, not their organisation's way of working.
REPEATED_BY = 3


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One organisation's audits in both windows: errors and audits, and how many of its people erred now."""

    organisation: str
    name: str
    is_house: bool
    errors_before: float
    n_before: float
    errors_now: float
    n_now: float
    people: int
    people_wrong: int

    @property
    def change(self) -> Estimate:
        """How much its share of errors rose (Newcombe's interval); unknown with too few audits."""
        if min(self.n_before, self.n_now) < LEAST_AUDITS:
            return Estimate.unknown(method="newcombe_difference")
        return difference(_share(self.errors_before, self.n_before), _share(self.errors_now, self.n_now))

    @property
    def has_risen(self) -> bool:
        """Whether the rise is beyond chance."""
        return self.change.has_interval and self.change.low > 0

    @property
    def excess(self) -> float:
        """Errors now beyond what its own past leads to."""
        return self.errors_now - self.n_now * self.errors_before / self.n_before if self.n_before else 0.0


@dataclass(frozen=True, kw_only=True)
class Derived:
    """Who answers for it by the figures. `why` is one of the sentences of `words.WHY_ACCOUNTABLE`."""

    party: Party
    why: str
    organisation: str = ""
    share: float | None = None
    spreads: tuple[Spread, ...] = ()


def derive(verdict: str, spreads: Sequence[Spread]) -> Derived:
    """Nobody where no rate changed. One vendor where nearly all of the rise is its own, by several of its people, while
    others did not rise. The client where two or more organisations rose alike: then policy, tool or process is common to
    them; or where it is the house's own people. Otherwise the figures do not say.
    """
    listed = tuple(sorted(spreads, key=lambda each: -each.excess))
    if verdict in ("mix", "none", "chance", "no_data"):
        return Derived(party="nobody", why="no_change", spreads=listed)
    risen = [each for each in listed if each.has_risen]
    if not risen:
        return Derived(party="unknown", why="too_thin", spreads=listed)
    if len(risen) > 1:
        return Derived(party="client", why="everywhere", spreads=listed)
    first = risen[0]
    share = first.excess / sum(max(each.excess, 0.0) for each in listed)
    known = [each for each in listed if each.change.has_interval]
    said = {"organisation": first.organisation, "share": share, "spreads": listed}
    if first.is_house:
        return Derived(party="client", why="own_people", **said)  # type: ignore[arg-type]
    if len(known) < 2:
        return Derived(party="unknown", why="alone", **said)  # type: ignore[arg-type]
    if share < CONCENTRATED:
        return Derived(party="unknown", why="scattered", **said)  # type: ignore[arg-type]
    if first.people_wrong < REPEATED_BY:
        return Derived(party="unknown", why="few_people", **said)  # type: ignore[arg-type]
    return Derived(party="vendor", why="one_vendor", **said)  # type: ignore[arg-type]


def _share(errors: float, n: float) -> Estimate:
    return wilson(min(errors, n), n)
