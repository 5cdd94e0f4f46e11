"""A small house with a partner, a programme with a queue, and people who work, audit and look on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.access import Actor
from evenkeel.ground.tests.worlds import Given, commits, made_once
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Worker,
    actor_for,
    add_organisation,
    add_person,
    add_worker,
    give_grant,
)
from evenkeel.work import (
    Decision,
    FormVersion,
    NewItem,
    Programme,
    Queue,
    add_form,
    add_items,
    add_programme,
    add_queue,
    decide,
    engage,
    fill_queue,
    take_batch,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SYSTEM = Actor.system("test")
SPEC = {
    "question": "Is the answer safe?",
    "main": "label",
    "fields": [
        {
            "name": "label",
            "kind": "single_choice",
            "title": "Answer",
            "required": True,
            "choices": [
                {"value": "Safe", "title": "Fine to show", "key": "1", "tone": "good"},
                {"value": "Unsafe", "title": "Breaks the rules", "key": "2", "tone": "bad"},
                {"value": "Unsure", "title": "Cannot say", "key": "3", "tone": "quiet"},
            ],
        },
        {"name": "comment", "kind": "text", "title": "Comment", "required": False},
    ],
}


@dataclass
class House:
    """What the tests work with; methods make more of it."""

    house: Organisation
    partner: Organisation
    programme: Programme
    queue: Queue
    form: FormVersion
    numbers: Any = field(default_factory=lambda: count(1))

    def person(
        self,
        name: str,
        *roles: str,
        organisation: Organisation | None = None,
        is_worker: bool = True,
        target: Any = None,
    ) -> Person:
        """Somebody with an account, these built-in roles, and a worker's record."""
        organisation = organisation or self.house
        made = add_person(
            SYSTEM, organisation=organisation, email=f"{name.split()[0].lower()}@example.org", name=name, now=NOW
        )
        for role in roles:
            give_grant(SYSTEM, person=made, role=Role.objects.get(slug=role), target=target, now=NOW)
        if is_worker:
            add_worker(SYSTEM, organisation=organisation, code=name.split()[0].lower(), name=name, person=made, now=NOW)
        return made

    def actor(self, person: Person) -> Actor:
        """The person as she may act."""
        return actor_for(person, now=NOW)

    def decide(self, person: Person, labels: Sequence[str], *, now: datetime = NOW) -> list[Decision]:
        """Items added, handed out and decided with these labels."""
        actor = self.actor(person)
        items = [NewItem(key=f"item-{next(self.numbers)}", content={"text": "A post about gold."}) for _ in labels]
        made = add_items(SYSTEM, programme=self.programme, items=items, now=now)
        fill_queue(SYSTEM, queue=self.queue, item_ids=[item.id for item in made], now=now)
        decisions: list[Decision] = []
        for label in labels:
            (lease, *_rest) = take_batch(actor, queue=self.queue, now=now)
            key = f"decision-{next(self.numbers):06}"
            decisions.append(
                decide(actor, lease_id=lease.id, answer={"label": label}, client_key=key, active_ms=900, now=now)
            )
        return decisions

    @property
    def later(self) -> datetime:
        """A moment when the undo window of what was decided at NOW has passed."""
        return NOW + timedelta(seconds=self.queue.undo_s)


@pytest.fixture(scope="module")
def _house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given[House]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("house"), make_house) as given:
        yield given


@pytest.fixture
def house(_house: Given[House], db: None, data_dir: Path, request: pytest.FixtureRequest) -> House:
    """The house, its partner, a programme in which both take part."""
    return _house(data_dir, commits=commits(request))


def make_house() -> House:
    """The same, for worlds that last longer than one test."""
    ours = add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
    partner = add_organisation(SYSTEM, name="Partner", now=NOW)
    programme = add_programme(SYSTEM, name="Chat safety", now=NOW)
    engage(SYSTEM, programme=programme, organisation=partner, now=NOW)
    form = add_form(SYSTEM, programme=programme, name="Safety", spec=SPEC, now=NOW)
    queue = add_queue(SYSTEM, programme=programme, name="Answers", form=form.form, now=NOW)
    return House(ours, partner, programme, queue, form)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write("labels.csv", "item,worker,label\\n...")`: a file of that name with these contents."""

    def as_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return as_file


def worker_of(person: Person) -> Worker:
    """The worker's record of a person."""
    return Worker.objects.get(person=person)
