"""Reading rows out of another tool's database: read-only, one SELECT, over a connection that the operator named.

The page names an environment variable and never an address, so that nobody who may import can reach a database, a file or
a host that the operator did not set up. What is found is put aside as JSON Lines first: the database is asked once, and
checking and writing read the same rows.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

VARIABLE = re.compile(r"IMPORT_FROM_[A-Z0-9_]{1,40}")
TIMEOUT_S = 300
_PORTION = 2_000
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_SINCE = re.compile(r"(?<![:\w]):since\b")
_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_STRINGS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")


def query_faults(connection: Any, query: Any) -> dict[str, str]:
    """What is wrong with a connection's name and a query, by option.

    >>> query_faults("IMPORT_FROM_DESK", "SELECT 1"), list(query_faults("DATABASE_URL", "DELETE FROM x"))
    ({}, ['connection', 'query'])
    """
    faults = {}
    if not isinstance(connection, str) or not VARIABLE.fullmatch(connection):
        faults["connection"] = _(
            "Name the environment variable that holds the address: IMPORT_FROM_ and a name in capitals."
        )
    if not isinstance(query, str) or not query.strip():
        faults["query"] = _("Write the query: one SELECT.")
        return faults
    bare = _STRINGS.sub("''", _COMMENTS.sub(" ", query)).strip().rstrip(";").strip()
    if not re.match(r"(select|with)\b", bare, re.IGNORECASE):
        faults["query"] = _("Only a SELECT is run; it may begin WITH.")
    elif ";" in bare:
        faults["query"] = _("Only one statement is run; remove what stands behind the semicolon.")
    return faults


def fetch(connection: str, query: str, path: Path, *, since: datetime | None = None, most: int | None = None) -> int:
    """Run the query and put its rows into a file, one JSON object a line; returns how many.

    `most` stops after so many. `:since` in the query is the moment of the last import by this mapping, 1970 before the
    first. `Invalid`, with the database's own words, when it cannot be run, takes longer than five minutes, or would
    change anything.
    """
    address = os.environ.get(connection, "")
    if not VARIABLE.fullmatch(connection) or not address:
        raise Invalid(
            _("The connection is not set up."),
            fields={
                "connection": [_("The operator sets %(name)s in the environment of the server.") % {"name": connection}]
            },
        )
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        n = 0
        for n, row in enumerate(islice(_rows(address, query.strip().rstrip(";"), since or _FIRST), most), 1):  # noqa: B007
            file.write(json.dumps(row, default=_plain, ensure_ascii=False) + "\n")
    part.replace(path)
    return n


def _rows(address: str, query: str, since: datetime) -> Iterator[dict[str, Any]]:
    scheme = urlsplit(address).scheme.lower()
    if scheme == "sqlite":
        yield from _from_sqlite(unquote(urlsplit(address).path)[1:], query, since)
    elif scheme in ("postgresql", "postgres"):
        yield from _from_postgresql(address, query, since)
    else:
        raise _refused(
            _("Its address begins with “%(scheme)s”.") % {"scheme": scheme[:20]},
            _("sqlite:///… and postgresql://… are read."),
        )


def _from_sqlite(file: str, query: str, since: datetime) -> Iterator[dict[str, Any]]:
    try:
        with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("PRAGMA query_only = ON")
            database.set_authorizer(_only_reading)
            until = monotonic() + TIMEOUT_S
            database.set_progress_handler(lambda: int(monotonic() > until), 100_000)
            cursor = database.execute(query, {"since": since.isoformat()} if _SINCE.search(query) else {})
            names = [column[0] for column in cursor.description]
            while portion := cursor.fetchmany(_PORTION):
                yield from (_named(names, row) for row in portion)
    except sqlite3.Error as error:
        raise _refused(
            str(error), _("Only a SELECT on what is there, under %(n)d s, is run.") % {"n": TIMEOUT_S}
        ) from None


_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def _only_reading(action: int, first: str | None, second: str | None, *_rest: object) -> int:
    # A function that loads code into the process is a call, too.
    if action == sqlite3.SQLITE_FUNCTION and second in (
        "load_extension",
        "readfile",
        "writefile",
        "edit",
        "fts3_tokenizer",
    ):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _from_postgresql(address: str, query: str, since: datetime) -> Iterator[dict[str, Any]]:
    import psycopg

    # A percent sign is the driver's own mark, so those of the query are doubled.
    asked = _SINCE.sub("%(since)s", query.replace("%", "%%"))
    settings = f"-c default_transaction_read_only=on -c statement_timeout={TIMEOUT_S}s"
    try:
        with (
            psycopg.connect(
                address, options=settings, connect_timeout=10, application_name="evenkeel import"
            ) as database,
            database.cursor(name="evenkeel_import") as cursor,
        ):
            cursor.itersize = _PORTION
            cursor.execute(asked.encode(), {"since": since})
            names: list[str] = []
            for row in cursor:
                names = names or [column.name for column in cursor.description or ()]
                yield _named(names, row)
    except psycopg.Error as error:
        said = " ".join(str(error.diag.message_primary or error).split())[:300]
        raise _refused(
            said, _("Only a SELECT that the connection's role may read, under %(n)d s, is run.") % {"n": TIMEOUT_S}
        ) from None


def _named(names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))


def _refused(said: str, fix: str) -> Invalid:
    return Invalid(
        _("The query cannot be run: %(why)s") % {"why": said[:300]}, fields={"query": [f"{said[:300]} {fix}"]}
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)
