"""The trail: who did what to which, when; append-only and hash-chained.

Entries are written inside the act's own transaction. A job gives each its place in the chain a moment later: chaining
inside the transaction would make every act in the house wait for every other. Until it is sealed an entry stands in
`TrailPending`, which `verify` counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from .access import Actor, reach, reached_models
from .models import TrailEntry, TrailPending, TrailSeal
from .shapes import fresh, insert

# An entry belongs to the organisation of what it tells about.
reach(TrailEntry, organisation="organisation_id")

_BATCH = 2_000
# What the seal covers, in its order.
_SEALED = (
    "id", "at", "actor_id", "actor_name", "scope", "verb", "object_kind", "object_id", "organisation_id", "detail_json",
)  # fmt: skip
_LOCK = 7_260_001  # an arbitrary number that no other advisory lock of ours uses


def write(
    *,
    actor: Actor,
    scope: str,
    verb: str,
    on: Model | None,
    organisation_id: UUID | None,
    detail: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write one entry; must run inside the transaction of the change it tells of."""
    about = [(on, detail)]
    put([entry_about(actor=actor, scope=scope, verb=verb, each=about, organisation_id=organisation_id, now=now)])


def entry_about(
    *,
    actor: Actor,
    scope: str,
    verb: str,
    each: Sequence[tuple[Model | None, Mapping[str, Any]]],
    organisation_id: UUID | None,
    now: datetime,
) -> TrailEntry:
    """One entry about several things of one kind that one act did alike, to be `put`; it names each of them."""
    on, detail = each[0]
    if len(each) > 1:
        detail = {"each": [{"id": str(thing.pk), **said} for thing, said in each if thing is not None]}
    return fresh(
        TrailEntry,
        at=now,
        actor_id=actor.person_id,
        actor_name=actor.name,
        scope=scope,
        verb=verb,
        object_kind=on._meta.label_lower if on is not None else "",
        object_id=str(on.pk) if on is not None and len(each) == 1 else "",
        organisation_id=organisation_id,
        detail_json=_written(detail),
    )


def put(entries: Sequence[TrailEntry]) -> None:
    """Write entries; must run inside the transaction of the changes they tell of."""
    if not connection.in_atomic_block:
        raise AssertionError("the trail is written inside the transaction of the act")
    insert(entries, keys_into=TrailPending)


_written = DjangoJSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def entries() -> QuerySet[TrailEntry]:
    """The whole trail; a page narrows it by `access.visible`."""
    return TrailEntry.objects.all()


def kinds() -> list[tuple[str, str]]:
    """The kinds of things that entries tell about, with their names for people."""
    return sorted((model._meta.label_lower, str(model._meta.verbose_name)) for model in reached_models())


def history(on: Model, *, together_at: datetime | None = None, limit: int = 100) -> list[TrailEntry]:
    """The latest entries about one object, newest first.

    Entries about several things at once are looked for at `together_at`, the moment at which they may have been written.
    """
    about = Q(object_id=str(on.pk))
    if together_at is not None:
        about |= Q(object_id="", at=together_at, detail_json__contains=f'"{on.pk}"')
    rows: QuerySet[TrailEntry] = TrailEntry.objects.filter(about, object_kind=on._meta.label_lower)
    return list(rows.order_by("-at")[:limit])


def seal() -> int:
    """Give every waiting entry its place in the chain; returns how many were sealed."""
    sealed = 0
    while True:
        with transaction.atomic():
            if not _alone():
                return sealed
            columns = [f"entry__{name}" for name in _SEALED]
            waiting = list(TrailPending.objects.order_by("entry_id").values_list(*columns)[:_BATCH])
            if not waiting:
                return sealed
            last = TrailSeal.objects.order_by("-position").first()
            position, chain = (last.position, last.chain) if last else (0, "")
            seals = []
            for said in waiting:
                digest = _digest_of(*said)
                position, chain = position + 1, _link(chain, digest)
                seals.append(fresh(TrailSeal, position=position, entry_id=said[0], digest=digest, chain=chain))
            insert(seals)
            for start in range(0, len(waiting), 500):
                part = TrailPending.objects.filter(pk__in=[said[0] for said in waiting[start : start + 500]])
                # In one statement: nothing points at these rows, so there is nothing to look for first.
                part._raw_delete(part.db)
            sealed += len(seals)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What `verify` found. `head` is the last chain hash: keep it elsewhere and a cut-off end shows too."""

    sealed: int
    waiting: int
    head: str
    faults: tuple[str, ...]

    @property
    def is_intact(self) -> bool:
        return not self.faults


def verify(*, known_head: str | None = None, fault_limit: int = 20) -> Verdict:
    """Walk the chain and compare every entry with its seal."""
    faults: list[str] = []
    position, chain, head_seen = 0, "", known_head is None
    for seal_, entry in _sealed_pairs():
        if len(faults) >= fault_limit:
            break
        if seal_.position != position + 1:
            faults.append(f"position {position + 1}: the seal is missing")
        if entry is None:
            faults.append(f"position {seal_.position}: the entry {seal_.entry_id} is gone")
        elif _digest(entry) != seal_.digest:
            faults.append(f"position {seal_.position}: the entry {seal_.entry_id} was changed")
        if seal_.chain != _link(chain, seal_.digest):
            faults.append(f"position {seal_.position}: the chain is broken")
        position, chain = seal_.position, seal_.chain
        head_seen = head_seen or chain == known_head
    if not head_seen:
        faults.append("the known head is not in the chain: its end was cut off or replaced")
    unsealed = TrailEntry.objects.count() - TrailSeal.objects.count()
    waiting = TrailPending.objects.count()
    if unsealed > waiting:
        faults.append(f"{unsealed - waiting} entries are neither sealed nor waiting")
    return Verdict(sealed=position, waiting=waiting, head=chain, faults=tuple(faults))


def _sealed_pairs() -> Iterator[tuple[TrailSeal, TrailEntry | None]]:
    start = 0
    while True:
        seals = list(TrailSeal.objects.filter(position__gt=start).order_by("position")[:_BATCH])
        if not seals:
            return
        entries = TrailEntry.objects.in_bulk([seal_.entry_id for seal_ in seals])
        for seal_ in seals:
            yield seal_, entries.get(seal_.entry_id)
        start = seals[-1].position


def _digest(entry: TrailEntry) -> str:
    return _digest_of(*(getattr(entry, name) for name in _SEALED))


def _digest_of(entry_id: UUID, at: datetime, actor_id: UUID | None, *rest: Any) -> str:
    """What is sealed of an entry, in the order of `_SEALED`."""
    *texts, organisation_id, detail_json = rest
    said = [
        str(entry_id),
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(actor_id or ""),
        *texts,
        str(organisation_id or ""),
        detail_json,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _link(previous: str, digest: str) -> str:
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def _alone() -> bool:
    """One sealer at a time: SQLite's write lock does it by itself, PostgreSQL needs an advisory lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
