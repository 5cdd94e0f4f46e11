"""One journey to PostgreSQL: several prepared statements sent at once, all their answers read at its end.

psycopg's own pipeline talks to the server once a statement; here libpq keeps what is to be sent until the last one. It is
libpq's documented pipeline mode, by psycopg's wrapper of it (`psycopg.pq`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from psycopg import Connection, errors, pq
from psycopg.abc import Buffer, PQGen
from psycopg.abc import Transformer as Adapting
from psycopg.adapt import Loader, PyFormat, Transformer
from psycopg.waiting import Ready, Wait
from pydantic_core import from_json, to_json

# By connection: what was prepared on it, under which name. The text and the types of its values make a statement.
_Key = tuple[bytes, tuple[int, ...]]


class _Json(Loader):
    """JSON of binary rows, read several times as fast as by Python's own; a sign stands before it."""

    format = pq.Format.BINARY

    def load(self, data: Buffer) -> Any:
        return from_json(bytes(data[1:]))


_prepared: WeakKeyDictionary[Connection[Any], dict[_Key, bytes]] = WeakKeyDictionary()
_BINARY, _TEXT = pq.Format.BINARY, pq.Format.TEXT
_WELL = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)
_MOST_PREPARED = 200
_COMMIT: _Key = (b"COMMIT", ())
_ASIDE: _Key = (b"SET", ())
# A statement is planned as it is first run, perhaps on a day when its tables are empty and reading them whole looks cheap.
# They will not stay so. When statistics come in PostgreSQL plans it again, by these.
_BY_INDEX, _AS_EVER = b"SET enable_seqscan = off", b"RESET enable_seqscan"
_numbers = count()


@dataclass(slots=True)
class Going:
    """One statement under way, and its answer once it is back."""

    text: bytes
    values: Sequence[Any]
    is_binary: bool
    rowcount: int = -1
    _rows: Sequence[tuple[Any, ...]] = ()

    def fetchall(self) -> Sequence[tuple[Any, ...]]:
        """The rows."""
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row."""
        return self._rows[0] if self._rows else None


def travel(on: Connection[Any], going: Sequence[Going], *, commits: bool = False) -> None:
    """Send them all and fill in their answers; begins a transaction where psycopg would. The first fault is raised.

    With `commits` the transaction ends with them. After a fault PostgreSQL leaves out whatever was still to come.
    """
    known = _prepared.get(on)
    if known is None:
        known = _prepared[on] = {}
        on.adapters.register_loader("jsonb", _Json)
    if len(known) > _MOST_PREPARED:
        on.pgconn.exec_(b"DEALLOCATE ALL")
        known.clear()
    adapt = Transformer.from_context(on)
    begins = not on.autocommit and on.pgconn.transaction_status == pq.TransactionStatus.IDLE
    # A value that cannot be sent is refused before anything is under way.
    packed = [_packed(adapt, each) for each in going]
    is_news: list[_Key | None] = []  # by place in the answers: what is prepared from now on, None for an answer itself
    on.pgconn.enter_pipeline_mode()
    try:
        if begins:
            on.pgconn.send_query_params(b"BEGIN", None)
        for each in packed:
            is_news += _send(on.pgconn, known, each)
        if commits:
            on.pgconn.send_query_params(b"COMMIT", None)
        on.pgconn.pipeline_sync()
        results = on.wait(_answers(on.pgconn))
    except BaseException:
        # Nobody knows what was answered to what any more.
        on.close()
        raise
    on.pgconn.exit_pipeline_mode()
    if commits:
        # A fault of the commit itself (a constraint that is looked at last) is a fault like any other.
        is_news.append(_COMMIT)
    _read(results[begins:] if begins and results[0].status in _WELL else results, is_news, known, adapt, going)


@dataclass(frozen=True, slots=True)
class _Packed:
    """A statement with its values as they go over the wire."""

    key: _Key
    values: Sequence[Any]
    formats: Sequence[pq.Format] | None
    result_format: pq.Format


def _packed(adapt: Adapting, going: Going) -> _Packed:
    said = [_listed(value) if type(value) is list else value for value in going.values]
    values = adapt.dump_sequence(said, [PyFormat.AUTO] * len(said))
    return _Packed((going.text, adapt.types or ()), values, adapt.formats, _BINARY if going.is_binary else _TEXT)


def _listed(values: list[Any]) -> Any:
    """A list of ids as PostgreSQL reads one; psycopg would look at each of them three times first."""
    return f"{{{to_json(values)[1:-1].decode()}}}" if values and type(values[0]) is UUID else values


def _send(pgconn: pq.abc.PGconn, known: dict[_Key, bytes], packed: _Packed) -> list[_Key | None]:
    name = known.get(packed.key)
    is_new = name is None
    if name is None:
        name = known[packed.key] = b"ek_%d" % next(_numbers)
        pgconn.send_query_params(_BY_INDEX, None)
        pgconn.send_prepare(name, *packed.key)
    pgconn.send_query_prepared(name, packed.values, packed.formats, packed.result_format)
    if not is_new:
        return [None]
    pgconn.send_query_params(_AS_EVER, None)
    return [_ASIDE, packed.key, None, _ASIDE]


def _answers(pgconn: pq.abc.PGconn) -> PQGen[list[Any]]:
    """The answers up to the end of the journey, as a generator that says what it waits for."""
    while pgconn.flush():
        ready = yield Wait.RW
        if ready and ready & Ready.R:
            pgconn.consume_input()
    found: list[pq.abc.PGresult] = []
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            if pgconn.status == pq.ConnStatus.BAD:
                raise errors.OperationalError(pgconn.get_error_message())
            continue
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            return found
        found.append(result)


def _read(
    results: Sequence[Any],
    is_news: Sequence[_Key | None],
    known: dict[_Key, bytes],
    adapt: Adapting,
    going: Sequence[Going],
) -> None:
    fault: errors.Error | None = None
    waiting = iter(going)
    for result, news in zip(results, is_news, strict=False):
        if result.status not in _WELL:
            if fault is None:
                fault = errors.error_from_result(result, adapt.encoding)
            if news is not None:
                known.pop(news, None)
            continue
        if news is not None:
            continue
        each = next(waiting)
        if fault is None:
            each.rowcount = result.command_tuples or 0
            if result.status == pq.ExecStatus.TUPLES_OK:
                adapt.set_pgresult(result, format=_BINARY if each.is_binary else _TEXT)
                each._rows = adapt.load_rows(0, result.ntuples, tuple)
                each.rowcount = result.ntuples
    if isinstance(fault, errors.FeatureNotSupported):
        # A table was changed under a statement that was prepared: the next one who asks prepares it anew.
        known.clear()
    if fault is not None:
        raise fault
