"""Which rows of a fact somebody may read, in which columns: one Ibis expression, read in portions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, veiled_by
from evenkeel.ground.errors import NotNow
from evenkeel.ground.log import Fact, batches_since, connect, read, set_aside_damaged
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.work import Item, Programme, Queue

from .places import LEVELS, Place, shown_places
from .scopes import FACT_READ
from .sheet import Field

if TYPE_CHECKING:
    import ibis.expr.types as ir

# How long a shift had lasted, to the second, strings the rows of one person together as her id would.
_TRACES = ("shift_s",)
_KINDS = {"id": "text"}
# Ids are told by name beside them, or a pivot would be of ids.
_NAMED: Mapping[str, Any] = {
    "programme_id": Programme,
    "queue_id": Queue,
    "organisation_id": Organisation,
    "site_id": Site,
    "team_id": Team,
    "worker_id": Worker,
}
_EMPTY = ""
SET_ASIDE = "log-set-aside"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The rows of a fact that an actor may read over since <= day < until, ready to be narrowed, sorted, read."""

    rows: ir.Table
    fields: tuple[Field, ...]
    is_personal: bool
    # Rows that are left out because too few people stand behind them.
    withheld: int


@contextmanager
def log_opened(*, facts: Sequence[Fact], now: datetime) -> Iterator[Any]:
    """A connection to read facts on. Raises `NotNow` when a file of them cannot be read: it may be put together just now.

    One that is damaged is set aside first, and the code says so (`SET_ASIDE`): asked once more, the rest answers.
    """
    import duckdb

    connection = connect()
    try:
        yield connection
    except duckdb.Error as error:
        damaged = set_aside_damaged([batch for fact in facts for batch in batches_since(fact)], now=now)
        if not damaged and not isinstance(error, duckdb.IOException):
            raise
        sentence = _("A file of the log cannot be read now. Try again; if it stays so, run `evenkeel log verify`.")
        raise NotNow(sentence, code=SET_ASIDE if damaged else "log-unreadable") from error
    finally:
        connection.disconnect()


def fact_fields(fact: Fact, *, is_personal: bool) -> tuple[Field, ...]:
    """The columns of a fact as they go out: names beside ids; what tells of a person only where it may."""
    found = []
    for name, column in fact.columns.items():
        tells = column.is_personal or name in _TRACES
        if tells and not is_personal:
            continue
        if name in _NAMED:
            found.append(
                Field(name=name.removesuffix("_id"), kind="text", why=f"{column.why}, by name", is_personal=tells)
            )
        found.append(Field(name=name, kind=_KINDS.get(column.kind, column.kind), why=column.why, is_personal=tells))
    return tuple(found)


def selected(
    actor: Actor, fact: Fact, *, since: date, until: date, with_people: bool = True, connection: Any
) -> Selection:
    """What the actor may read of a fact. Call `require(actor, FACT_READ)` before it.

    People's columns come only to whoever may see single people's figures; for everybody else places are told as finely as
    `shown_places` allows over these rows.
    """
    rows = read(fact, connection=connection)
    low, high = bounds_of(fact, since=since, until=until)
    rows = rows.filter((rows[fact.at] >= low) & (rows[fact.at] < high))
    rows = _without_veiled(_within(actor, fact, rows), fact)
    is_personal = with_people and sees_people(actor)
    withheld = 0
    if not is_personal and "worker_id" in fact.columns:
        rows, withheld = _coarsened(rows, fact, connection)
    fields = fact_fields(fact, is_personal=is_personal)
    connection.create_view("unnamed", rows, overwrite=True)
    _name(connection, [each.name for each in fields])
    return Selection(rows=connection.table("named"), fields=fields, is_personal=is_personal, withheld=withheld)


def bounds_of(fact: Fact, *, since: date, until: date) -> tuple[Any, Any]:
    """A period as the column that places a fact's rows has it: days, or their first moments in UTC."""
    if fact.columns[fact.at].kind == "day":
        return since, until
    return tuple(datetime.combine(day, time(), tzinfo=UTC) for day in (since, until))  # type: ignore[return-value]


def sees_people(actor: Actor) -> bool:
    """Whether every row that the actor may read is of people whose single figures she may see too."""
    if actor.is_system:
        return True
    seen = {(grant.kind, grant.target_id) for grant in actor.grants_for(PERSON_VIEW)}
    read_in = {(grant.kind, grant.target_id) for grant in actor.grants_for(FACT_READ)}
    return bool(seen) and ((None, None) in seen or read_in <= seen)


def _within(actor: Actor, fact: Fact, rows: ir.Table) -> ir.Table:
    """The rows within the actor's grants: the same cut that `access.visible` makes on tables."""
    if actor.is_system:
        return rows
    parts: list[Any] = []
    everywhere = False
    for grant in actor.grants_for(FACT_READ):
        everywhere = everywhere or grant.kind is None
        if grant.kind is not None and f"{grant.kind}_id" in fact.columns:
            parts.append(rows[f"{grant.kind}_id"] == str(grant.target_id))
    if actor.is_outside and "organisation_id" not in fact.columns:
        return rows.limit(0)
    if not everywhere:
        if not parts:
            return rows.limit(0)
        rows = rows.filter(reduce(or_, parts))
    return rows.filter(rows.organisation_id == str(actor.organisation_id)) if actor.is_outside else rows


def _without_veiled(rows: ir.Table, fact: Fact) -> ir.Table:
    """Rows about items in a restricted lane are nobody's to export."""
    found = veiled_by(Item)
    if found is None or "item_id" not in fact.columns:
        return rows
    _path, by, at = found
    hidden = [str(pk) for pk in by._default_manager.values_list(f"{at}_id", flat=True)]
    if not hidden:
        return rows
    import ibis
    import pyarrow as pa

    return rows.anti_join(ibis.memtable(pa.table({"item_id": pa.array(hidden, pa.string())})), "item_id")


def _coarsened(rows: ir.Table, fact: Fact, connection: Any) -> tuple[ir.Table, int]:
    import ibis
    import pyarrow as pa

    levels = [name for name in LEVELS if name in fact.columns]
    keys = {f"at_{name}": rows[name].fill_null(_EMPTY) for name in levels}
    keyed = rows.mutate(**keys)
    counted = keyed.group_by([*keys, "worker_id"]).aggregate(n=keyed.count())
    people: dict[Place, set[str]] = {}
    sizes: dict[Place, int] = {}
    for *place, worker, n in zip(*connection.to_pyarrow(counted).to_pydict().values(), strict=True):
        people.setdefault(tuple(place), set()).add(worker)
        sizes[tuple(place)] = sizes.get(tuple(place), 0) + n
    if not people:
        return rows, 0
    shown = shown_places(people)
    kept = [(place, said) for place, said in shown.items() if said is not None]
    withheld = sum(sizes[place] for place, said in shown.items() if said is None)
    columns = list(zip(*((*place, *said) for place, said in kept), strict=True)) or [()] * 2 * len(levels)
    names = [*keys, *(f"as_{name}" for name in levels)]
    table = pa.table([pa.array(column, pa.string()) for column in columns], names=names)
    said = ibis.memtable(table)
    joined = keyed.inner_join(said, list(keys))
    # "" stands for no place, as an empty one does for one that is not told.
    told = {name: joined[f"as_{name}"].nullif(_EMPTY) for name in levels}
    return joined.mutate(**told), withheld


def _name(connection: Any, wanted: Sequence[str]) -> None:
    """Make the view `named` of the view `unnamed`: names beside ids.

    In SQL, over names that are ours: six joins cost Ibis ten times as long to compile as they take to run.
    """
    import pyarrow as pa

    joins = []
    for name, model in _NAMED.items():
        word = name.removesuffix("_id")
        if word in wanted:
            pairs = [(str(pk), str(title)) for pk, title in model._default_manager.values_list("pk", "name")]
            keys, titles = zip(*pairs, strict=True) if pairs else ((), ())
            table = pa.table({"key": pa.array(keys, pa.string()), word: pa.array(titles, pa.string())})
            connection.con.register(f"names_of_{word}", table)
            joins.append(f"LEFT JOIN names_of_{word} ON names_of_{word}.key = unnamed.{name}")
    columns = ", ".join(f'"{name}"' for name in wanted)
    connection.raw_sql(f"CREATE VIEW named AS SELECT {columns} FROM unnamed {' '.join(joins)}")  # noqa: S608
