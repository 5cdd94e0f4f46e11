"""How long a programme's quality pages take, with few labels and with many, with a short history and with a long one.

    scripts/bench programme_page                    43,050 labels and 60 days of audits; 4,000,000 and 720 days
    scripts/bench programme_page -- 1000000:365     made-up labels and days of audits, as many as you say

What is timed is the server's side of a request: Django's test client asks the real address in this process, through all
middleware, access checks, queries and templates; no network, no browser. Labels and audits are made up and put into the log
as an import puts them there, and go through the roll-ups; the table of decisions, which these pages never read, stays empty.
SQLite in a folder that is thrown away afterwards. Each size is a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

SIZES = ["43050:60", "4000000:720"]
NOW = datetime.now(UTC).replace(microsecond=0)
WARM_UP, REQUESTS = 3, 40
TEAMS, QUEUES, AUDITS_A_DAY = 20, 4, 200


def main(sizes: list[str]) -> None:
    """Print the table."""
    print(
        f"{'labels':>9} {'items':>7} {'days':>4}  {'page':<9}{'p50 ms':>7} {'p95 ms':>7} {'cpu ms':>7} {'queries':>7} {'KB':>4}"
    )
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, __file__, "--one", size, folder], env=environment, check=True)


def one(size: str, folder: Path) -> None:
    """Make the data, ask each page often, print a row a page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    labels, _colon, days = size.partition(":")
    programme, items, client, said = _make(int(labels), int(days or 60), folder)
    for name in ("programme", "agreement", "raters", "items"):
        url = f"/measure/programmes/{programme}/{'' if name == 'programme' else name + '/'}"
        p50, p95, cpu, queries, size_kb = _ask(client, url)
        print(
            f"{int(labels):>9,} {items:>7,} {days:>4}  {name:<9}"
            f"{p50:>7.1f} {p95:>7.1f} {cpu:>7.1f} {queries:>7} {size_kb:>4.0f}",
            flush=True,
        )
    print(f"          ({said})", flush=True)


def _ask(client: Any, url: str) -> tuple[float, float, float, int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _request in range(WARM_UP):
        assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        size_kb = len(client.get(url).content) / 1024
    queries = len(asked.captured_queries)
    took, began = [], process_time()
    for _request in range(REQUESTS):
        started = perf_counter()
        client.get(url)
        took.append((perf_counter() - started) * 1000)
    cuts = quantiles(took, n=20)
    # Processor time tells more than the clock where other work shares the machine.
    return cuts[9], cuts[18], (process_time() - began) * 1000 / REQUESTS, queries, size_kb


def _make(labels: int, days: int, folder: Path) -> tuple[Any, int, Any, str]:
    from django.test import Client

    from evenkeel.ground import log
    from evenkeel.ground.access import Actor
    from evenkeel.measure import roll_up, watch
    from evenkeel.people import Role, add_organisation, add_person, give_grant
    from evenkeel.work import add_programme

    actor = Actor.system("bench")
    house = add_organisation(actor, name="House", is_house=True, now=NOW)
    person = add_person(actor, organisation=house, email="ada@example.org", name="Ada Example", now=NOW)
    for slug in ("quality_manager", "data_scientist"):
        give_grant(actor, person=person, role=Role.objects.get(slug=slug), now=NOW)
    timed = []

    def step(name: str, act: Callable[[], object]) -> None:
        started, spent = perf_counter(), process_time()
        act()
        timed.append(f"{name} {perf_counter() - started:.1f} s, {process_time() - spent:.1f} s of processor time")

    programme = add_programme(actor, name="Bench", now=NOW)
    people, overlap = (123, 123) if labels <= 100_000 else (5_000, 10)
    items = -(-labels // overlap)
    _labels(programme, house, labels, items, people, overlap)
    _audits(programme, house, days)
    log.flush(NOW)
    step("roll up and evaluate", lambda: roll_up(now=NOW))
    step("watch", lambda: watch(now=NOW))
    client = Client()
    client.force_login(person)
    return programme.pk, items, client, "; ".join(timed)


def _labels(programme: Any, house: Any, labels: int, items: int, people: int, overlap: int) -> None:
    """So many labels and experts' answers in the log. People err more or less often; experts answered a tenth of the items."""
    import numpy as np

    from evenkeel.ground.ids import uuid7
    from evenkeel.people import Worker
    from evenkeel.quality import EXPERT_ANSWERS
    from evenkeel.work import DECISIONS, Item

    luck = np.random.default_rng(1)
    workers = [Worker(organisation=house, code=f"w{n}", name=f"Rater {n:04d}", created_at=NOW) for n in range(people)]
    Worker.objects.bulk_create(workers, batch_size=1_000)
    made = [
        Item(programme=programme, key=f"i{n:06d}", content={"text": f"Text {n}"}, created_at=NOW) for n in range(items)
    ]
    Item.objects.bulk_create(made, batch_size=2_000)
    item_ids, worker_ids = (np.array([str(row.pk) for row in rows]) for rows in (made, workers))
    names = np.array(["No", "Unsure", "Yes"])
    truth = np.where(luck.random(items) < 0.3, 2, 0)
    for start in range(0, labels, 500_000):
        number = np.arange(start, min(start + 500_000, labels))
        item, place = number // overlap, number % overlap
        worker = (item * 7 + place) % people
        is_wrong = luck.random(len(number)) < 0.15 + 0.02 * (worker % 10)
        said = np.where(is_wrong, luck.integers(0, 3, len(number)), truth[item])
        n = len(number)
        columns = {
            "id": [str(uuid7()) for _label in range(n)], "sign": np.ones(n, dtype=int), "decided_at": [NOW] * n,
            "programme_id": [str(programme.pk)] * n, "item_id": item_ids[item], "worker_id": worker_ids[worker],
            "organisation_id": [str(house.pk)] * n, "label": names[said], "replicate": np.ones(n, dtype=int),
            "origin": ["import"] * n,
        }  # fmt: skip
        _append(DECISIONS, columns, n)
    known = np.arange(0, items, max(items // max(items // 10, 350), 1))
    n = len(known)
    columns = {
        "id": [str(uuid7()) for _answer in range(n)], "sign": np.ones(n, dtype=int), "said_at": [NOW] * n,
        "programme_id": [str(programme.pk)] * n, "item_id": item_ids[known], "label": names[truth[known]],
    }  # fmt: skip
    _append(EXPERT_ANSWERS, columns, n)


def _append(fact: Any, columns: dict[str, Any], n: int) -> None:
    import pyarrow as pa
    from django.db import transaction

    from evenkeel.ground import log

    schema = fact.schema()
    arrays = [
        pa.array(columns[field.name], type=field.type) if field.name in columns else pa.nulls(n, field.type)
        for field in schema
    ]
    with transaction.atomic():
        log.append_table(fact, pa.Table.from_arrays(arrays, schema=schema), day=NOW.date(), now=NOW)


def _audits(programme: Any, house: Any, days: int) -> None:
    """So many days of audits and decisions in the log, by workers of many teams in several queues."""
    import pyarrow as pa
    from django.db import transaction

    from evenkeel.ground import log
    from evenkeel.ground.access import Actor
    from evenkeel.ground.ids import uuid7
    from evenkeel.people import add_site, add_team, add_worker
    from evenkeel.quality import AUDITS
    from evenkeel.work import DECISIONS, Item, add_form, add_queue

    actor = Actor.system("bench")
    site = add_site(actor, organisation=house, name="Site", time_zone="UTC", now=NOW)
    teams = [add_team(actor, site=site, name=f"Team {n:02d}", now=NOW) for n in range(TEAMS)]
    workers = [
        add_worker(actor, organisation=house, code=f"m{n}", name=f"Moderator {n}", team=teams[n % TEAMS], now=NOW)
        for n in range(TEAMS * 8)
    ]
    choices = [{"value": value, "title": value} for value in ("No", "Yes")]
    fields = [{"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}]
    form = add_form(
        actor, programme=programme, name="Form", spec={"question": "Safe?", "fields": fields, "main": "label"}, now=NOW
    )
    queues = [add_queue(actor, programme=programme, name=f"Queue {n}", form=form, now=NOW) for n in range(QUEUES)]
    item = Item.objects.filter(programme=programme).values_list("pk", flat=True)[0]
    luck = Random(2)
    for number in range(days):
        at = NOW - timedelta(days=days - number)
        rows = []
        for _audit in range(AUDITS_A_DAY):
            worker = luck.choice(workers)
            rows.append(
                {
                    "id": str(uuid7()), "sign": 1, "audited_at": at, "decided_at": at, "pi": 0.2,
                    "queue_id": str(luck.choice(queues).pk), "programme_id": str(programme.pk), "item_id": str(item),
                    "worker_id": str(worker.pk), "organisation_id": str(house.pk), "site_id": str(site.pk),
                    "team_id": str(worker.team_id), "is_right": luck.random() < 0.93, "decided_label": "No",
                    "audited_label": "No", "error_class": "", "label": "No", "replicate": 1, "origin": "desk",
                    "active_ms": luck.randrange(8_000, 60_000),
                }
            )  # fmt: skip
        with transaction.atomic():
            for fact in (AUDITS, DECISIONS):
                table = pa.table({name: [row.get(name) for row in rows] for name in fact.columns}, schema=fact.schema())
                log.append_table(fact, table, day=at.date(), now=at)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main([word for word in sys.argv[1:] if word != "--"])
