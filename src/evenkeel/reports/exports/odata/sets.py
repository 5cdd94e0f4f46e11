"""The entity sets: every fact, figures over a period, figures by day, and what the metrics mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.log import all_facts
from evenkeel.measure import FIGURE_VIEW, PERSON_VIEW, TABLES, day_metric, figure_metrics_for, series

from ..asked import FACTS, FIGURES, Asked
from ..definitions import definitions_of, title_of, unit_of
from ..figures import batch_of, estimate_row, figure_fields, figures
from ..reading import fact_fields, log_opened, sees_people, selected
from ..scopes import FACT_READ
from ..sheet import Definition, Field

if TYPE_CHECKING:
    import ibis.expr.types as ir

KEY = "key"
_KEY = Field(name=KEY, kind="text", why="tells this row from every other")
BY_DAY, METRICS = "figures_by_day", "metrics"


@dataclass(frozen=True, kw_only=True)
class EntitySet:
    """A set: its name, what it tells, its properties (the first is the key) and the order of its pages."""

    name: str
    why: str
    fields: tuple[Field, ...]
    order: tuple[str, ...]

    @property
    def kinds(self) -> dict[str, str]:
        """The properties with their kinds."""
        return {each.name: each.kind for each in self.fields}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A set's rows within what the actor may see, on a connection of their own; `asked` is the period they are of."""

    rows: ir.Table
    connection: Any
    asked: Asked


def sets_for(actor: Actor) -> dict[str, EntitySet]:
    """The sets that the actor may read, by name, with the properties that she may see."""
    found = []
    if actor.has(FIGURE_VIEW):
        today = date(2000, 1, 1)
        sample = Asked(what=FIGURES, names=(), since=today, until=today, by=_dimensions(actor), is_compared=True)
        why = "Figures over a period, cut by what `by` names (usual: programme); since, until, metric as in the API."
        found.append(EntitySet(name=FIGURES, why=why, fields=(_KEY, *figure_fields(sample)), order=(KEY,)))
        why = "Figures day by day over a period."
        found.append(EntitySet(name=BY_DAY, why=why, fields=(_KEY, *_DAY_FIELDS), order=("metric", "day")))
        found.append(
            EntitySet(name=METRICS, why="What each metric means.", fields=(_KEY, *_METRIC_FIELDS), order=(KEY,))
        )
    if actor.has(FACT_READ):
        is_personal = sees_people(actor)
        for name, fact in all_facts().items():
            columns = fact_fields(fact, is_personal=is_personal)
            found.append(EntitySet(name=name, why=fact.why, fields=(_KEY, *columns), order=(fact.at, KEY)))
    return {each.name: each for each in found}


@contextmanager
def opened(actor: Actor, wanted: EntitySet, said: Mapping[str, Any], *, now: datetime) -> Iterator[Opened]:
    """Open a set over the period that `since` and `until` say; usual: the 28 days before today."""
    fact = all_facts().get(wanted.name)
    with log_opened(facts=[fact] if fact else [], now=now) as connection:
        if fact is not None:
            yield _facts(actor, wanted, said, connection, now)
        else:
            yield _figures(actor, wanted, said, connection, now)


def _facts(actor: Actor, wanted: EntitySet, said: Mapping[str, Any], connection: Any, now: datetime) -> Opened:
    import ibis

    require(actor, FACT_READ)
    period = {name: said.get(name) for name in ("since", "until")}
    asked = Asked.of({**period, "what": FACTS, "fact": wanted.name}, actor=actor, today=now.date())
    fact = all_facts()[wanted.name]
    rows = selected(actor, fact, since=asked.since, until=asked.until, connection=connection).rows
    same = ["id", *(["sign"] if "sign" in rows.columns else []), "second"]
    # A stretch of time may be corrected back and forth: then only its number tells two such rows apart.
    rows = rows.mutate(second=rows[fact.at].cast("timestamp('UTC')").epoch_seconds())
    rows = rows.mutate(nth=ibis.row_number().over(group_by=same, order_by=fact.at))
    key = rows["id"]
    for name in (*same[1:], "nth"):
        key = key + "/" + rows[name].cast("string")
    rows = rows.mutate(**{KEY: key}).select([each.name for each in wanted.fields])
    return Opened(rows=rows, connection=connection, asked=asked)


def _figures(actor: Actor, wanted: EntitySet, said: Mapping[str, Any], connection: Any, now: datetime) -> Opened:
    import ibis

    require(actor, FIGURE_VIEW)
    by = _listed(said, "by") or (["programme"] if wanted.name == FIGURES else [])
    rest = {name: said[name] for name in said if not name.startswith("$") and name not in ("metric", "by")}
    # Unless named: every metric that can be cut and narrowed so.
    kept = [*by, *(name.removesuffix("_id") for name in rest if name.removesuffix("_id") in TABLES and rest[name])]
    usual = [
        kind.slug
        for kind in figure_metrics_for(actor)
        if (not set(kept) <= set(TABLES) or kind.is_kept_by(kept)) and (kind.is_daily or wanted.name != BY_DAY)
    ]
    asked = Asked.of(
        {**rest, "metric": _listed(said, "metric") or usual, "by": by, "what": FIGURES}, actor=actor, today=now.date()
    )
    rows = {FIGURES: _cells, BY_DAY: _days, METRICS: _metrics}[wanted.name](actor, asked, now)
    names = [each.name for each in wanted.fields]
    filled = [{name: row.get(name) for name in names} for row in rows]
    table = batch_of(wanted.fields, filled)
    import pyarrow as pa

    shown = connection.create_table("figures", ibis.memtable(pa.Table.from_batches([table])), temp=True)
    return Opened(rows=shown, connection=connection, asked=asked)


def _cells(actor: Actor, asked: Asked, now: datetime) -> list[dict[str, Any]]:
    sheet = figures(actor, asked, now=now)
    rows: list[dict[str, Any]] = [row for portion in sheet.portions for row in portion.to_pylist()]
    return [{**row, KEY: "/".join([row["metric"], *(row[f"{name}_id"] or "-" for name in asked.by)])} for row in rows]


def _days(actor: Actor, asked: Asked, _now: datetime) -> list[dict[str, Any]]:
    if "worker" in asked.where:
        require(actor, PERSON_VIEW)
    for name in asked.names:
        if not day_metric(name).is_daily:
            sentence = _("%(metric)s looks at a whole period: it has no course by day.") % {"metric": name}
            raise Invalid(sentence, fields={"metric": [sentence]})
    where: dict[str, Any] = dict(asked.where)
    return [
        {
            KEY: f"{name}/{point.day}",
            "metric": name,
            "title": title_of(name),
            "unit": unit_of(name),
            "day": point.day,
            **estimate_row(point.estimate),
        }
        for name in asked.names
        for point in series(name, since=asked.since, until=asked.until, actor=actor, **where)
    ]


def _metrics(_actor: Actor, asked: Asked, _now: datetime) -> list[dict[str, Any]]:
    return [{KEY: each.metric, **asdict(each)} for each in definitions_of(asked.names)]


def _dimensions(actor: Actor) -> tuple[str, ...]:
    return tuple(name for name in TABLES if name != "worker" or actor.has(PERSON_VIEW))


def _listed(said: Mapping[str, Any], name: str) -> list[str]:
    getlist = getattr(said, "getlist", None)
    values: Sequence[str] = getlist(name) if getlist is not None else [said[name]] if name in said else []
    return [word for value in values for word in value.split(",") if word]


_DAY = Asked(what=FIGURES, names=(), since=date(2000, 1, 1), until=date(2000, 1, 1))
_DAY_FIELDS = tuple(
    Field(name="day", kind="day", why="the day, UTC") if each.name == "first_on" else each
    for each in figure_fields(_DAY)
    if each.name != "last_on"
)
_METRIC_FIELDS = tuple(
    Field(name=each.name, kind="whole" if each.name == "version" else "text", why=each.name.replace("_", " "))
    for each in fields(Definition)
)
