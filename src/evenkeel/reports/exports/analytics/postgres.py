"""The views on PostgreSQL, and the role that may read them and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.measure import day_metrics

from ..definitions import definitions_of
from ..scopes import ANALYTICS_EDIT
from .private import PRIVATE, PRIVATE_VIEWS
from .views import PEOPLE, SCHEMA, VIEWS

ROLE, PEOPLE_ROLE = "evenkeel_analytics", "evenkeel_analytics_people"
_MARK = "evenkeel: views for SQL tools. Made anew after every migration; keep nothing of your own here."
_SHORTEST = 16


def install_analytics(actor: Actor, *, password: str, with_people: bool = False, now: Any) -> None:
    """Make schema, views, comments and the role `evenkeel_analytics`, which logs in with `password` and only reads.

    `with_people` makes `analytics_people` too, for a role without log-in that the database's owner grants to whom she
    likes. Doing it again changes the password and makes everything anew. Raises `NotNow` on another database than
    PostgreSQL, or where a schema of that name is somebody else's; `Invalid` for a short password.
    """
    with act(ANALYTICS_EDIT, actor, now=now) as deed:
        deed.require(connection.vendor == "postgresql", _("SQLite has no roles: use `evenkeel analytics file`."))
        if len(password) < _SHORTEST:
            fix = _("Set EVENKEEL_ANALYTICS_PASSWORD to at least %(n)d characters.") % {"n": _SHORTEST}
            raise Invalid(_("The role needs a password."), fields={"password": [fix]})
        for schema in (SCHEMA, PEOPLE, PRIVATE):
            if _comment_on(schema) not in (None, _MARK):
                raise NotNow(_("There is a schema “%(name)s” that evenkeel did not make.") % {"name": schema})
        with connection.cursor() as cursor:
            _make_role(cursor, ROLE, password)
            if with_people:
                _make_role(cursor, PEOPLE_ROLE, None)
            for schema in (PRIVATE, SCHEMA, *([PEOPLE] if with_people else [])):
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
                cursor.execute(f"COMMENT ON SCHEMA {schema} IS %s", [_MARK])
        refresh()
        deed.record("analytics installed", schema=SCHEMA, role=ROLE, with_people=with_people)


def refresh() -> None:
    """Make the views of the schemas that are there anew, and let their roles read them. Nothing where there are none."""
    if not is_installed():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        _drop(cursor)
        for statement in _statements(with_people=_comment_on(PEOPLE) == _MARK):
            cursor.execute(statement)


def drop_views() -> None:
    """Take the views away, before a migration that they would stand in the way of; schemas and roles stay."""
    if is_installed():
        with transaction.atomic(), connection.cursor() as cursor:
            _drop(cursor)


def remove_analytics(actor: Actor, *, now: Any) -> None:
    """Take views, schemas and roles away. Raises `NotNow` where there are none."""
    with act(ANALYTICS_EDIT, actor, now=now) as deed:
        deed.require(is_installed(), _("There are no views to remove."))
        with connection.cursor() as cursor:
            for schema in (SCHEMA, PEOPLE, PRIVATE):
                cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            for role in (ROLE, PEOPLE_ROLE):
                if _has_role(cursor, role):
                    cursor.execute(f"DROP OWNED BY {role}")
                    cursor.execute(f"DROP ROLE {role}")
        deed.record("analytics removed", schema=SCHEMA)


def is_installed() -> bool:
    """Whether the schema is there and ours."""
    return connection.vendor == "postgresql" and _comment_on(SCHEMA) == _MARK


def _statements(*, with_people: bool) -> Iterator[str]:
    for name, query in PRIVATE_VIEWS.items():
        yield f"CREATE VIEW {PRIVATE}.{name} AS {query}"
    for view in VIEWS:
        if view.schema == SCHEMA or with_people:
            full = f"{view.schema}.{view.name}"
            # A barrier: nobody's clever condition is tried on rows that the view leaves out.
            yield f"CREATE VIEW {full} WITH (security_barrier) AS {view.select}"
            yield f"COMMENT ON VIEW {full} IS {quoted(view.why)}"
            for column, (_sql, why) in view.columns.items():
                yield f"COMMENT ON COLUMN {full}.{column} IS {quoted(why)}"
    yield f"CREATE VIEW {SCHEMA}.metrics AS {metrics_query()}"
    yield f"COMMENT ON VIEW {SCHEMA}.metrics IS {quoted('What each metric means.')}"
    for schema, role in ((SCHEMA, ROLE), *([(PEOPLE, PEOPLE_ROLE)] if with_people else [])):
        yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"


def metrics_query() -> str:
    """The catalogue of metrics as a query."""
    said = definitions_of([kind.slug for kind in day_metrics()])
    rows = ", ".join(f"({', '.join(quoted(value) for value in vars(each).values())})" for each in said)
    return f"SELECT * FROM (VALUES {rows}) AS metric({', '.join(vars(said[0]))})"  # noqa: S608  (quoted below)


def quoted(said: object) -> str:
    """A literal of PostgreSQL's: numbers as they are, texts between quotation marks."""
    if isinstance(said, int):
        return str(said)
    return "'" + str(said).replace("'", "''") + "'"


def _make_role(cursor: Any, name: str, password: str | None) -> None:
    if not _has_role(cursor, name):
        cursor.execute(f"CREATE ROLE {name}")
    limits = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    if password is None:
        cursor.execute(f"ALTER ROLE {name} NOLOGIN {limits}")
        return
    from psycopg import sql

    # The password is a literal in this statement, not a parameter: PostgreSQL takes none here.
    said = sql.SQL("ALTER ROLE {} LOGIN {} CONNECTION LIMIT 20 PASSWORD {}")
    cursor.execute(said.format(sql.Identifier(name), sql.SQL(limits), sql.Literal(password)))
    for setting in ("default_transaction_read_only = on", "statement_timeout = '15min'", f"search_path = {SCHEMA}"):
        cursor.execute(f"ALTER ROLE {name} SET {setting}")


def _has_role(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    return cursor.fetchone() is not None


def _drop(cursor: Any) -> None:
    for schema in (SCHEMA, PEOPLE, PRIVATE):
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = %s", [schema])
        for name in _names(cursor.fetchall()):
            cursor.execute(f'DROP VIEW {schema}."{name}" CASCADE')


def _names(rows: Iterable[tuple[str]]) -> list[str]:
    return [name for (name,) in rows]


def _comment_on(schema: str) -> str | None:
    """The comment on a schema; "" where it has none, None where there is no such schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(obj_description(oid), '') FROM pg_namespace WHERE nspname = %s", [schema])
        row = cursor.fetchone()
    return None if row is None else str(row[0])
