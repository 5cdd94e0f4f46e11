"""The views for SQL tools: one list, on PostgreSQL and in a file; the role that reads them reads nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.measure.tests.floor import NOW
from evenkeel.work.tests import factories

from ...exports.analytics.file import write_analytics
from ...exports.analytics.postgres import install_analytics, is_installed, metrics_query, remove_analytics
from ...exports.analytics.views import PEOPLE, SCHEMA, VIEWS
from .floor import Taken

PASSWORD = "a password of the analysts"


def test_no_view_of_everybodys_tells_of_a_person() -> None:
    for view in VIEWS:
        told = {"worker_id", "auditor_id", "ruler_id", "exposure_s", "shift_s", "worker", "code"} & set(view.columns)
        assert (view.schema == PEOPLE) or not told, view.name
        assert all(why for _sql, why in view.columns.values())


def test_the_file_has_the_views_over_a_copy_of_the_log(taken: Taken, tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "analytics.duckdb"
    path.write_text("an older one")
    again = taken.floor.decision(0, 0, at=NOW, id_="00000000-0000-7000-8000-000000000000")
    taken.floor.write(decisions=[again, {**again, "sign": -1}])
    heard: list[int] = []
    now = NOW + timedelta(days=1)
    rows = write_analytics(factories.SYSTEM, path=path, tell=heard.append, now=now)
    assert (rows["as_logged.decisions"], rows["decisions"], rows["audits"]) == (38, 36, 12)
    file = duckdb.connect(str(path), read_only=True)
    for view in VIEWS:
        if view.schema == SCHEMA:
            described = file.sql(f"DESCRIBE {view.name}").fetchall()
            assert [column[0] for column in described] == list(view.columns), view.name
    assert "worker_id" not in file.sql("FROM as_logged.decisions").columns
    by_name = file.sql("SELECT p.name, count(*) FROM decisions d JOIN programmes p ON p.id = d.programme_id GROUP BY 1")
    assert by_name.fetchall() == [("Programme", 36)]
    parts = file.sql("SELECT sum(n), max(people) FROM figures_by_day WHERE metric = 'decided'").fetchall()
    assert parts == [(None, None)], "three people a queue and team: too few"
    value = file.sql("SELECT value, low, high FROM figures WHERE metric = 'accuracy'").fetchall()[0]
    assert value[1] < value[0] < value[2]
    comments = dict(
        file.sql("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'figures_by_day'").fetchall()
    )
    assert comments["people"] == "how many people stand behind it"
    assert file.sql("SELECT unit FROM metrics WHERE metric = 'accuracy'").fetchall() == [("percent",)]
    file.close()


@pytest.mark.django_db
def test_where_there_are_no_roles_it_says_what_else_there_is() -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(Invalid, match="password"):
            install_analytics(factories.SYSTEM, password="short", now=NOW)
        with pytest.raises(NotNow):
            remove_analytics(factories.SYSTEM, now=NOW)
    else:
        with pytest.raises(NotNow, match="analytics file"):
            install_analytics(factories.SYSTEM, password=PASSWORD, now=NOW)
    assert not is_installed()


def test_the_catalogue_of_metrics_is_a_query() -> None:
    query = metrics_query()
    assert query.startswith("SELECT * FROM (VALUES (")
    assert "'accuracy'" in query
