"""Erasure: nobody can tell any more who a worker was, and every count stays what it is."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

from evenkeel.ground import access, log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.append_only import guard, guarded_tables, lift

from .. import scopes
from ..erasing import pointing_at
from ..following import let_everybody_follow, let_everybody_forget
from ..models import Person, Presence, TimeRequest, Worker, WorkerSkill
from .checks import insist_on_text

NAME = "Erased person"
# What tells of her alone and what no count needs.
_FORGOTTEN: tuple[type[Model], ...] = (WorkerSkill, Presence)


def erase_worker(actor: Actor, *, worker: Worker, reason: str, now: datetime) -> Worker:
    """Put a pseudonym in a worker's place, in every table and in the log, and forget her account; returns what is left.

    The pseudonym is HMAC-SHA256 of her id under a key that is drawn for this and kept nowhere. All her rows share it, so
    that whoever counts people, or compares two answers of one person, still counts and compares the same. `reason` stands
    in the trail: it should name nobody. What the trail said of her before stays as it was sealed.

    Her last day must have been noted. Files of the log follow in the job `erase_from_log`.
    """
    access.require(actor, scopes.WORKER_ERASE, worker)
    # Whoever sums up the log must know the old rows, or their sums would miss them.
    log.settle(now)
    with act(scopes.WORKER_ERASE, actor, on=worker, now=now) as deed:
        reason = insist_on_text("reason", reason, most=300)
        deed.require(worker.left_on is not None, _("Her last day is not noted yet: note it first."))
        person = worker.person
        if person is not None:
            deed.require(actor.person_id != person.pk, _("Somebody else has to erase you."))
            deed.require(
                actor.is_system or not person.is_staff, _("Only the operator's command line erases operators.")
            )
        left = _stand_in(worker)
        with _open_tables():
            moved = _point(Worker, worker.pk, left.pk)
            for forgotten in _FORGOTTEN:
                forgotten._default_manager.filter(worker=left).delete()
            TimeRequest.objects.filter(worker=left).update(reason="", remark="")
            _forget_names(worker, person)
            let_everybody_follow(left.pk)
            if person is not None:
                let_everybody_forget(person.pk)
        log.ask_to_replace(worker.pk, left.pk, now=now)
        Worker.objects.filter(pk=worker.pk).delete()
        if person is not None:
            _forget_account(person, left.code)
        deed.record(
            "erased",
            on=left,
            organisation_id=left.organisation_id,
            reason=reason,
            rows=moved,
            account=person is not None,
        )
        deed.tell("worker.erased", worker_id=left.pk)
        return left


def _stand_in(worker: Worker) -> Worker:
    key = secrets.token_bytes(32)
    pseudonym = UUID(bytes=hmac.new(key, worker.pk.bytes, hashlib.sha256).digest()[:16], version=4)
    # Organisation, site and team are those of her rows; without them the pseudonym would belong nowhere.
    return Worker.objects.create(
        pk=pseudonym,
        organisation_id=worker.organisation_id,
        site_id=worker.site_id,
        team_id=worker.team_id,
        code=f"erased-{pseudonym.hex[:12]}",
        name=NAME,
        left_on=worker.left_on,
        created_at=worker.created_at,
    )


@contextmanager
def _open_tables() -> Iterator[None]:
    """Tables that only grow, open for the one change that they allow; closed again before the transaction ends."""
    touched = {model._meta.db_table for model, _name in pointing_at(Worker)}
    touched |= {model._meta.db_table for model in _with_names()}
    closed = sorted(touched & set(guarded_tables(connection)))
    for table in closed:
        lift(connection, table)
    yield
    if connection.vendor == "postgresql":
        # Foreign keys are checked at the end; PostgreSQL makes no trigger on a table that waits for that.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in closed:
        guard(connection, table)


def _point(target: type[Model], old: UUID, new: UUID) -> int:
    moved: Counter[str] = Counter()
    for model, name in pointing_at(target):
        moved[model._meta.label_lower] += model._default_manager.filter(**{name: old}).update(**{name: new})
    return moved.total()


def _with_names() -> list[type[Model]]:
    """Tables that keep a doer's name as it was, in a column `by_name`."""
    return [
        model
        for model in apps.get_models()
        if any(field.name == "by_name" for field in model._meta.get_fields() if field.concrete)
    ]


def _forget_names(worker: Worker, person: Person | None) -> None:
    """A namesake may lose a name in such a column too, where it stands alone: better than keeping one that should go."""
    names = {worker.name, person.name if person is not None else worker.name}
    for model in _with_names():
        rows = model._default_manager.filter(by_name__in=names)
        if person is not None and any(field.name == "by" for field in model._meta.get_fields()):
            rows = rows.filter(by=person.pk)
        rows.update(by_name=NAME)


def _forget_account(person: Person, code: str) -> None:
    """The row stays, because others' records point at it; nothing in it tells of her, and nobody logs in by it."""
    # Factors, sessions, links to log-ins elsewhere, tokens and notices; rooms' records of what she did stay.
    for model, name in pointing_at(Person):
        is_ours = model.__module__.startswith("evenkeel.")
        if not is_ours or model._meta.label_lower in ("people.notice", "people.apitoken"):
            model._default_manager.filter(**{name: person.pk}).delete()
    rest: dict[str, Any] = {
        "email": f"{code}@erased.invalid",
        "name": NAME,
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
        "last_login": None,
        "language": "en",
        "time_zone": "UTC",
    }
    for field, value in rest.items():
        setattr(person, field, value)
    person.set_unusable_password()
    person.save(update_fields=[*rest, "password"])
