"""Who is told of what happens in a programme. A notice says where to look and never what the item shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from evenkeel.people import Person, people_with

from .models import Programme


def people_of(scope: str, *, programme: Programme, now: datetime) -> list[Person]:
    """Our own people who have the scope in the programme. A partner's are told of what is theirs alone, one by one."""
    found = people_with(scope, now=now, kind="programme", target_id=programme.pk)
    ours = Person.objects.filter(pk__in=[person.pk for person in found], organisation__is_house=True)
    return list(ours.order_by("name", "id"))


def owners_of(programme: Programme, *, scope: str, now: datetime) -> list[Person]:
    """The programme's owner; where it has none, everybody of ours with the scope in it."""
    if programme.owner is not None and programme.owner.is_active:
        return [programme.owner]
    return people_of(scope, programme=programme, now=now)


def without(people: Iterable[Person], person_id: object) -> list[Person]:
    """Those people without whoever acts: nobody is told of her own deeds."""
    return [person for person in people if person.pk != person_id]
