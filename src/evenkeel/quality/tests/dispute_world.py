"""A programme with findings to dispute: Mo and Pia decided, Ada found wrong, Sol and Qi may arbitrate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from evenkeel.ground.access import Actor
from evenkeel.people import Person, add_organisation
from evenkeel.quality import Verdict, draw_due, give_verdict, start_plan, take_audit
from evenkeel.work import add_form, add_programme, add_queue, engage

from .conftest import NOW, SPEC, SYSTEM, House


@dataclass
class Findings:
    """Who is there, and the verdicts: `mo` on Mo's three decisions, `pia` on Pia's two at the partner. All found wrong."""

    house: House
    mo: Person
    pia: Person
    ada: Person
    sol: Person
    qi: Person
    vera: Person
    of_mo: list[Verdict]
    of_pia: list[Verdict]

    @property
    def now(self) -> datetime:
        """An hour after everything was found."""
        return NOW + timedelta(hours=1)

    def actor(self, person: Person) -> Actor:
        """The person as she may act."""
        return self.house.actor(person)


def build_findings() -> Findings:
    """The world, made by acts."""
    ours = add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
    partner = add_organisation(SYSTEM, name="Partner", now=NOW)
    programme = add_programme(SYSTEM, name="Chat safety", now=NOW)
    engage(SYSTEM, programme=programme, organisation=partner, now=NOW)
    form = add_form(SYSTEM, programme=programme, name="Safety", spec=SPEC, now=NOW)
    queue = add_queue(SYSTEM, programme=programme, name="Answers", form=form.form, now=NOW)
    house = House(ours, partner, programme, queue, form)
    mo, ada = house.person("Mo", "moderator"), house.person("Ada", "qa_specialist")
    pia = house.person("Pia", "moderator", organisation=partner)
    sol, qi = house.person("Sol", "specialist"), house.person("Qi", "quality_manager")
    vera = house.person("Vera", "vendor_manager", "specialist", organisation=partner)
    start_plan(SYSTEM, programme=programme, name="All", rate=1, now=NOW)
    house.decide(mo, ["Safe"] * 3)
    house.decide(pia, ["Safe"] * 2)
    draw_due(house.later)
    auditor, at = house.actor(ada), house.later
    while task := take_audit(auditor, now=at):
        give_verdict(
            auditor, task_id=task.pk, answer={"label": "Unsafe"}, comment="A slur.", client_key=f"verdict-{task.pk}",
            now=at,
        )  # fmt: skip
    found = list(Verdict.objects.select_related("draw__decision").order_by("id"))
    of_mo = [each for each in found if each.draw.decision.worker.person_id == mo.pk]
    of_pia = [each for each in found if each.draw.decision.worker.person_id == pia.pk]
    return Findings(house, mo, pia, ada, sol, qi, vera, of_mo, of_pia)
