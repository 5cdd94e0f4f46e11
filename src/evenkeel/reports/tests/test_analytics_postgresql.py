"""On PostgreSQL: the role reads the views, and nothing else; the views hold what stands, and tell of no small place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from evenkeel.measure import roll_up
from evenkeel.measure.tests.floor import NOW, Floor
from evenkeel.people import Worker
from evenkeel.work import Decision, Programme
from evenkeel.work.tests import factories

from ..exports.analytics import after_migration, before_migration
from ..exports.analytics.postgres import install_analytics, is_installed, remove_analytics
from ..exports.analytics.views import SCHEMA, VIEWS

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has neither schemas nor roles")
PASSWORD = "a password of the analysts"
_DENIED = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.ObjectNotInPrerequisiteState,
    psycopg.errors.FeatureNotSupported,
)


@pytest.fixture
def installed(transactional_db: None) -> Iterator[Programme]:
    """The schema and its role, taken away again: roles belong to the server, not to the database."""
    made = factories.make_programme("Safety")
    install_analytics(factories.SYSTEM, password=PASSWORD, with_people=True, now=NOW)
    yield made
    if is_installed():
        remove_analytics(factories.SYSTEM, now=NOW)


def as_role(sql: str) -> list[tuple[Any, ...]]:
    """What the role reads, logged in with its own password."""
    said = connection.get_connection_params()
    place = {"host": said.get("host"), "port": said.get("port"), "dbname": said["dbname"]}
    with psycopg.connect(**place, user="evenkeel_analytics", password=PASSWORD) as client:
        found = client.execute(sql)
        return found.fetchall() if found.description else []


def test_the_role_reads_the_views_and_nothing_else(installed: Programme) -> None:
    for view in VIEWS:
        if view.schema == SCHEMA:
            as_role(f"SELECT {', '.join(view.columns)} FROM {SCHEMA}.{view.name} LIMIT 1")  # noqa: S608
    assert as_role("SELECT name FROM programmes") == [("Safety",)], "its search path is the schema"
    assert ("accuracy", "percent") in as_role("SELECT metric, unit FROM metrics")
    for refused in (
        "SELECT 1 FROM public.people_worker",
        "SELECT 1 FROM public.work_decision",
        "SELECT 1 FROM analytics_people.workers",
        "SELECT 1 FROM analytics_private.places",
        "SELECT 1 FROM public.django_session",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(refused)
    for writing in (
        "INSERT INTO analytics.programmes (name) VALUES ('x')",
        "DELETE FROM analytics.decisions",
        "UPDATE analytics.teams SET name = 'x'",
        "CREATE TABLE analytics.mine (x int)",
        "CREATE TABLE public.mine (x int)",
        "CREATE SCHEMA mine",
        "DROP VIEW analytics.decisions",
    ):
        # Read-only by its own setting, which it may lift; what it may not is a matter of rights.
        with pytest.raises(_DENIED):
            as_role(f"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; COMMIT; BEGIN READ WRITE; {writing}")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        as_role("CREATE TABLE mine (x int)")


def test_views_are_told_of_in_the_database_and_made_anew_around_migrations(installed: Programme) -> None:
    about = "SELECT obj_description(oid), col_description(oid, 1) FROM (SELECT 'analytics.decisions'::regclass::oid) AS of(oid)"
    sentence = "One row a decision that stands: neither taken back nor corrected."
    assert as_role(about) == [(sentence, "the decision")]
    before_migration(plan=["one"])
    assert as_role("SELECT count(*) FROM pg_views WHERE schemaname = 'analytics'") == [(0,)]
    after_migration(plan=["one"])
    assert as_role("SELECT name FROM programmes") == [("Safety",)]
    install_analytics(factories.SYSTEM, password=PASSWORD, now=NOW)
    assert as_role("SELECT name FROM programmes") == [("Safety",)], "once more changes nothing"
    remove_analytics(factories.SYSTEM, now=NOW)
    assert not is_installed()
    with pytest.raises(psycopg.OperationalError):
        as_role("SELECT 1")


def test_rows_are_those_that_stand_and_tell_no_small_place(installed: Programme) -> None:
    floor = Floor.make(workers=12, items=2)
    Decision.objects.bulk_create(
        Decision(
            programme=floor.programme, item=floor.items[item], worker=worker, organisation=worker.organisation,
            site=worker.site, team=worker.team, label="No", replicate=1, origin="desk", decided_at=NOW, answer={"label": "No"},
        )
        for worker in floor.workers
        for item in range(2)
    )  # fmt: skip
    by_place = (
        "SELECT o.name, count(d.site_id), count(d.team_id), count(*) FROM decisions d "
        "JOIN organisations o ON o.id = d.organisation_id GROUP BY 1 ORDER BY 1"
    )
    assert as_role(by_place) == [("House", 12, 12, 12), ("Vendor", 12, 12, 12)]
    alone = [worker.pk for worker in floor.workers[:4:2]]
    Worker.objects.filter(pk__in=alone).update(team=None)
    assert as_role(by_place) == [("House", 12, 0, 12), ("Vendor", 12, 12, 12)], "two without a team, four in one"
    floor.write(decisions=[floor.decision(worker, 0, queue=0) for worker in range(12)])
    roll_up(now=NOW)
    figures = "SELECT sum(n)::int, min(people) FROM figures_by_day WHERE metric = 'decided'"
    assert as_role(figures) == [(12, 6)]
