"""The rows of a fact as a sheet, read in portions so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.log import Fact, all_facts, set_aside_rows

from .about import about
from .asked import Asked
from .reading import Selection, bounds_of, log_opened, selected
from .scopes import FACT_READ
from .sheet import PORTION, Sheet, arrow_schema

if TYPE_CHECKING:
    import pyarrow


# Sorting holds all that is sorted: a quarter of a million rows of thirty columns are some two hundred megabytes.
_SORTED_AT_ONCE = 250_000


@contextmanager
def fact_rows(actor: Actor, asked: Asked, *, with_people: bool = True, now: datetime) -> Iterator[Sheet]:
    """The rows of a fact that the actor may read, oldest first; the sheet can be read while the block lasts.

    Rows as they stand in the log: what was taken back is there twice, the second time with sign -1. Without
    `with_people` nothing in it tells of a person, whoever asks. Raises `Refused`.
    """
    require(actor, FACT_READ)
    fact = all_facts()[asked.names[0]]
    with log_opened(facts=[fact], now=now) as connection:
        period = {"since": asked.since, "until": asked.until}
        found = selected(actor, fact, **period, with_people=with_people, connection=connection)
        rows = found.rows
        for name, value in asked.where.items():
            # After the places were made coarse: asking for a small team by its id must not find it.
            rows = rows.filter(rows[f"{name}_id"] == str(value)) if f"{name}_id" in rows.columns else rows.limit(0)
        total = int(connection.to_pyarrow(rows.count()).as_py())
        lines = [*about(actor, asked, now=now), (_("Rows"), f"{total:,}")]
        if found.withheld:
            lines.append((_("Left out"), _("%(n)d rows behind which stand too few people") % {"n": found.withheld}))
        if missing := set_aside_rows(of=fact):
            said = _("%(n)d rows of this fact, of whatever day: their files are damaged (evenkeel log rebuild)") % {
                "n": missing
            }
            lines.append((_("Missing"), said))
        yield Sheet(
            name=fact.name,
            title=fact.why,
            fields=found.fields,
            portions=_portions(found, rows, fact, asked, total, connection),
            total=total,
            about=lines,
            workers=_workers(found, rows, connection),
        )


def _portions(
    found: Selection, rows: Any, fact: Fact, asked: Asked, total: int, connection: Any
) -> Iterator[pyarrow.RecordBatch]:
    """Rows in the sheet's types, oldest first: so many days at a time that sorting them takes no more than it may."""
    import pyarrow as pa

    schema, since = arrow_schema(found.fields), asked.since
    days = (asked.until - asked.since).days
    step = timedelta(days=min(max(1, days * _SORTED_AT_ONCE // max(total, 1)), days))
    while since < asked.until:
        until = min(since + step, asked.until)
        low, high = bounds_of(fact, since=since, until=until)
        some = rows.filter((rows[fact.at] >= low) & (rows[fact.at] < high)).order_by([fact.at, "id"])
        connection.create_view("going_out", some, overwrite=True)
        cursor = connection.raw_sql("FROM going_out")
        # By the database's own reader: Ibis holds on to one that DuckDB has given up.
        reader = getattr(cursor, "to_arrow_reader", None) or cursor.fetch_record_batch
        for batch in reader(PORTION):
            columns = [column.cast(field.type) for column, field in zip(batch.columns, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)
        since = until


def _workers(found: Selection, rows: Any, connection: Any) -> list[UUID]:
    if not found.is_personal or "worker_id" not in rows.columns:
        return []
    said = connection.to_pyarrow(rows.select("worker_id").distinct())["worker_id"].to_pylist()
    return [UUID(worker) for worker in said if worker is not None]
