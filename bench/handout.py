"""How fast work is handed out and decided over HTTP: one "next task + submit a one-choice answer" cycle per pair of requests.

    scripts/bench handout                                          the whole table, Label Studio in the same run; 20 minutes
    scripts/bench handout -- --database postgresql --people 32     a part of it; --tasks 10000 --batch 10 --seconds 20
    scripts/bench handout -- --all-batches                         batches of 10 with any number of people, not with most alone
    scripts/bench handout -- --two-requests                        batches of 10 by a take and a submit as well
    scripts/bench handout -- --no-peer                             without Label Studio; --peer-tasks 100000 gives it more
    scripts/bench handout -- --quick                               ten seconds of everything, to see that it runs

A cycle of one task is two requests, as Label Studio's is: "take", then "decide". A cycle of ten is one: ten answers go in and
the next ten tasks come out, or two, as before that was there (`evenkeel, two`).

A real server (`evenkeel serve`, its jobs beside it, two web processes) and a client that holds one connection a person.
Every answer is checked. PostgreSQL runs with its durability on (fsync), SQLite with synchronous=FULL: what was
acknowledged is on the disk. `p50` and `p99` are of whole cycles; `web`, `db` and `client` are milliseconds of processor
time a cycle. Machines differ, and the client shares this one: the load average stands beside each row, and what counts is
the relation of rows of one run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._database import Postgres
from bench._http import Connection
from bench._load import HEAD, Row, print_row

from evenkeel.edges.tests.servers import Install

PEOPLE, TASKS, BATCHES = (1, 8, 32), (10_000, 100_000, 1_000_000), (1, 10)
MOST_PEOPLE = 32

SEED = """
import json, sys
from datetime import timedelta
from django.db import connection
from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.ground.ids import uuid7
from evenkeel.people import Role, actor_for, add_person, add_worker, give_grant, house
from evenkeel.people.acts import issue_token
from evenkeel.work import add_form, add_programme, add_queue
system, now = Actor.system("bench"), clock.now()
on_postgresql = connection.vendor == "postgresql"
numbers = (
    "generate_series(1, %s) AS n"
    if on_postgresql
    else "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < %s) SELECT n FROM counted)"
)

def key(head):
    # As UUIDv7 are: one after the other.
    said = str(head)[:24]
    if on_postgresql:
        return f"('{{said}}' || lpad(to_hex(n), 12, '0'))::uuid"
    return f"'{{said.replace('-', '')}}' || printf('%%012x', n)"

def of(value):
    return f"'{{value}}'::uuid" if on_postgresql else f"'{{value.hex}}'"

def fill(queue, n, now):
    items, lamp = uuid7(), json.dumps(dict(text="Lamp "))
    cast = "::jsonb" if on_postgresql else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO work_item (id, programme_id, key, kind, language, content, attributes, created_at) "
            f"SELECT {{key(items)}}, {{of(queue.programme_id)}}, '{{items}}-' || n, 'text', '', "
            f"(%s || CAST(n AS text) || %s){{cast}}, '{{{{}}}}'{{cast}}, %s FROM {{numbers}}", [lamp[:-2], lamp[-2:], now, n])
        cursor.execute(
            f"INSERT INTO work_task (id, queue_id, item_id, language, priority, given, urgency, wanted, decided, leased, "
            f"created_at) SELECT {{key(uuid7())}}, {{of(queue.pk)}}, {{key(items)}}, '', 0, 0, 0, 1, 0, 0, %s "
            f"FROM {{numbers}}", [now, n])

tokens = []
for number in range({people}):
    person = add_person(system, organisation=house(), email=f"m{{number}}@example.org", name=f"M{{number}}", now=now)
    add_worker(system, organisation=house(), code=f"m{{number}}", name=person.name, person=person, now=now)
    give_grant(system, person=person, role=Role.objects.get(slug="moderator"), now=now)
    made = issue_token(actor_for(person, now=now), person=person, name="bench", wanted=["work:task:decide"],
                       expires_at=now + timedelta(days=1), now=now)
    tokens.append(made.secret)
choices = [{{"value": word, "title": word, "key": key}} for key, word in (("1", "Yes"), ("2", "No"))]
field = {{"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}}
queues = {{}}
for tasks in {tasks}:
    programme = add_programme(system, name=f"Bench {{tasks}}", now=now)
    spec = {{"question": "Is it?", "fields": [field], "main": "label"}}
    form = add_form(system, programme=programme, name="Form", spec=spec, now=now)
    for batch in {batches}:
        name = f"Queue {{tasks}} {{batch}}"
        queue = add_queue(system, programme=programme, name=name, form=form, batch_size=batch, undo_s=0, now=now)
        queues[f"{{tasks}}/{{batch}}"] = str(queue.pk)
        fill(queue, tasks, now)
with connection.cursor() as cursor:
    # As autovacuum would after a fill. Of tables that are empty still it learns nothing, and must not: what is planned by
    # "empty" reads them whole a minute later. A million rows are swept and written back first, as they are an hour later:
    # else the database's housework after the fill is measured along.
    cursor.execute("VACUUM ANALYZE work_item, work_task" if on_postgresql else "ANALYZE")
    if on_postgresql:
        cursor.execute("CHECKPOINT")
print(json.dumps({{"tokens": tokens, "queues": queues}}))
"""


@dataclass
class Person:
    """Somebody at her desk: takes, decides all she has, takes again."""

    connection: Connection
    queue: str
    batch: int
    in_one: bool = False
    hand: list[dict[str, Any]] = field(default_factory=list)

    def cycle(self) -> int:
        """One round: a take and a submit, or both in one request. Returns how many were decided."""
        if not self.hand:
            self.hand = self.connection.post(f"/api/v1/work/queues/{self.queue}/take", {})["leases"]
        said = [
            {"lease_id": lease["id"], "answer": {"label": "Yes"}, "client_key": str(uuid4()), "active_ms": 1_000}
            for lease in self.hand
        ]
        self.hand = []
        if not said:
            return 0
        if self.batch == 1:
            lease = said[0].pop("lease_id")
            made = self.connection.post(f"/api/v1/work/leases/{lease}/decide", said[0])
            assert made["label"] == "Yes"
            return 1
        take = {"take": {"queue_id": self.queue}} if self.in_one else {}
        made = self.connection.post("/api/v1/work/decisions", {"decisions": said, **take})
        assert all(each["decision"] for each in made["results"]), made
        if self.in_one:
            self.hand = made["batch"]["leases"]
        return len(made["results"])


def main() -> None:
    """Print the table."""
    options = _options()
    print(HEAD)
    with ExitStack() as stack:
        server = stack.enter_context(Postgres()) if "postgresql" in options.database or options.peer else None
        for database in options.database:
            url = server.url("evenkeel") if server and database == "postgresql" else ""
            with _evenkeel(url, options) as (install, seed, web_pid):
                for tasks in options.tasks:
                    for batch in options.batch:
                        for in_one in _ways(batch, options):
                            row = Row(
                                what="evenkeel" if batch == 1 or in_one else "evenkeel, two",
                                database=database,
                                tasks=tasks,
                                batch=batch,
                                web_pid=web_pid,
                                database_pid=server.pid if server and url else None,
                            )
                            for people in options.people:
                                if batch == 1 or options.all_batches or people == max(options.people):
                                    _measure(row, people, options.seconds, install, seed, in_one=in_one)
        if options.peer:
            from bench import _label_studio

            assert server is not None
            _label_studio.measure(server.url("label_studio"), options, server.pid)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--people", nargs="+", type=int, default=list(PEOPLE))
    parser.add_argument("--tasks", nargs="+", type=int, default=list(TASKS))
    parser.add_argument("--batch", nargs="+", type=int, default=list(BATCHES))
    parser.add_argument("--all-batches", action="store_true", help="batches of 10 with few people too")
    parser.add_argument("--two-requests", action="store_true", help="batches of 10 by a take and a submit too")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument(
        "--processes", type=int, default=2, help="web processes on PostgreSQL; SQLite has one writer anyway"
    )
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True, help="also Label Studio")
    parser.add_argument(
        "--peer-tasks",
        nargs="+",
        type=int,
        default=[10_000],
        help="how many it gets; importing a million takes it long",
    )
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args([word for word in sys.argv[1:] if word != "--"])
    if options.quick:
        options.tasks, options.people, options.seconds, options.peer_tasks = [2_000], [8], 2.0, [2_000]
    return options


def _ways(batch: int, options: argparse.Namespace) -> tuple[bool, ...]:
    """Whether a cycle is one request, each way that is measured."""
    if batch == 1:
        return (False,)
    return (True, False) if options.two_requests else (True,)


@contextmanager
def _evenkeel(url: str, options: argparse.Namespace) -> Iterator[tuple[Install, dict[str, Any], int]]:
    with tempfile.TemporaryDirectory() as folder:
        settings = {"EVENKEEL_DATABASE_URL": url} if url else {}
        install = Install(
            Path(folder) / "data", EVENKEEL_WEB_PROCESSES=str(options.processes if url else 1), **settings
        )
        install.init()
        said = SEED.format(people=MOST_PEOPLE, tasks=tuple(options.tasks), batches=tuple(options.batch))
        seed = json.loads(install.script(said, timeout_s=3_600))
        with install.serving() as server:
            yield install, seed, server.pid


def _measure(row: Row, people: int, seconds: float, install: Install, seed: dict[str, Any], *, in_one: bool) -> None:
    queue = seed["queues"][f"{row.tasks}/{row.batch}"]
    desks = [
        Person(Connection("127.0.0.1", install.port, {"Authorization": f"Bearer {token}"}), queue, row.batch, in_one)
        for token in seed["tokens"][:people]
    ]
    for desk in desks * (2 if people > 1 else 8):
        desk.cycle()  # what a process reads once is read, in each of them
    print_row(row, desks, seconds)


if __name__ == "__main__":
    main()
