"""A floor whose figures are taken out: six people of the house, six of a vendor, and who may see what of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evenkeel.ground.access import Actor
from evenkeel.measure import FIGURE_VIEW, roll_up
from evenkeel.measure.tests.floor import NOW, Floor
from evenkeel.people import Person
from evenkeel.work.tests import factories

from ...exports.asked import Asked
from ...exports.scopes import EXPORT_MAKE, EXPORT_OWN, FACT_READ

TODAY = date(2026, 3, 3)
# What somebody has who may take rows out, but not see single people's figures.
UNNAMED = (EXPORT_MAKE, EXPORT_OWN, FACT_READ, FIGURE_VIEW)
DANGER = '=HYPERLINK("http://evil")'


@dataclass
class Taken:
    """What the tests work with."""

    floor: Floor
    scientist: Person
    manager: Person
    stranger: Person

    def actor(self, person: Person) -> Actor:
        return factories.as_actor(person)

    def unnamed(self) -> Actor:
        """The scientist with a token that leaves single people's figures out."""
        return replace(self.actor(self.scientist), only_scopes=frozenset(UNNAMED))


def take() -> Taken:
    """36 decisions and 12 audits on 2 March 2026; the vendor's people are wrong every second time."""
    floor = Floor.make(workers=12, items=3)
    decisions = [
        floor.decision(worker, item, DANGER if (worker, item) == (0, 0) else "No", queue=worker // 2 % 2)
        for worker in range(12)
        for item in range(3)
    ]
    audits = [floor.audit(worker, is_right=worker % 4 != 1, queue=worker // 2 % 2) for worker in range(12)]
    floor.write(decisions=decisions, audits=audits)
    roll_up(now=NOW)
    return Taken(
        floor=floor,
        scientist=factories.make_person("data_scientist"),
        manager=factories.make_person("vendor_manager", organisation=floor.vendor, target=floor.vendor),
        stranger=factories.make_person("vendor_manager", organisation=factories.make_vendor("Other")),
    )


def asked(**said: object) -> Asked:
    """Figures or rows of the three days around."""
    return Asked.of({"since": "2026-03-01", "until": "2026-03-04", **said}, actor=Actor.system("test"), today=TODAY)
