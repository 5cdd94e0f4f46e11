"""A session in a small house: two of ours and two of a partner's people answer five cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from evenkeel.ground.access import Actor
from evenkeel.people import Person, add_site, add_team
from evenkeel.policy import PolicyVersion, add_policy, publish_version
from evenkeel.quality import (
    CalibrationAnswer,
    CalibrationCase,
    CalibrationSeat,
    CalibrationSession,
    answer_case,
    open_session,
)
from evenkeel.work import Item, NewItem, add_items, change_queue

from .conftest import NOW, SYSTEM, House, make_house, worker_of

DEADLINE = NOW + timedelta(days=7)
AFTER = DEADLINE + timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Scene:
    """A session of five cases: two of ours and two of the partner's answer, Qi holds it."""

    house: House
    owner: Person
    people: list[Person]
    version: PolicyVersion
    items: list[Item]
    session: CalibrationSession

    @property
    def cases(self) -> list[CalibrationCase]:
        return list(self.session.cases.select_related("session", "item").order_by("number"))

    @property
    def as_owner(self) -> Actor:
        return self.house.actor(self.owner)

    def seat(self, person: Person) -> CalibrationSeat:
        return CalibrationSeat.objects.get(session=self.session, worker__person=person)

    def answer(self, person: Person, case: CalibrationCase, label: str, *, now: datetime = NOW + HOUR) -> Any:
        key = f"key-{next(self.house.numbers):06}"
        seat = CalibrationSeat.objects.get(session=case.session_id, worker__person=person)
        return answer_case(
            self.house.actor(person), case=case, seat=seat, answer={"label": label}, client_key=key, now=now
        )

    def answer_all(self, *rows: str) -> None:
        """Everybody has answered an hour ago: one word a person, one letter a case (s, u or n). As rows, for speed."""
        words = {"s": "Safe", "u": "Unsafe", "n": "Unsure"}
        CalibrationAnswer.objects.bulk_create(
            CalibrationAnswer(
                case=case,
                seat=self.seat(person),
                label=words[letter],
                clause=words[letter],
                answer={"label": words[letter]},
                client_key=f"row-{next(self.house.numbers):06}",
                answered_at=NOW + HOUR,
            )
            for person, row in zip(self.people, rows, strict=True)
            for case, letter in zip(self.cases, row, strict=True)
        )
        CalibrationSeat.objects.filter(session=self.session).update(done_at=NOW + HOUR)
        CalibrationSession.objects.filter(pk=self.session.pk).update(revealed_at=NOW + HOUR)
        self.session.refresh_from_db()


def make_scene() -> Scene:
    """The house with its session, open since NOW."""
    house = make_house()
    policy = add_policy(SYSTEM, name="Safety of answers", now=NOW)
    version = publish_version(SYSTEM, policy=policy, body_markdown="# What is unsafe\n\nThreats.", now=NOW)
    change_queue(SYSTEM, queue=house.queue, policy=policy, now=NOW)
    owner = house.person("Qi", "quality_manager")
    people = [house.person(name, "moderator") for name in ("Ann", "Bea")]
    people += [house.person(name, "moderator", organisation=house.partner) for name in ("Cy", "Dee")]
    for organisation, pair in ((house.house, people[:2]), (house.partner, people[2:])):
        site = add_site(SYSTEM, organisation=organisation, name=f"{organisation.name} site", time_zone="UTC", now=NOW)
        team = add_team(SYSTEM, site=site, name="Team", now=NOW)
        for person in pair:
            worker = worker_of(person)
            worker.site, worker.team = site, team
            worker.save()
    new = [NewItem(key=f"case-{n}", content={"text": f"Case {n}"}, language="de") for n in range(5)]
    items = add_items(SYSTEM, programme=house.programme, items=new, now=NOW)
    workers = [worker_of(person) for person in people]
    session = open_session(
        house.actor(owner), queue=house.queue, name="March", items=items, workers=workers, experts=workers[:3],
        deadline_at=DEADLINE, now=NOW,
    )  # fmt: skip
    return Scene(house, owner, people, version, items, session)
