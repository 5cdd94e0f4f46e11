"""Millions of decisions into the table and into the log, a chunk at a time.

Django's own bulk_create spends most of its time on making objects; here plain tuples go to the driver, by COPY on
PostgreSQL and by executemany on SQLite. The columns are taken from the model, so a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from pydantic_core import to_json

from evenkeel.ground import log
from evenkeel.ground.errors import Invalid
from evenkeel.ground.ids import uuid7
from evenkeel.people import Worker

from .facts import DECISIONS
from .models import Decision, Item, Programme
from .rules.cited import cited_clause
from .rules.items import ImportedDecision

if TYPE_CHECKING:
    import pyarrow

CHUNK = 100_000
_LABEL_LENGTH = 120
_WHOLE_LIMIT = 2_147_483_647


def insert_decisions(
    programme: Programme,
    decisions: Iterable[ImportedDecision],
    *,
    workers: Mapping[str, Worker],
    now: datetime,
    item_ids: Mapping[str, UUID] | None = None,
) -> int:
    """Insert imported decisions and append them to the log; must run in a transaction. Returns how many.

    `item_ids` are the items by key, when whoever calls has looked them up; otherwise all of the programme's are read.
    """
    if item_ids is None:
        item_ids = dict(Item.objects.filter(programme=programme).values_list("key", "id").iterator(chunk_size=10_000))
    total = 0
    rest = iter(decisions)
    while chunk := list(islice(rest, CHUNK)):
        _check(chunk, item_ids, workers, first_row=total + 1)
        ids = [said.id or uuid7() for said in chunk]
        _insert(_rows(programme, chunk, ids, item_ids, workers, now))
        for day, places in _by_day(chunk, now).items():
            picked = [chunk[place] for place in places]
            picked_ids = [ids[place] for place in places]
            table = _log_table(programme, picked, picked_ids, item_ids, workers, now)
            log.append_table(DECISIONS, table, day=day, now=now)
        total += len(chunk)
    return total


def _check(
    chunk: list[ImportedDecision], item_ids: Mapping[str, UUID], workers: Mapping[str, Worker], *, first_row: int
) -> None:
    for number, said in enumerate(chunk, first_row):
        fault = _fault(said, item_ids, workers)
        if fault:
            raise Invalid(
                _("Decision %(number)d does not fit; nothing was imported.") % {"number": number},
                fields={f"decisions.{number}": [fault]},
            )


def _fault(said: ImportedDecision, item_ids: Mapping[str, UUID], workers: Mapping[str, Worker]) -> str | None:
    if said.item_key not in item_ids:
        return _("The item %(key)s is unknown.") % {"key": said.item_key[:80]}
    if said.worker_code not in workers:
        return _("The worker %(code)s is unknown.") % {"code": said.worker_code[:80]}
    if not said.label or len(said.label) > _LABEL_LENGTH or "\x00" in said.label:
        return _("A label has 1 to %(n)d characters.") % {"n": _LABEL_LENGTH}
    if not 1 <= said.replicate <= 32_767:
        return _("A replicate is counted from 1.")
    if said.active_ms is not None and not 0 <= said.active_ms <= _WHOLE_LIMIT:
        return _("An active time is a number of milliseconds, 0 or more.")
    if said.decided_at is not None and said.decided_at.tzinfo is None:
        return _("A moment needs its zone.")
    return None


def _rows(
    programme: Programme,
    chunk: list[ImportedDecision],
    ids: list[UUID],
    item_ids: Mapping[str, UUID],
    workers: Mapping[str, Worker],
    now: datetime,
) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of `_COLUMNS`, as the driver takes them. What repeats is made ready once."""
    ready = _sqlite_ready() if connection.vendor == "sqlite" else _as_it_is
    of_programme, at_now = ready(programme.pk), ready(now)
    of_worker = {code: (ready(worker.pk), ready(worker.organisation_id)) for code, worker in workers.items()}
    of_place = {code: tuple(map(ready, place)) for code, place in _places(workers).items()}
    for said, pk in zip(chunk, ids, strict=True):
        at = at_now if said.decided_at is None else ready(said.decided_at)
        place = of_place[said.worker_code] if said.place is None else map(ready, said.place)
        yield (
            ready(pk), of_programme, ready(item_ids[said.item_key]), *of_worker[said.worker_code], *place,
            said.label, to_json(dict(said.answer)).decode() if said.answer else "{}",
            said.replicate, "import", at, said.active_ms,
            # Of most files none of these is known.
            said.queue_id and ready(said.queue_id), said.policy_version_id and ready(said.policy_version_id),
            said.corrects and ready(said.corrects), said.tool,
        )  # fmt: skip


def _places(workers: Mapping[str, Worker]) -> dict[str, tuple[UUID | None, UUID | None]]:
    """Site and team of now by code: hers where nobody told those of then. Asked of a record once, which is slow to answer."""
    return {code: (worker.site_id, worker.team_id) for code, worker in workers.items()}


_COLUMNS = (
    "id", "programme_id", "item_id", "worker_id", "organisation_id", "site_id", "team_id",
    "label", "answer", "replicate", "origin", "decided_at", "active_ms",
    "queue_id", "policy_version_id", "corrects_id", "tool",
)  # fmt: skip
# Imported decisions have none of these: no task, no form of ours, no client.
_EMPTY = (
    "task_id", "form_version_id", "client_key", "shown_at", "first_act_ms", "submit_ms", "media_acts", "shift_s",
    "exposure_s", "client_build", "prelabel_seen", "prelabel_followed",
    "violates", "enqueued_at", "due_at", "language", "market", "item_kind", "source", "severity", "tenure_days", "views",
    "item_pi", "planted",
)  # fmt: skip


def _insert(rows: Iterator[tuple[Any, ...]]) -> None:
    table = Decision._meta.db_table
    assert {field.column for field in Decision._meta.concrete_fields} == {*_COLUMNS, *_EMPTY}
    names = ", ".join(_COLUMNS)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _column in _COLUMNS)
    connection.ensure_connection()
    # The driver's own cursor: Django's would rewrite the statement's marks and copy every row once more.
    connection.connection.cursor().executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  (the names are the model's own)
        rows,
    )


def _as_it_is(value: Any) -> Any:
    return value


def _sqlite_ready() -> Callable[[UUID | datetime | None], str | None]:
    zone = connection.timezone

    def ready(value: UUID | datetime | None) -> str | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            # What Django's own way spells, in a tenth of its time.
            return str(value.astimezone(zone).replace(tzinfo=None))
        return value.hex

    return ready


def _by_day(chunk: list[ImportedDecision], now: datetime) -> dict[date, list[int]]:
    days: dict[date, list[int]] = {}
    for place, said in enumerate(chunk):
        days.setdefault((said.decided_at or now).astimezone(UTC).date(), []).append(place)
    return days


def _log_table(
    programme: Programme,
    chunk: list[ImportedDecision],
    ids: list[UUID],
    item_ids: Mapping[str, UUID],
    workers: Mapping[str, Worker],
    now: datetime,
) -> pyarrow.Table:
    import pyarrow as pa

    def same(value: Any, kind: Any) -> Any:
        return pa.repeat(pa.scalar(value, kind), len(chunk))

    def text(value: UUID | None) -> str | None:
        return None if value is None else str(value)

    home = _places(workers)
    of = {code: (str(worker.pk), str(worker.organisation_id)) for code, worker in workers.items()}
    places = [home[said.worker_code] if said.place is None else said.place for said in chunk]
    columns = {
        "id": pa.array([str(pk) for pk in ids]),
        "sign": same(1, pa.int64()),
        "decided_at": pa.array([said.decided_at or now for said in chunk], pa.timestamp("us", tz="UTC")),
        "programme_id": same(str(programme.pk), pa.string()),
        "item_id": pa.array([str(item_ids[said.item_key]) for said in chunk]),
        "worker_id": pa.array([of[said.worker_code][0] for said in chunk]),
        "organisation_id": pa.array([of[said.worker_code][1] for said in chunk]),
        "site_id": pa.array([text(site) for site, _team in places], pa.string()),
        "team_id": pa.array([text(team) for _site, team in places], pa.string()),
        "queue_id": pa.array([text(said.queue_id) for said in chunk], pa.string()),
        "policy_version_id": pa.array([text(said.policy_version_id) for said in chunk], pa.string()),
        "tool": pa.array([said.tool for said in chunk], pa.string()),
        "clause": pa.array([cited_clause(said.answer) for said in chunk], pa.string()),
        "label": pa.array([said.label for said in chunk]),
        "replicate": pa.array([said.replicate for said in chunk], pa.int64()),
        "origin": same("import", pa.string()),
        "active_ms": pa.array([said.active_ms for said in chunk], pa.int64()),
    }
    schema = DECISIONS.schema()
    return pa.table(
        [columns.get(name, pa.nulls(len(chunk), schema.field(name).type)) for name in schema.names], schema.names
    )
