"""Writing what was read, a step at a time: each step is one transaction, and says how far the file is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max

from evenkeel.ground.ids import uuid7
from evenkeel.people import Worker, house, workers_by_code

from ..bulk import insert_decisions
from ..driver import insert_rows, one_value
from ..filling import Arrival, put_new
from ..models import Decision, Item, Transfer
from ..routes import place, rules_in_force
from ..rules.exchange import Record
from ..rules.items import ImportedDecision
from .checking import Checked
from .shelf import Shelf

STEP = 5_000
_BATCH = 500


def steps(transfer: Transfer, shelf: Shelf, checked: Checked) -> Iterator[list[Record]]:
    """The rows that fit and are not written yet, in portions of `STEP`."""
    # A row that broke several rules was noted once for each, and is passed over once.
    sound = (record for record in shelf if record.row not in checked.bad_rows)
    rest = islice(sound, transfer.position, None)
    while portion := list(islice(rest, STEP)):
        yield portion


def write_items(
    transfer: Transfer, records: Sequence[Record], *, now: datetime
) -> tuple[dict[str, int], dict[str, UUID]]:
    """Items that the programme does not have yet; into the queue when one is named, else where routing rules say.

    Returns counts of what was done, and the new items' ids by key.
    """
    items = [record.item for record in records if record.item is not None]
    known = item_ids(transfer, [item.key for item in items])
    fresh = [item for item in items if item.key not in known]
    ids = [uuid7() for _item in fresh]
    insert_rows(
        Item,
        ("id", "programme_id", "key", "kind", "language", "content", "attributes", "created_at"),
        (
            (
                pk,
                transfer.programme_id,
                item.key,
                item.kind,
                item.language,
                item.content,
                item.attributes,
                now,
            )
            for pk, item in zip(ids, fresh, strict=True)
        ),
    )
    new = [_New(pk, item.key, item.kind, item.language, item.attributes) for pk, item in zip(ids, fresh, strict=True)]
    answered = {record.key for record in records if record.said}
    tasks = _queued(transfer, new, answered, now)
    done = {"items": len(fresh), "items_known": len(known), "tasks": tasks}
    return done, {item.key: pk for item, pk in zip(fresh, ids, strict=True)}


class _New(NamedTuple):
    """An item that was just written, with what its way to a queue depends on."""

    pk: UUID
    key: str
    kind: str
    language: str
    attributes: Mapping[str, Any]


def _queued(transfer: Transfer, new: Sequence[_New], answered: Collection[str], now: datetime) -> int:
    """Put new items where they are decided, as everywhere else: risk, language and the time for it count here, too.

    By the rules no item that comes with its answers: it is decided already, where no queue is named for more of them.
    """
    if transfer.queue is not None:
        put_new(transfer.queue, (Arrival(item.pk, item.language, item.attributes) for item in new), now=now)
        return len(new)
    rules = rules_in_force(transfer.programme)
    return place((item for item in new if item.key not in answered), rules, are_new=True, now=now).total


def write_decisions(
    transfer: Transfer,
    records: Sequence[Record],
    *,
    fresh: Mapping[str, UUID] = MappingProxyType({}),
    completed: Collection[str] = (),
    now: datetime,
) -> dict[str, int]:
    """What was said about the items, as decisions; people who are not known are added under their codes.

    `fresh` are items that were written a moment ago: nobody has answered them, so nothing about them is asked.
    `completed` are items whose file was delivered anew for its pictures: who has answered one has not answered it again.
    """
    codes = sorted({said.worker_code for record in records for said in record.said})
    if not codes:
        return {"decisions": 0, "workers": 0}
    workers, added = _workers(codes, now)
    known = item_ids(transfer, [record.key for record in records if record.key not in fresh])
    before = _replicates(known, {worker.pk: code for code, worker in workers.items()})
    ids = {**known, **fresh}
    decisions = list(_decisions(records, before, completed))
    n = insert_decisions(transfer.programme, decisions, workers=workers, now=now, item_ids=ids)
    return {"decisions": n, "workers": added}


def item_ids(transfer: Transfer, keys: Sequence[str]) -> dict[str, UUID]:
    """Ids by key of those items that the programme has."""
    found: dict[str, UUID] = {}
    if not keys or not Item.objects.filter(programme=transfer.programme_id).exists():
        return found
    for start in range(0, len(keys), STEP):
        part = Item.objects.filter(programme=transfer.programme_id, key__in=one_value(keys[start : start + STEP]))
        found.update(part.values_list("key", "id"))
    return found


def _workers(codes: list[str], now: datetime) -> tuple[dict[str, Worker], int]:
    organisation = house()
    known = workers_by_code(organisation, codes)
    fresh = [
        Worker(organisation=organisation, code=code, name=code, created_at=now) for code in codes if code not in known
    ]
    Worker.objects.bulk_create(fresh, batch_size=_BATCH)
    return known | {worker.code: worker for worker in fresh}, len(fresh)


def _replicates(items: Mapping[str, UUID], codes: Mapping[UUID, str]) -> dict[tuple[str, str], int]:
    """How often each of the people has answered each of the items already, by the item's key and her code."""
    found: dict[tuple[str, str], int] = {}
    keys = {pk: key for key, pk in items.items()}
    ids = list(keys)
    for start in range(0, len(ids), _BATCH):
        rows = Decision.objects.filter(item__in=ids[start : start + _BATCH]).values_list("item_id", "worker_id")
        for item_id, worker_id, top in rows.annotate(top=Max("replicate")):
            if worker_id in codes:
                found[keys[item_id], codes[worker_id]] = top
    return found


def _decisions(
    records: Sequence[Record], before: Mapping[tuple[str, str], int], completed: Collection[str]
) -> Iterator[ImportedDecision]:
    counted = dict(before)
    for record in records:
        for said in record.said:
            pair = record.key, said.worker_code
            if record.key in completed and pair in before:
                continue
            counted[pair] = n = counted.get(pair, 0) + 1
            yield ImportedDecision(
                item_key=record.key,
                worker_code=said.worker_code,
                label=said.label,
                replicate=n,
                decided_at=said.decided_at,
                active_ms=said.active_ms,
                answer=said.answer,
            )
