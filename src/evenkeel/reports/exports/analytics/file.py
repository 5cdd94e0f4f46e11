"""The same views in a DuckDB file, for whoever has no PostgreSQL: a copy of the log, which any tool may open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection as database

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.log import all_facts
from evenkeel.measure import day_metrics

from ..asked import FACTS, FIGURES, MOST_DAYS, Asked
from ..duckdb_tables import add_definitions, add_sheet, comment, opened, quoted
from ..facts import fact_rows
from ..figures import batch_of, figures
from ..format import Tell
from ..scopes import ANALYTICS_EDIT
from ..sheet import Field
from ..whole import whole
from .views import SCHEMA, VIEWS, View

if TYPE_CHECKING:
    import duckdb
    import pyarrow


# Not `analytics`: DuckDB names a database for its file, and many a file will be called that.
AS_LOGGED = "as_logged"
_KINDS = {"day": "day", "people": "whole", "n": "whole", **dict.fromkeys(("w", "wy", "ww", "wwy", "wwyy"), "number")}


def write_analytics(
    actor: Actor,
    *,
    path: Path,
    since: date | None = None,
    with_people: bool = False,
    tell: Tell | None = None,
    now: datetime,
) -> dict[str, int]:
    """Write the file, in place of one that is there; returns rows by table.

    The views have the names that they have on PostgreSQL. Beside them stand, in the schema `as_logged`, the facts as the log
    has them from `since` on (usual, and most: three years), and `figures`: every metric that is kept by programme, by
    programme over the last 28 days, with intervals. People's columns are in it only `with_people`. Whoever reads the old
    file keeps it until she opens it again. Raises `NotNow` when the disk is full.
    """
    require(actor, ANALYTICS_EDIT)
    today = now.date()
    earliest = today - timedelta(days=MOST_DAYS - 1)
    first = max(since or earliest, earliest)
    rows: dict[str, int] = {}
    with whole(path) as aside, opened(aside) as file:
        asked = Asked(what=FIGURES, names=_metrics(), since=today - timedelta(days=28), until=today, by=("programme",))
        found = figures(actor, asked, now=now)
        rows["figures"] = add_sheet(file, found)
        file.execute(f"CREATE SCHEMA {AS_LOGGED}")
        for name in all_facts():
            asked = Asked(what=FACTS, names=(name,), since=first, until=today + timedelta(days=1))
            with fact_rows(actor, asked, with_people=with_people, now=now) as sheet:
                rows[f"{AS_LOGGED}.{name}"] = add_sheet(file, sheet, schema=AS_LOGGED, tell=tell)
        add_definitions(file, [found])
        for view in VIEWS:
            if view.schema == SCHEMA:
                rows[view.name] = _add_view(file, view)
        file.execute("CREATE VIEW metrics AS FROM definitions")
    # Afterwards: nobody waits for a transaction as long as a log takes to copy.
    with act(ANALYTICS_EDIT, actor, now=now) as deed:
        deed.record("analytics file written", file=path.name, rows=rows, with_people=with_people)
    return rows


def _metrics() -> tuple[str, ...]:
    return tuple(kind.slug for kind in day_metrics() if kind.is_kept_by(["programme"]))


def _add_view(file: duckdb.DuckDBPyConnection, view: View) -> int:
    name = quoted(view.name)
    if view.fact is None:
        _copy(file, view, name)
    else:
        stands = ""
        if "sign" in view.fact.columns:
            # A row and the row that takes it back cancel.
            stands = f"QUALIFY sign > 0 AND sum(sign) OVER (PARTITION BY {', '.join(view.same)}) > 0"
        columns = ", ".join(quoted(column) for column in view.columns)
        file.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {AS_LOGGED}.{quoted(view.fact.name)} {stands}")  # noqa: S608
    comment(file, "VIEW" if view.fact is not None else "TABLE", name, view.why)
    for column, (_sql, why) in view.columns.items():
        comment(file, "COLUMN", f"{name}.{quoted(column)}", why)
    found = file.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def _copy(file: duckdb.DuckDBPyConnection, view: View, name: str) -> None:
    """A small table of the database, ids as the facts have them."""
    with database.cursor() as cursor:
        cursor.execute(view.select)
        names = [column[0] for column in cursor.description]
        said = cursor.fetchall()
    fields = [Field(name=column, kind=_KINDS.get(column, "text"), why=view.columns[column][1]) for column in names]
    rows = [{each.name: _plain(each, value) for each, value in zip(fields, row, strict=True)} for row in said]
    file.register("incoming", pyarrow_of(fields, rows))
    file.execute(f"CREATE TABLE {name} AS FROM incoming")
    file.unregister("incoming")


def pyarrow_of(fields: Sequence[Field], rows: Sequence[dict[str, Any]]) -> pyarrow.Table:
    """Rows as a table."""
    import pyarrow as pa

    return pa.Table.from_batches([batch_of(fields, rows)])


def _plain(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.name == "id" or field.name.endswith("_id"):
        # SQLite keeps an id as 32 digits.
        return str(UUID(str(value)))
    if field.kind == "day":
        return date.fromisoformat(value) if isinstance(value, str) else value
    return int(value) if field.kind == "whole" else float(value) if field.kind == "number" else str(value)
