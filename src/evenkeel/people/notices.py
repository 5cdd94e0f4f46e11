"""Notices: what a person should know of, in the product."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from .models import Notice, Person


def notify(persons: Iterable[Person], *, title: str, url: str, now: datetime) -> None:
    """Leave each person a notice."""
    Notice.objects.bulk_create([Notice(person=person, title=title[:200], url=url, at=now) for person in persons])


def unread_notices(person: Person) -> int:
    """How many notices wait, counted up to 100."""
    return Notice.objects.filter(person=person, read_at=None)[:100].count()


def notices_of(person: Person) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    return Notice.objects.filter(person=person).order_by("-at")


def mark_read(person: Person, *, now: datetime) -> int:
    """Mark all of a person's notices as read; her own affair, so no permission and no trail."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=now)
