"""Gates of projects, and votes: decisions on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A phase as a new project of its kind has it: its name and what must be true at its end."""

    title: StrOrPromise
    criteria: tuple[StrOrPromise, ...]


GATES: Mapping[str, tuple[Gate, ...]] = {
    "dmaic": (
        Gate(
            title=_("Define"),
            criteria=(_("The problem has a figure and an owner"), _("The goal has a figure and a day")),
        ),
        Gate(
            title=_("Measure"),
            criteria=(_("The figure is measured with its interval"), _("Auditors agree on what is counted")),
        ),
        Gate(title=_("Analyse"), criteria=(_("Causes are ranked and backed by cases"),)),
        Gate(
            title=_("Improve"),
            criteria=(_("Every action has a frozen effect plan"), _("At least one action is effective")),
        ),
        Gate(title=_("Control"), criteria=(_("The figure is watched and owned"), _("What was learnt is written down"))),
    ),
    "kaizen": (
        Gate(title=_("Plan"), criteria=(_("The problem has a figure and an owner"),)),
        Gate(title=_("Do"), criteria=(_("The action has a frozen effect plan"),)),
        Gate(title=_("Check"), criteria=(_("The check of the action is here"),)),
        Gate(title=_("Act"), criteria=(_("What was learnt is written down"),)),
    ),
}


def may_pass(criteria: Sequence[str], met: Sequence[bool]) -> bool:
    """Whether a gate may be passed: every criterion was looked at, and is met.

    >>> may_pass(["a", "b"], [True, True]), may_pass(["a", "b"], [True])
    (True, False)
    """
    return len(met) == len(criteria) and all(met)


def next_gate(passed: Sequence[bool]) -> int | None:
    """The place of the first gate that is not passed: gates are passed in their order. None when all are.

    >>> next_gate([True, False, False]), next_gate([True])
    (1, None)
    """
    return next((place for place, is_passed in enumerate(passed) if not is_passed), None)


def count_votes(votes: Iterable[tuple[K, V]], merged_into: Mapping[K, K | None]) -> dict[K, int]:
    """Votes by suggestion: one a person, those for what was merged into it among them.

    `votes` are (suggestion, person). A suggestion that was merged keeps no count of its own.

    >>> count_votes([("a", 1), ("b", 1), ("b", 2)], {"a": None, "b": "a"})
    {'a': 2}
    """
    people: dict[K, set[V]] = {}
    for suggestion, person in votes:
        people.setdefault(root_of(suggestion, merged_into), set()).add(person)
    return {suggestion: len(voters) for suggestion, voters in people.items()}


def root_of(suggestion: K, merged_into: Mapping[K, K | None]) -> K:
    """The suggestion that another one ended up in."""
    seen: set[K] = set()
    while (above := merged_into.get(suggestion)) is not None and suggestion not in seen:
        seen.add(suggestion)
        suggestion = above
    return suggestion
