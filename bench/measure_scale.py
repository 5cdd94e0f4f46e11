"""What a year of work takes to log, to roll up and to ask, and whether that depends on how many decisions stand behind it.

    scripts/bench measure_scale                                a year of 1e6 decisions, then a year of 1e8
    scripts/bench measure_scale -- 1000000:28                  a million in four weeks
    scripts/bench measure_scale -- 100000000 --keep FOLDER     leave the install in FOLDER, and go on there the next time
    scripts/bench measure_scale -- 100000000 --night 10000000  then one more night of so many
    scripts/bench measure_scale -- 10000000:1 --no-pages       no server: the log and the roll-ups alone

Decisions (each about an item of its own), audits (2 %) and working time are made by DuckDB, in the log's own columns, and put
into it a day at a time: 1,000 people in 50 teams at 20 sites of 4 organisations; 12 queues, 9 markets with a language each,
40 clauses. A team has two queues and one market, and a person works in one queue a day. Everything goes into the roll-ups.
Then accuracy, handle time and its p90 are taken apart over the whole span, as an investigation does; and the real
server is asked over HTTP, by one person with one connection: a dashboard of twelve tiles, metrics by four and five dimensions
over the whole span; and the dashboard 1,000 times, for the server's memory. The table of decisions stays empty: nothing that
is timed reads it.

With --keep, days that are logged and batches that are rolled up are not made again, so a run that was stopped goes on. SQLite.
CPU is processor time, of this process or of the server's; peak memory is that of each step alone, the process as it stood
before included. `scripts/bench log_ingest` has the way through the outbox.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

SIZES = ["1000000", "100000000"]
YEAR = 364
ORGANISATIONS, SITES, TEAMS, PEOPLE, QUEUES = 4, 20, 50, 1_000, 12
MARKETS = ["AT", "BR", "DE", "ES", "FR", "GB", "IN", "JP", "PL"]
LANGUAGES = ["de", "pt", "de", "es", "fr", "en", "hi", "ja", "pl"]
BATCH = 500_000
REQUESTS = 40
METRICS = ("accuracy", "decided", "handle_time")
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Each size in a process of its own."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", default=SIZES)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--night", type=int, default=0)
    asked.add_argument("--requests", type=int, default=1_000)
    asked.add_argument("--no-pages", action="store_true")
    asked.add_argument("--one", action="store_true")
    said = asked.parse_args([word for word in sys.argv[1:] if word != "--"])
    if said.one:
        one(said.sizes[0], said.night, 0 if said.no_pages else said.requests)
        return
    for size in said.sizes:
        with _folder(said.keep, size) as folder:
            numbers = ["--night", str(said.night), "--requests", str(said.requests)]
            words = ["--one", size, *numbers, *(["--no-pages"] if said.no_pages else [])]
            environment = os.environ | {"EVENKEEL_DATA_DIR": str(folder), "EVENKEEL_LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, __file__, *words], env=environment, check=True)


@contextmanager
def _folder(keep: Path | None, size: str) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made) / "data"
        return
    folder = keep / size.replace(":", "-")
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def one(size: str, night: int, requests: int) -> None:
    """Make, roll up, ask, and print what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    from evenkeel.edges.tests.migrated import migrated_sqlite

    file = Path(os.environ["EVENKEEL_DATA_DIR"]) / "evenkeel.sqlite3"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(migrated_sqlite(), file)
    django.setup()
    rows, _colon, days = size.partition(":")
    n, span = int(rows), int(days or YEAR)
    print(f"{n:,} decisions in {span} days; load average {os.getloadavg()[0]:.1f}", flush=True)
    place, until = _organised()
    from evenkeel.measure.models import CellParts, CutParts, DayParts, SketchParts, WorkerDayParts
    from evenkeel.measure.rollup import take_in

    now = datetime.now(UTC)
    days_of = {
        until - timedelta(days=span - number): (n * number // span, n * (number + 1) // span) for number in range(span)
    }
    _step("into the log", lambda: _fill(place, days_of), n)
    _step("rolled up", lambda: take_in(now, everything=True), n)
    if night:
        _step("a night, logged", lambda: _fill(place, {until: (n, n + night)}), night)
        _step("a night, rolled up", lambda: take_in(now, everything=True), night)
    tables: tuple[Any, ...] = (DayParts, WorkerDayParts, CellParts, CutParts, SketchParts)
    print("  rows kept: " + ", ".join(f"{table.__name__} {table.objects.count():,}" for table in tables))
    folder = Path(os.environ["EVENKEEL_DATA_DIR"])
    print(
        f"  on disk: log {_size_mb(folder / 'log'):,.0f} MB, database {_size_mb(folder, 'evenkeel.sqlite3*'):,.0f} MB"
    )
    if requests:
        _ask(folder, span, until, requests)


def _size_mb(folder: Path, which: str = "**/*") -> float:
    return sum(path.stat().st_size for path in folder.glob(which) if path.is_file()) / 1e6


def _step(what: str, act: Callable[[], object], n: int) -> None:
    # From here on the kernel counts the peak anew.
    Path("/proc/self/clear_refs").write_text("5")
    started, spent = perf_counter(), process_time()
    act()
    wall, cpu = perf_counter() - started, process_time() - spent
    peak_mb = _status_kb(os.getpid(), "VmHWM") / 1024
    print(
        f"  {what:<20}{wall:>8.1f} s {cpu:>8.1f} s CPU {n / cpu:>12,.0f} rows/CPU s   peak {peak_mb:,.0f} MB",
        flush=True,
    )


def _status_kb(pid: int, name: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in status if line.startswith(name)), 0)


# ---------------------------------------------------------------- asked over HTTP


def _ask(folder: Path, span: int, until: date, requests: int) -> None:
    import httpx

    from evenkeel.edges.tests.servers import Install

    dashboard, cookie = _looked_at(("quality_manager", "lead"))
    guarded, other = _looked_at(("qa_specialist",))
    _take_apart(span, until)
    install = Install(folder)
    five = "&".join(f"by={name}" for name in ("queue", "organisation", "site", "team", "language"))
    pages = {
        "dashboard, 12 tiles": dashboard,
        "by 5, decided": f"/reports/explore/?metric=decided&days={span}&{five}&drawing=table",
        "by 5, accuracy": f"/reports/explore/?metric=accuracy&days={span}&{five}&drawing=table",
        "by 4, handle time p90": f"/reports/explore/?metric=handle_time_p90&days={span}&drawing=table"
        "&by=queue&by=organisation&by=site&by=team",
        "year, pivot": f"/reports/explore/?metric=decided&days={span}&by=team&by=queue&drawing=pivot",
    }
    with (
        install.serving("--no-jobs") as server,
        httpx.Client(base_url=install.url, cookies=cookie, timeout=120) as client,
    ):
        for what, page in pages.items():
            _row(what, *_timed(client, server.pid, page, REQUESTS if page == dashboard else 8))
        with httpx.Client(base_url=install.url, cookies=other, timeout=120) as careful:
            _row("12 tiles, few hidden", *_timed(careful, server.pid, guarded, 8))
        before = _rss_mb(server.pid)
        took, cpu = _timed(client, server.pid, dashboard, requests)
        print(
            f"  {requests} requests: RSS of the server {before:,.0f} MB before, {_rss_mb(server.pid):,.0f} MB after; "
            f"p95 {quantiles(took, n=20)[18]:,.1f} ms, {cpu:,.1f} ms CPU",
            flush=True,
        )


def _row(what: str, took: list[float], cpu: float) -> None:
    cuts = quantiles(took, n=20)
    print(f"  {what:<24}p50 {cuts[9]:>8.1f} ms   p95 {cuts[18]:>8.1f} ms   {cpu:>8.1f} ms CPU", flush=True)


def _timed(client: Any, pid: int, page: str, times: int) -> tuple[list[float], float]:
    for _warm in range(3):
        found = client.get(page)
        assert found.status_code == 200, (page, found.status_code, found.text[:500])
    took, before = [], _cpu_s(pid)
    for _time in range(times):
        started = perf_counter()
        client.get(page)
        took.append((perf_counter() - started) * 1000)
    return took, (_cpu_s(pid) - before) * 1000 / times


def _session(leader: int) -> Iterator[tuple[int, list[str]]]:
    """The processes of the server, which has a session of its own, with what the kernel says of each."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[3]) == leader:
            yield int(entry.parent.name), said


def _cpu_s(leader: int) -> float:
    # Its own and that of children which have ended.
    return sum(sum(map(int, said[11:15])) for _pid, said in _session(leader)) / TICKS


def _rss_mb(leader: int) -> float:
    return sum(_status_kb(pid, "VmRSS") for pid, _said in list(_session(leader))) / 1024


def _looked_at(roles: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A dashboard of twelve tiles, and the cookie of its owner, who has these roles."""
    from django.conf import settings
    from django.test import Client

    from evenkeel.ground.access import Actor
    from evenkeel.people import Organisation, Person, Role, actor_for, add_person, give_grant
    from evenkeel.reports.acts import add_tile, begin_dashboard
    from evenkeel.reports.models import Dashboard
    from evenkeel.reports.rules.questions import Question

    now, system, email = datetime.now(UTC), Actor.system("bench"), f"{roles[0]}@example.org"
    person = Person.objects.filter(email=email).first()
    if person is None:
        house = Organisation.objects.get(is_house=True)
        person = add_person(system, organisation=house, email=email, name=roles[0], now=now)
        for slug in roles:
            give_grant(system, person=person, role=Role.objects.get(slug=slug), target=None, now=now)
    actor = actor_for(person, now=now)
    dashboard = Dashboard.objects.filter(owner=person).first()
    if dashboard is None:
        dashboard = begin_dashboard(actor, name="Twelve", now=now)
        for metric, days in [(metric, days) for days in (7, 28, 91, 364) for metric in METRICS]:
            add_tile(actor, dashboard=dashboard, question=Question(metric=metric, days=days), now=now)
    client = Client()
    client.force_login(person)
    return dashboard.get_absolute_url(), {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value
    }


def _take_apart(span: int, until: date) -> None:
    """As an investigation does, the second half of the span against the first."""
    from evenkeel.improve import Investigation
    from evenkeel.improve.drivers import find
    from evenkeel.work import Programme

    for metric in ("accuracy", "handle_time", "handle_time_p90"):
        asked = Investigation(
            programme=Programme.objects.get(), metric=metric, baseline_since=until - timedelta(days=span),
            since=until - timedelta(days=span // 2), until=until,
        )  # fmt: skip
        started, spent = perf_counter(), process_time()
        found = find(asked)
        print(
            f"  taken apart, {metric:<15}{perf_counter() - started:>7.2f} s {process_time() - spent:>8.2f} s CPU   "
            f"{found.before['cells']} and {found.now['cells']} cells: {found.verdict}",
            flush=True,
        )


# ---------------------------------------------------------------- made up


def _organised() -> tuple[dict[str, Any], date]:
    """Where people work, as it stands in the database; made where it does not. Until when the log goes: the day it was made."""
    from evenkeel.ground.access import Actor
    from evenkeel.people import Worker, add_organisation, add_site, add_team
    from evenkeel.work import Programme, Queue, add_form, add_programme, add_queue

    now = datetime.now(UTC)
    if not Programme.objects.exists():
        actor = Actor.system("bench")
        owners = [add_organisation(actor, name=f"Org {n}", is_house=n == 0, now=now) for n in range(ORGANISATIONS)]
        sites = [
            add_site(actor, organisation=owners[n % ORGANISATIONS], name=f"Site {n}", time_zone="UTC", now=now)
            for n in range(SITES)
        ]
        teams = [add_team(actor, site=sites[n % SITES], name=f"Team {n:02d}", now=now) for n in range(TEAMS)]
        programme = add_programme(actor, name="Bench", now=now)
        choices = [{"value": "No", "title": "No", "tone": "good"}, {"value": "Yes", "title": "Yes", "tone": "bad"}]
        fields = [{"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}]
        spec = {"question": "Safe?", "fields": fields, "main": "label"}
        form = add_form(actor, programme=programme, name="Form", spec=spec, now=now)
        for n in range(QUEUES):
            add_queue(actor, programme=programme, name=f"Queue {n}", form=form, now=now)
        Worker.objects.bulk_create(
            Worker(
                organisation_id=team.site.organisation_id, site_id=team.site_id, team=team, code=f"bench{n:04d}",
                name=f"Worker {n}", created_at=now,
            )
            for n in range(PEOPLE) for team in [teams[n % TEAMS]]
        )  # fmt: skip
    workers = list(Worker.objects.filter(code__startswith="bench").order_by("pk"))
    programme = Programme.objects.get()
    place = {
        "programme": str(programme.pk),
        "queue": [str(queue.pk) for queue in Queue.objects.order_by("pk")],
        "worker": [str(worker.pk) for worker in workers],
        "organisation": [str(worker.organisation_id) for worker in workers],
        "site": [str(worker.site_id) for worker in workers],
        "team": [str(worker.team_id) for worker in workers],
    }
    return place, programme.created_at.date()


# One day of each of a team's two queues is made, and repeated with ids, moments and tenure of its own: making every row anew
# took longer than everything that is measured. Ids count up, as those of version 7 grow with time.
_MADE = """
SELECT r, p, h, queue_id, worker_id, organisation_id, site_id, team_id,
    CASE WHEN h % 7 = 0 THEN 'Yes' ELSE 'No' END AS label, (8000 + (h >> 9) % 52000)::BIGINT AS active_ms,
    h % 7 = 0 AS violates, (300 + (h >> 13) % 90000)::DOUBLE AS turnaround_s, (h >> 13) % 90000 < 80000 AS in_time,
    CASE WHEN (h >> 7) % 10 = 0 THEN 'en' ELSE home_language END AS language, market,
    CASE WHEN h % 3 = 0 THEN 'proactive' ELSE 'reported' END AS source, 1 + ((h >> 21) % 4)::BIGINT AS severity,
    CASE WHEN h % 7 = 0 THEN clauses[1 + ((h >> 31) % 40)::BIGINT] END AS clause,
    to_microseconds((60000000 * ((p * 131) % 900) + h % 28800000000)::BIGINT) AS since_midnight
FROM (SELECT r, hash(r + {n} * {turn}) AS h, r % {people} AS p FROM range({n}) AS rows(r)) AS numbers JOIN place USING (p),
    (SELECT [format('{{}}.{{}}', c // 8 + 1, c % 8 + 1) FOR c IN range(40)] AS clauses)
WHERE turn = {turn}
"""
_SHARED = """
    1::BIGINT AS sign, TIMESTAMPTZ '{day} 00:00:00+00' + since_midnight AS decided_at, '{programme}' AS programme_id,
    '01910000-0000-7000-8000-' || lpad(to_hex(r + {start}), 12, '0') AS item_id, 'text' AS item_kind,
    ((p * 7) % 900 + {number})::BIGINT AS tenure_days,
"""
_DECISIONS = (
    "SELECT '01900000-0000-7000-8000-' || lpad(to_hex(r + {start}), 12, '0') AS id, 'desk' AS origin, 1::BIGINT AS replicate,"
    + _SHARED
    + "* EXCLUDE (r, p, h, since_midnight) FROM made_{turn} WHERE r < {n}"
)
_AUDITS = (
    """
SELECT '01920000-0000-7000-8000-' || lpad(to_hex(r + {start}), 12, '0') AS id,
    '01900000-0000-7000-8000-' || lpad(to_hex(r + {start}), 12, '0') AS decision_id,"""
    + _SHARED
    + """
    decided_at + INTERVAL 5 HOUR AS audited_at, 0.02::DOUBLE AS pi, label AS decided_label,
    CASE WHEN h % 13 = 0 THEN 'No' ELSE label END AS audited_label, NOT (h % 13 = 0 AND label = 'Yes') AS is_right,
    CASE WHEN h % 13 = 0 AND label = 'Yes' THEN 'over_enforcement' ELSE '' END AS error_class,
    violates AS decided_violates, violates AND h % 13 > 0 AS audited_violates, h % 13 = 0 AND label = 'Yes' AS is_critical,
    queue_id, worker_id, organisation_id, site_id, team_id, language, market, source, severity, clause
FROM made_{turn} WHERE r < {n} AND (h >> 3) % 50 = 0
"""
)
_TIME = """
SELECT '01930000-0000-7000-8000-' || lpad(to_hex(p + 1000 * {number}), 9, '0') || part AS id, 1::BIGINT AS sign,
    DATE '{day}' AS day, TIMESTAMPTZ '{day} 08:00:00+00' AS began_at, TIMESTAMPTZ '{day} 16:00:00+00' AS ended_at, seconds,
    state, 'desk' AS origin, worker_id, organisation_id, site_id, team_id,
    CASE WHEN state = 'production' THEN '{programme}' END AS programme_id,
    CASE WHEN state = 'production' THEN queue_id END AS queue_id
FROM place, (VALUES ('production', 25200.0, '00a'), ('break', 1800.0, '00b'), ('idle', 900.0, '00c')) AS s(state, seconds, part)
WHERE turn = {turn}
"""


def _fill(place: dict[str, Any], days: dict[date, tuple[int, int]]) -> None:
    """Make the days that the log lacks. A day's last table is its working time: where that stands, the day does."""
    from evenkeel.ground.models import LogBatch
    from evenkeel.people import TIME
    from evenkeel.quality import AUDITS
    from evenkeel.work import DECISIONS

    done = set(LogBatch.objects.filter(fact=TIME.name).values_list("day", flat=True))
    lacking = {day: rows for day, rows in days.items() if day not in done}
    base = _made(place, min(BATCH, max((end - start for start, end in lacking.values()), default=0)))
    for day, (start, end) in lacking.items():
        LogBatch.objects.filter(day=day).delete()
        number = day.toordinal() - 730_000
        said = {"day": day, "programme": place["programme"], "number": number, "turn": number % 2}
        for first in range(start, end, BATCH):
            said |= {"start": first, "n": min(BATCH, end - first)}
            _put(base, DECISIONS, _DECISIONS.format(**said), day)
            _put(base, AUDITS, _AUDITS.format(**said), day)
        _put(base, TIME, _TIME.format(**said), day)


def _made(place: dict[str, Any], most: int) -> Any:
    """A database with so many rows of a day with half of each team in its first queue, and of one the other way round."""
    import duckdb

    base = duckdb.connect()
    base.execute("SET TimeZone = 'UTC'; SET threads = 1")
    names = ("worker", "organisation", "site", "team")
    columns = ", ".join(f"unnest(?) AS {name}_id" for name in names)
    base.execute(
        f"CREATE TABLE people AS SELECT unnest(range({PEOPLE})) AS p, {columns}", [place[name] for name in names]
    )
    base.execute("CREATE TABLE queues AS SELECT unnest(range(?)) AS q, unnest(?) AS queue_id", [QUEUES, place["queue"]])
    base.execute(
        "CREATE TABLE markets AS SELECT unnest(range(?)) AS m, unnest(?) AS market, unnest(?) AS home_language",
        [len(MARKETS), MARKETS, LANGUAGES],
    )
    base.execute(
        f"CREATE TABLE place AS SELECT * FROM people, (VALUES (0), (1)) AS turns(turn) "
        f"JOIN queues ON q = (p % {TEAMS} + 5 * ((p // {TEAMS} + turn) % 2)) % {QUEUES} "
        f"JOIN markets ON m = p % {TEAMS} % {SITES} % {len(MARKETS)}"
    )
    for turn in (0, 1):
        base.execute(f"CREATE TABLE made_{turn} AS " + _MADE.format(n=most, turn=turn, people=PEOPLE))
    return base


_TYPES = {
    "id": "VARCHAR", "text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "yes_no": "BOOLEAN",
    "moment": "TIMESTAMPTZ", "day": "DATE",
}  # fmt: skip


def _put(base: Any, fact: Any, rows: str, day: date) -> None:
    """A batch as the log itself writes one: the file whole, then its line in the manifest."""
    from evenkeel.ground.log.files import final_name
    from evenkeel.ground.log.schemas import version_for
    from evenkeel.ground.log.store import checksum_of, store
    from evenkeel.ground.models import LogBatch

    now = datetime.now(UTC)
    batch = LogBatch(fact=fact.name, day=day, schema_version=version_for(fact, now=now), created_at=now, written_at=now)
    made = {name for name, *_type in base.execute(f"DESCRIBE {rows}").fetchall()}
    columns = ", ".join(
        f'"{name}"' if name in made else f'NULL::{_TYPES[column.kind]} AS "{name}"'
        for name, column in fact.columns.items()
    )
    with store().writing(final_name(batch)) as path:
        copied = base.execute(f"COPY (SELECT {columns} FROM ({rows})) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        batch.rows = copied.fetchone()[0]
        batch.checksum = checksum_of(path)
    if batch.rows:
        batch.save(force_insert=True)


if __name__ == "__main__":
    main()
