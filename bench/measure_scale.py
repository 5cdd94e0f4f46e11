"""How long a year of work takes to roll up, and how long figures take to ask, however many decisions stand behind them.

    scripts/bench measure_scale                         a million decisions over a year
    scripts/bench measure_scale -- 10000000             ten million
    scripts/bench measure_scale -- 10000000:36          ten million in 36 days: a month of a house that decides 1e8 a year
    scripts/bench measure_scale -- 10000000:1:once      ten million in a night, each about an item of its own

Decisions, audits (2 %) and working time are made up by DuckDB and put into the log a day at a time, as an import puts them
there: 700 people in 40 teams of 4 organisations, 10 queues, 5 languages, 20,000 items. Then everything goes into the
roll-ups, and they are asked: one metric by five dimensions over the whole span, and twelve tiles of the last four weeks. The
table of decisions stays empty: nothing that is timed reads it. SQLite in a folder that is thrown away. CPU is this process's;
peak memory is that of each step alone, the process as it stood before included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

SIZES = ["1000000:365"]
UNTIL = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
ORGANISATIONS, TEAMS, PEOPLE, QUEUES, ITEMS = 4, 40, 700, 10, 20_000
BATCH = 500_000
TILES = [
    "accuracy", "precision", "recall", "over_enforcement", "critical_error_rate", "decided", "handle_time",
    "handle_time_p90", "turnaround_median", "within_target", "throughput", "utilisation",
]  # fmt: skip
FIVE: Any = ["programme", "queue", "organisation", "site", "team"]


def main(sizes: list[str]) -> None:
    """Each size in a process of its own."""
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, __file__, "--one", size], env=environment, check=True)


def one(size: str) -> None:
    """Make, roll up, ask, and print what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    rows, days, each = [*size.split(":"), "", ""][:3]
    n, span = int(rows), int(days or 365)
    print(f"{n:,} decisions in {span} days; load {os.getloadavg()[0]:.1f}", flush=True)
    place = _organise()
    _step("into the log", lambda: _fill(place, n, span, are_many=each == "once"), n)
    from evenkeel.measure import rebuild
    from evenkeel.measure.models import CutParts, DayParts, SketchParts, WorkerDayParts
    from evenkeel.measure.rollup import take_in

    _step("rolled up", lambda: take_in(NOW, everything=True), n)
    tables = (DayParts, WorkerDayParts, CutParts, SketchParts)
    print("  rows kept: " + ", ".join(f"{table.__name__} {table.objects.count():,}" for table in tables))
    _ask(span)
    if n <= 100_000:
        _step("made anew", lambda: rebuild(NOW), n)


def _step(what: str, act: Callable[[], object], n: int) -> None:
    # From here on the kernel counts the peak anew.
    Path("/proc/self/clear_refs").write_text("5")
    started, spent = perf_counter(), process_time()
    act()
    wall, cpu = perf_counter() - started, process_time() - spent
    status = Path("/proc/self/status").read_text().splitlines()
    peak_mb = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    print(
        f"  {what:<14}{wall:>8.1f} s {cpu:>8.1f} s CPU {n / cpu:>12,.0f} rows/CPU s   peak {peak_mb:,.0f} MB",
        flush=True,
    )


def _ask(span: int) -> None:
    from evenkeel.measure import evaluate, figures

    first = UNTIL - timedelta(days=span)
    for metric in ("accuracy", "decided", "throughput", "handle_time_p90"):
        _timed(f"{metric} by 5", partial(evaluate, metric, since=first, until=UNTIL, by=FIVE), 5)
    _timed("decided, lang.", lambda: evaluate("decided", since=first, until=UNTIL, by=["queue", "language"]), 5)
    _timed("12 tiles", lambda: figures(TILES, since=UNTIL - timedelta(days=28), until=UNTIL), 40)


def _timed(what: str, act: Callable[[], Any], times: int) -> None:
    act()
    took = []
    spent = process_time()
    for _time in range(times):
        started = perf_counter()
        act()
        took.append((perf_counter() - started) * 1000)
    cpu = (process_time() - spent) * 1000 / times
    cuts = quantiles(took, n=20) if times > 2 else [took[0]] * 19
    print(f"  {what:<22}p50 {cuts[9]:>8.1f} ms   p95 {cuts[18]:>8.1f} ms   {cpu:>8.1f} ms CPU", flush=True)


def _organise() -> dict[str, list[Any]]:
    """The people and where they work, as lists that SQL picks from by number."""
    from evenkeel.ground.access import Actor
    from evenkeel.people import Worker, add_organisation, add_site, add_team
    from evenkeel.work import Item, add_form, add_programme, add_queue

    actor = Actor.system("bench")
    owners = [add_organisation(actor, name=f"Organisation {n}", is_house=n == 0, now=NOW) for n in range(ORGANISATIONS)]
    sites = [
        add_site(actor, organisation=owner, name=f"Site {n}", time_zone="UTC", now=NOW)
        for n, owner in enumerate(owners)
    ]
    teams = [add_team(actor, site=sites[n % ORGANISATIONS], name=f"Team {n:02d}", now=NOW) for n in range(TEAMS)]
    programme = add_programme(actor, name="Bench", now=NOW)
    choices = [{"value": "No", "title": "No", "tone": "good"}, {"value": "Yes", "title": "Yes", "tone": "bad"}]
    fields = [{"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}]
    spec = {"question": "Safe?", "fields": fields, "main": "label"}
    form = add_form(actor, programme=programme, name="Form", spec=spec, now=NOW)
    queues = [add_queue(actor, programme=programme, name=f"Queue {n}", form=form, now=NOW) for n in range(QUEUES)]
    workers = [
        Worker(
            organisation_id=teams[n % TEAMS].site.organisation_id, site_id=teams[n % TEAMS].site_id,
            team=teams[n % TEAMS], code=f"w{n}", name=f"Worker {n}", created_at=NOW,
        )
        for n in range(PEOPLE)
    ]  # fmt: skip
    Worker.objects.bulk_create(workers)
    items = [Item(programme=programme, key=f"i{n}", content={"text": "x"}, created_at=NOW) for n in range(ITEMS)]
    Item.objects.bulk_create(items, batch_size=2_000)
    return {
        "programme": [str(programme.pk)],
        "queue": [str(queue.pk) for queue in queues],
        "worker": [str(worker.pk) for worker in workers],
        "organisation": [str(worker.organisation_id) for worker in workers],
        "site": [str(worker.site_id) for worker in workers],
        "team": [str(worker.team_id) for worker in workers],
        "item": [str(item.pk) for item in items],
    }


_OF_FEW = f"item[(h % {ITEMS} + 1)::BIGINT]"
# As an id of version 7 grows with time.
_OF_MANY = "('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))"
# A row's numbers come from a hash of its own number, so any day can be made alone and again.
_DECISIONS = """
SELECT uuid()::VARCHAR AS id, 1::BIGINT AS sign,
    TIMESTAMPTZ '{day} 00:00:00+00' + to_microseconds((h % 86000000000)::BIGINT) AS decided_at,
    '{programme}' AS programme_id, queue[((p + (h >> 5) % 2 * 3) % {queues} + 1)::BIGINT] AS queue_id,
    {item} AS item_id, worker[(p + 1)::BIGINT] AS worker_id,
    organisation[(p + 1)::BIGINT] AS organisation_id, site[(p + 1)::BIGINT] AS site_id, team[(p + 1)::BIGINT] AS team_id,
    CASE WHEN h % 7 = 0 THEN 'Yes' ELSE 'No' END AS label, 1::BIGINT AS replicate, 'desk' AS origin,
    (8000 + (h >> 9) % 52000)::BIGINT AS active_ms, h % 7 = 0 AS violates,
    (300 + (h >> 13) % 90000)::DOUBLE AS turnaround_s, (h >> 13) % 90000 < 80000 AS in_time,
    ['de', 'en', 'es', 'fr', 'pl'][((h >> 7) % 5 + 1)::BIGINT] AS language, 'EU' AS market, 'text' AS item_kind,
    CASE WHEN h % 3 = 0 THEN 'proactive' ELSE 'reported' END AS source, 3::BIGINT AS severity,
    ((p * 7) % 900)::BIGINT AS tenure_days, h
FROM (SELECT i + {start} AS i, hash(i + {start}) AS h, i % {people} AS p FROM range({n}) AS r(i)) AS made, place
"""
_AUDITS = """
SELECT uuid()::VARCHAR AS id, 1::BIGINT AS sign, decided_at + INTERVAL 5 HOUR AS audited_at, decided_at, 0.02 AS pi,
    id AS decision_id, programme_id, queue_id, item_id, worker_id, organisation_id, site_id, team_id,
    label AS decided_label, CASE WHEN h % 13 = 0 THEN 'No' ELSE label END AS audited_label,
    NOT (h % 13 = 0 AND label = 'Yes') AS is_right,
    CASE WHEN h % 13 = 0 AND label = 'Yes' THEN 'over_enforcement' ELSE '' END AS error_class,
    violates AS decided_violates, violates AND h % 13 > 0 AS audited_violates,
    h % 13 = 0 AND label = 'Yes' AS is_critical, language, market, item_kind, source, severity, tenure_days
FROM made_decisions WHERE (h >> 3) % 50 = 0
"""
_TIME = """
SELECT uuid()::VARCHAR AS id, 1::BIGINT AS sign, DATE '{day}' AS day, TIMESTAMPTZ '{day} 08:00:00+00' AS began_at,
    TIMESTAMPTZ '{day} 16:00:00+00' AS ended_at, seconds, state, 'desk' AS origin, worker[(p + 1)::BIGINT] AS worker_id,
    organisation[(p + 1)::BIGINT] AS organisation_id, site[(p + 1)::BIGINT] AS site_id, team[(p + 1)::BIGINT] AS team_id,
    CASE WHEN state = 'production' THEN '{programme}' END AS programme_id,
    CASE WHEN state = 'production' THEN queue[(p % {queues} + 1)::BIGINT] END AS queue_id
FROM range({people}) AS r(p), place,
    (VALUES ('production', 25200.0), ('break', 1800.0), ('idle', 900.0)) AS states(state, seconds)
"""


def _fill(place: dict[str, list[Any]], n: int, span: int, *, are_many: bool) -> None:
    import duckdb

    from evenkeel.people import TIME
    from evenkeel.quality import AUDITS
    from evenkeel.work import DECISIONS

    base = duckdb.connect()
    base.execute("SET TimeZone = 'UTC'; SET threads = 1")
    names = [name for name in place if name != "programme"]
    base.execute(
        f"CREATE TABLE place AS SELECT {', '.join(f'? AS {name}' for name in names)}", [place[k] for k in names]
    )
    for number in range(span):
        day = UNTIL - timedelta(days=span - number)
        start, end = n * number // span, n * (number + 1) // span
        said = {
            "day": day, "programme": place["programme"][0], "queues": QUEUES, "people": PEOPLE,
            "item": _OF_MANY if are_many else _OF_FEW,
        }  # fmt: skip
        for first in range(start, end, BATCH):
            said |= {"start": first, "n": min(BATCH, end - first)}
            base.execute("CREATE OR REPLACE TEMP TABLE made_decisions AS " + _DECISIONS.format(**said))
            _append(DECISIONS, base.execute("SELECT * FROM made_decisions").arrow(), day)
            _append(AUDITS, base.execute(_AUDITS).arrow(), day)
        _append(TIME, base.execute(_TIME.format(**said)).arrow(), day)


def _append(fact: Any, made: Any, day: date) -> None:
    import pyarrow as pa
    from django.db import transaction

    from evenkeel.ground import log

    table = made.read_all() if isinstance(made, pa.RecordBatchReader) else made
    schema = fact.schema()
    columns = [
        table[name].cast(schema.field(name).type)
        if name in table.column_names
        else pa.nulls(table.num_rows, schema.field(name).type)
        for name in schema.names
    ]
    with transaction.atomic():
        log.append_table(fact, pa.table(columns, schema=schema), day=day, now=NOW)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        main([word for word in sys.argv[1:] if word != "--"])
