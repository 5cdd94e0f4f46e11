"""Whether a scenario may be brought into an install: nothing that is there may mix with what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evenkeel.ground.errors import NotNow
from evenkeel.ground.log import read
from evenkeel.people import Organisation, Person
from evenkeel.policy import Policy
from evenkeel.work import DECISIONS, Decision, Programme

from .plan import Plan
from .programmes import parts_of

OWNER, EXPERT = "quality@example.org", "expert@example.org"


def expert() -> Person:
    """Who agrees with the owner on golden items and settles where auditors differ, in a run by acts."""
    return Person.objects.get(email=EXPERT)


class NotEmpty(NotNow):
    """The install holds what would mix with a scenario's; the sentence names all of it."""


def insist_on_room(plan: Plan, *, truth: Path) -> None:
    """Raise `NotEmpty` unless the install is new, or has no more than its own organisation, people and empty programmes."""
    found = list(_in_the_way(plan, truth))
    if found:
        raise NotEmpty(
            f"The scenario would mix with what is here: this install has {'; '.join(found)}. "
            "Give the twin a folder of its own (--out)."
        )


def _in_the_way(plan: Plan, truth: Path) -> Iterator[str]:
    vendors = {site.organisation for site in plan.sites} - {plan.house}
    taken = Organisation.objects.filter(name__in=vendors).order_by("name").values_list("name", flat=True)
    yield from (f"an organisation already of the name {name}" for name in taken)
    if (
        not Organisation.objects.filter(is_house=True).exists()
        and Organisation.objects.filter(name=plan.house).exists()
    ):
        yield f"an organisation already of the name {plan.house}"
    for part in parts_of(plan):
        if Programme.objects.filter(name=part.title[:120]).exists():
            yield f"a programme called {part.title[:120]}"
        if Policy.objects.filter(name=part.policy_name).exists():
            yield f"a policy called {part.policy_name}"
    found = Person.objects.filter(email__in=(OWNER, EXPERT)).order_by("email").values_list("email", flat=True)
    yield from (f"somebody with the address {email}" for email in found)
    # Nights of the scenario roll up and watch everything: days that were lived here would be judged by its calendar.
    decisions = Decision.objects.count()
    if decisions or read(DECISIONS).head(1).to_pyarrow().num_rows:
        yield f"decisions of its own ({decisions})" if decisions else "decisions in its log"
    if truth.exists():
        yield f"the truth of an earlier run in {truth}"
