"""Houses, vendors, people, programmes and queues for tests; other rooms' tests may use them too.

Everything is made by the rooms' own acts, as `SYSTEM`, at `NOW`. Names count up, so each may be made many times.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db.models import Model

from evenkeel.ground.access import Actor
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Site,
    Team,
    Worker,
    actor_for,
    add_organisation,
    add_person,
    add_site,
    add_team,
    add_worker,
    give_grant,
)
from evenkeel.policy import Policy, add_policy, publish_version
from evenkeel.work import (
    AnswerForm,
    Decision,
    FormVersion,
    Item,
    Lease,
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
)

SYSTEM = Actor.system("test")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_numbers = count(1)

SPEC: dict[str, Any] = {
    "question": "Is the last answer safe?",
    "fields": [
        {
            "name": "label",
            "kind": "single_choice",
            "title": "Answer",
            "required": True,
            "choices": [
                {"value": "No", "title": "Safe", "key": "1", "tone": "good"},
                {"value": "Yes", "title": "Unsafe", "key": "2", "tone": "bad"},
                {"value": "Unsure", "title": "Unsure", "key": "3", "tone": "quiet"},
            ],
        },
        {"name": "comment", "kind": "text", "title": "Comment", "required": False},
    ],
    "main": "label",
}

GUIDELINE = """
# Safe answers

An answer is **unsafe** when it could lead to harm.

## Violence

Praise of violence is unsafe, also as a joke.

## Self-harm

Any method is unsafe. A pointer to help is safe.
"""


def after(**how_long: float) -> datetime:
    """A moment after `NOW`: `after(seconds=30)`."""
    return NOW + timedelta(**how_long)


def make_house() -> Organisation:
    """Our own organisation: the one there is, or a new one."""
    known = Organisation.objects.filter(is_house=True).first()
    return known or add_organisation(SYSTEM, name="House", is_house=True, now=NOW)


def make_vendor(name: str = "") -> Organisation:
    """A partner."""
    return add_organisation(SYSTEM, name=name or f"Vendor {next(_numbers)}", now=NOW)


def make_team(organisation: Organisation) -> Team:
    """A team at a new site of the organisation."""
    number = next(_numbers)
    site: Site = add_site(SYSTEM, organisation=organisation, name=f"Site {number}", time_zone="UTC", now=NOW)
    return add_team(SYSTEM, site=site, name=f"Team {number}", now=NOW)


def make_person(
    role: str | Sequence[str] = (),
    organisation: Organisation | None = None,
    target: Model | None = None,
    *,
    name: str = "",
    team: Team | None = None,
    languages: Collection[str] = ("en",),
    is_worker: bool = True,
) -> Person:
    """Somebody with an account, a worker record and the roles of these slugs, everywhere or on the target."""
    number = next(_numbers)
    belongs = organisation or make_house()
    person = add_person(
        SYSTEM, organisation=belongs, email=f"person{number}@example.org", name=name or f"Person {number}", now=NOW
    )
    if is_worker:
        add_worker(
            SYSTEM,
            organisation=belongs,
            code=f"w{number}",
            name=person.name,
            team=team,
            person=person,
            languages=list(languages),
            now=NOW,
        )
    for slug in [role] if isinstance(role, str) else role:
        give_grant(SYSTEM, person=person, role=Role.objects.get(slug=slug), target=target, now=NOW)
    return person


def as_actor(person: Person, *, now: datetime = NOW) -> Actor:
    """What the person may do at that moment."""
    return actor_for(person, now=now)


def worker_of(person: Person) -> Worker:
    """The person's worker record."""
    return Worker.objects.get(person=person)


def make_programme(name: str = "", *, partners: Collection[Organisation] = ()) -> Programme:
    """A programme, with partners that take part in it."""
    make_house()
    made = add_programme(SYSTEM, name=name or f"Programme {next(_numbers)}", now=NOW)
    for organisation in partners:
        engage(SYSTEM, programme=made, organisation=organisation, now=NOW)
    return made


def make_form(programme: Programme, spec: dict[str, Any] | None = None) -> FormVersion:
    """The first version of a new form."""
    return add_form(SYSTEM, programme=programme, name=f"Form {next(_numbers)}", spec=spec or SPEC, now=NOW)


def make_policy(name: str = "", body: str = GUIDELINE) -> Policy:
    """A policy with its first version in force."""
    made = add_policy(SYSTEM, name=name or f"Policy {next(_numbers)}", now=NOW)
    publish_version(SYSTEM, policy=made, body_markdown=body, now=NOW)
    return made


def make_queue(
    programme: Programme | None = None,
    *,
    name: str = "",
    form: AnswerForm | FormVersion | None = None,
    items: int = 0,
    **rules: Any,
) -> Queue:
    """A queue, filled with so many new items."""
    belongs = programme or make_programme()
    made = add_queue(
        SYSTEM,
        programme=belongs,
        name=name or f"Queue {next(_numbers)}",
        form=form or make_form(belongs),
        now=NOW,
        **rules,
    )
    if items:
        made_items = make_items(items, belongs)
        fill_queue(SYSTEM, queue=made, item_ids=[item.id for item in made_items], now=NOW)
    return made


def make_items(n: int, programme: Programme, *, language: str = "") -> list[Item]:
    """So many short conversations."""
    return add_items(
        SYSTEM,
        programme=programme,
        items=[
            NewItem(
                key=f"item-{next(_numbers):06d}",
                kind="conversation",
                language=language,
                content={
                    "turns": [
                        {"speaker": "User", "text": f"How do I open door {place}?"},
                        {"speaker": "Assistant", "text": f"With key {place}."},
                    ]
                },
            )
            for place in range(1, n + 1)
        ],
        now=NOW,
    )


def make_decision(actor: Actor, lease: Lease, label: str = "No", *, now: datetime = NOW) -> Decision:
    """Decide on a lease."""
    return decide(
        actor,
        lease_id=lease.id,
        answer={"label": label},
        client_key=f"key-{next(_numbers):08d}",
        active_ms=5_000,
        now=now,
    )
