"""Writing what was read: items, workers, decisions and experts' answers, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.errors import NotNow
from evenkeel.ground.reading.sources import Source
from evenkeel.ground.reading.tables import TableReader
from evenkeel.people import Organisation, Worker, workers_by_code
from evenkeel.work import Decision, ImportedDecision, Item, NewItem, Programme, item_from_cells, unknown_item

from ..facts import EXPERT_ANSWERS, expert_row
from ..models import ExpertAnswer
from .cells import Progress
from .label_file import Labels
from .repeats import Numbered

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BATCH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def items_to_write(items: Source | None, labels: Labels, *, sha256: str) -> Iterator[NewItem]:
    """The items, read from their file a second time, or made of the keys in the labels' file."""
    if items is None:
        yield from (unknown_item(key) for key in labels.items)
        return
    with closing(TableReader(items)) as reader:
        for row in reader:
            cells = dict(zip(reader.header, row.cells, strict=True))
            yield item_from_cells(cells["item"].strip(), cells)
        if reader.sha256 != sha256:
            raise NotNow(_("The items file changed while it was being imported; nothing was imported."))


def known_item_ids(programme: Programme, keys: list[str]) -> dict[str, UUID]:
    """Ids by key of those items that the programme has."""
    found: dict[str, UUID] = {}
    for start in range(0, len(keys), _BATCH):
        part = Item.objects.filter(programme=programme, key__in=keys[start : start + _BATCH])
        found.update(part.values_list("key", "id"))
    return found


def highest_replicates(programme: Programme, labels: Labels, organisation: Organisation) -> dict[tuple[int, int], int]:
    """For pairs that the programme knows from before, the highest replicate; by positions in `labels`."""
    item_ids = known_item_ids(programme, labels.items)
    workers = workers_by_code(organisation, labels.workers)
    at_item = {item_ids[key]: ix for ix, key in enumerate(labels.items) if key in item_ids}
    at_worker = {workers[code].id: ix for ix, code in enumerate(labels.workers) if code in workers}
    found: dict[tuple[int, int], int] = {}
    ids = list(at_item)
    for start in range(0, len(ids), _BATCH):
        rows = (
            Decision.objects.filter(item__in=ids[start : start + _BATCH], taken_back=None)
            .values_list("item_id", "worker_id")
            .annotate(top=Max("replicate"))
            .order_by()
        )
        for item_id, worker_id, top in rows:
            if worker_id in at_worker:
                found[at_item[item_id], at_worker[worker_id]] = top
    return found


def workers_for(organisation: Organisation, codes: list[str], *, now: datetime) -> tuple[dict[str, Worker], int]:
    """Workers by code, the unknown ones made; and how many were made. They have no account, only their code."""
    known = workers_by_code(organisation, codes)
    fresh = [
        Worker(organisation=organisation, code=code, name=code, created_at=now) for code in codes if code not in known
    ]
    Worker.objects.bulk_create(fresh, batch_size=_BATCH)
    return known | {worker.code: worker for worker in fresh}, len(fresh)


def decisions_to_write(
    labels: Labels, numbered: Numbered, kept: npt.NDArray[np.bool_] | None, *, progress: Progress | None
) -> Iterator[ImportedDecision]:
    """The labels as decisions, one at a time, in order of the file."""
    items, workers, names = labels.items, labels.workers, labels.labels
    moments = labels.decided_us
    total = len(labels)
    columns = zip(labels.item_ix, labels.worker_ix, labels.label_ix, _plain(numbered.replicate), strict=True)
    for at, (item, worker, label, replicate) in enumerate(columns):
        if progress and at % 20_000 == 0:
            progress("writing", at, total)
        if kept is not None and not kept[at]:
            continue
        decided_at = _EPOCH + timedelta(microseconds=moments[at]) if moments and moments[at] else None
        yield ImportedDecision(items[item], workers[worker], names[label], replicate, decided_at)
    if progress:
        progress("writing", total, total)


def _plain(numbers: npt.NDArray[np.int32]) -> Iterator[int]:
    """The numbers as Python's own, a stretch at a time."""
    for start in range(0, len(numbers), 20_000):
        yield from numbers[start : start + 20_000].tolist()


def write_expert_answers(
    programme: Programme, truths: Mapping[str, str], *, source: str, now: datetime
) -> tuple[int, int]:
    """What experts hold to be right; returns how many answers were new and how many of them replaced an earlier one."""
    ids = known_item_ids(programme, list(truths))
    before: dict[UUID, ExpertAnswer] = {}
    item_ids = list(ids.values())
    for start in range(0, len(item_ids), _BATCH):
        part = ExpertAnswer.objects.filter(item__in=item_ids[start : start + _BATCH], replaced_by=None)
        before.update({answer.item_id: answer for answer in part})
    fresh = [
        ExpertAnswer(
            programme=programme,
            item_id=ids[key],
            label=label,
            source=source[:120],
            said_at=now,
            replaces=before.get(ids[key]),
        )
        for key, label in truths.items()
        if ids[key] not in before or before[ids[key]].label != label
    ]
    ExpertAnswer.objects.bulk_create(fresh, batch_size=_BATCH)
    replaced = [answer.replaces for answer in fresh if answer.replaces is not None]
    log.append(EXPERT_ANSWERS, [expert_row(answer, sign=-1) for answer in replaced])
    _log_answers(fresh, now)
    return len(fresh), len(replaced)


def _log_answers(answers: list[ExpertAnswer], now: datetime) -> None:
    if not answers:
        return
    table = EXPERT_ANSWERS.table([expert_row(answer) for answer in answers])
    log.append_table(EXPERT_ANSWERS, table, day=now.date(), now=now)
