"""Statements on the driver itself, past the ORM's own cursor.

On PostgreSQL they are prepared: parsed and planned once a connection. The ORM's cursor stays in use wherever somebody
counts or wraps what is asked, as tests do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, its places written as %s; `is_binary` when its rows may come in PostgreSQL's binary form."""

    text: str
    is_binary: bool
    on_sqlite: str
    on_postgresql: bytes

    @classmethod
    def of(cls, text: str, *, is_binary: bool = False) -> Statement:
        first, *parts = (part.replace("%%", "%") for part in text.split("%s"))
        numbered = first + "".join(f"${number}{part}" for number, part in enumerate(parts, 1))
        return cls(text, is_binary, "?".join([first, *parts]), numbered.encode())


def here() -> BaseDatabaseWrapper:
    """The connection itself and not the proxy before it, which is looked through at every attribute.

    Not to be kept: where a loop of events runs in a thread, the proxy gives another connection within it than outside.
    """
    return connections[DEFAULT_DB_ALIAS]


def is_direct(on: BaseDatabaseWrapper) -> bool:
    """Whether nobody watches the statements."""
    return not (on.force_debug_cursor or on.execute_wrappers or _is_debug())


@cache
def _is_debug() -> bool:
    """Read once: looking through Django's settings costs more than what is asked there thirty times a request."""
    return bool(settings.DEBUG)


def send(on: BaseDatabaseWrapper, statement: Statement, values: Sequence[Any], *, may_repeat: bool = True) -> Any:
    """Run a statement; the cursor with its rows or its count. Inside `together` both are there only at its end.

    `may_repeat` is for questions: a change that was sent may have been made, even though no answer came.
    """
    if not is_direct(on):
        cursor = on.cursor()
        cursor.execute(statement.text, values)
        return cursor
    if on.vendor == "sqlite":
        _connect(on)
        with on.wrap_database_errors:
            return on.connection.execute(statement.on_sqlite, values)
    from .journey import Going

    going = Going(statement.on_postgresql, values, statement.is_binary)
    if is_together():
        _waiting.going.append(going)
    else:
        again_if_lost(on, lambda: _travel(on, [going]), may_repeat=may_repeat)
    return going


def send_rows(on: BaseDatabaseWrapper, statement: Statement, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once for each row of values, on SQLite."""
    if not is_direct(on):
        with on.cursor() as cursor:
            cursor.executemany(statement.text, rows)
        return
    _connect(on)
    with on.wrap_database_errors:
        on.connection.executemany(statement.on_sqlite, rows)


def again_if_lost(on: BaseDatabaseWrapper, ask: Callable[[], T], *, may_repeat: bool = True) -> T:
    """What `ask` gives. The first question of a request is its own check of the connection, which spares a journey.

    A server that was started again meanwhile has closed it. Nothing was begun on it then, so whoever asks may ask again.
    """
    is_checked = on.health_check_done  # type: ignore[attr-defined]
    if on.in_atomic_block or on.connection is None or is_checked or not may_repeat:
        _connect(on)
        return ask()
    on.health_check_done = True  # type: ignore[attr-defined]
    try:
        return ask()
    except Exception:
        if not on.connection.closed:
            raise
        on.close()
        on.ensure_connection()
        return ask()


def notice_hang_up(on: BaseDatabaseWrapper) -> None:
    """Before a request's first transaction: whether PostgreSQL has closed the connection, seen at the socket.

    The ORM would ask it a question to find out, which is a journey of its own.
    """
    if on.vendor != "postgresql" or on.connection is None or on.in_atomic_block or on.health_check_done:  # type: ignore[attr-defined]
        return
    try:
        on.connection.pgconn.consume_input()
    except Exception:
        on.close()
    on.health_check_done = True  # type: ignore[attr-defined]


def let_loss_happen(on: BaseDatabaseWrapper) -> None:
    """Have this transaction of PostgreSQL's not wait for the disk."""
    send(on, _NO_WAIT, ())


_NO_WAIT = Statement.of("SELECT set_config('synchronous_commit', 'off', true)")


@contextmanager
def together(*, commits: bool = False) -> Iterator[None]:
    """What shapes ask inside goes to PostgreSQL in one journey and is answered at the end of the block, errors included.

    Elsewhere, and inside another such block, it changes nothing. What the ORM asks inside goes at once, before the rest.
    With `commits` the journey ends the transaction, which must be the outermost, and nothing may follow in it: when any of
    it fails PostgreSQL leaves out the rest, the commit too. The ORM's own commit then finds nothing to do.
    """
    on = here()
    if on.vendor != "postgresql" or not is_direct(on) or is_together():
        yield
        return
    going = _waiting.going = []
    try:
        yield
    finally:
        _waiting.going = None
    if going:
        again_if_lost(on, lambda: _travel(on, going, commits=commits))


def is_together() -> bool:
    """Whether what is asked now is answered later."""
    return getattr(_waiting, "going", None) is not None


def _connect(on: BaseDatabaseWrapper) -> None:
    """What the ORM does before each statement."""
    on.validate_no_broken_transaction()
    on.close_if_health_check_failed()
    on.ensure_connection()


def _travel(on: BaseDatabaseWrapper, going: Sequence[Any], *, commits: bool = False) -> None:
    from .journey import travel

    with on.wrap_database_errors:
        travel(on.connection, going, commits=commits)


# A connection is a thread's own, and so is what waits to go over it.
_waiting = threading.local()
