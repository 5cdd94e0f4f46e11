"""How long a dashboard of twelve tiles, a question over a year and the live floor take, for few decisions and for many.

    scripts/bench boards                                1e6 and 1e8 decisions in roll-ups; floors of 1e4 and 1e5 open tasks
    scripts/bench boards -- --cells 60 400 --days 730   how many cells a day the roll-up has, and how many days

What is timed is the server's side of a request: Django's test client asks the real address in this process, through all
middleware, access checks, queries and templates; no network, no browser. The roll-ups (parts by day and cell: queue, team,
site and organisation) are written straight into their table: how they come to be is another benchmark's affair. Twelve
tiles are four metrics over 1, 7, 28, 91 and 364 days. The floor has a hundred people on duty; `closed` tasks are history.
SQLite in a folder that is thrown away afterwards.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

NOW = datetime.now(UTC).replace(microsecond=0)
WARM_UP, REQUESTS = 3, 30
METRICS = ("accuracy", "decided", "handle_time")


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--decisions", type=int, nargs="+", default=[1_000_000, 100_000_000])
    asked.add_argument("--cells", type=int, nargs="+", default=[60])
    asked.add_argument("--days", type=int, default=730)
    asked.add_argument("--tasks", type=int, nargs="+", default=[10_000, 100_000])
    asked.add_argument("--closed", type=int, nargs="+", default=[0, 300_000])
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR"}
        client, floor = _set_up()
        print(
            f"{'what':<24}{'decisions':>13}{'cells':>6}{'rows':>9}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}{'queries':>8}"
        )
        for cells in said.cells:
            for decisions in said.decisions:
                rows = floor.roll_ups(decisions, cells, said.days)
                for name, url in floor.pages():
                    figures = _ask(client, url)
                    print(f"{name:<24}{decisions:>13,}{cells:>6}{rows:>9,}" + _row(figures), flush=True)
        print(f"\n{'floor':<24}{'open':>13}{'closed':>15}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}{'queries':>8}")
        for closed in said.closed:
            for tasks in said.tasks:
                floor.tasks(tasks, closed)
                print(
                    f"{'asked anew':<24}{tasks:>13,}{closed:>15,}" + _row(_ask(client, "/planning/floor/live/")),
                    flush=True,
                )
        print(f"load average {os.getloadavg()[0]:.1f}")


def _row(figures: tuple[float, float, float, int]) -> str:
    p50, p95, cpu, queries = figures
    return f"{p50:>8.1f}{p95:>8.1f}{cpu:>8.1f}{queries:>8}"


def _ask(client: Any, url: str) -> tuple[float, float, float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _request in range(WARM_UP):
        assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
        queries = len(asked)
    took, began = [], process_time()
    for _request in range(REQUESTS):
        started = perf_counter()
        client.get(url)
        took.append((perf_counter() - started) * 1000)
    cuts = quantiles(took, n=20)
    # Processor time tells more than the clock where other work shares the machine.
    return cuts[9], cuts[18], (process_time() - began) * 1000 / REQUESTS, queries


def _set_up() -> tuple[Any, _Floor]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    floor = _Floor()
    client = Client()
    client.force_login(floor.person)
    return client, floor


class _Floor:
    """An organisation with people on duty."""

    def __init__(self) -> None:
        from evenkeel.people import switch_state
        from evenkeel.work.tests import factories

        self.person = factories.make_person(("quality_manager", "lead"))
        house = factories.make_house()
        self.programme = factories.make_programme("Bench")
        form = factories.make_form(self.programme)
        self.queues = [factories.make_queue(self.programme, form=form, target_s=3_600) for _number in range(40)]
        self.teams = [factories.make_team(house) for _number in range(20)]
        for number in range(100):
            worker = factories.make_person("moderator", team=self.teams[number % 20])
            switch_state(
                factories.as_actor(worker, now=NOW), worker=worker.worker, state="production",
                queue_id=self.queues[number % 40].pk, programme_id=self.programme.pk, now=NOW - timedelta(minutes=9),
            )  # fmt: skip
        self._dashboard()

    def _dashboard(self) -> None:
        from evenkeel.people import actor_for
        from evenkeel.reports.acts import add_tile, begin_dashboard
        from evenkeel.reports.rules.questions import Question

        actor = actor_for(self.person, now=NOW)
        self.dashboard = begin_dashboard(actor, name="Twelve", now=NOW)
        periods = [(metric, days) for days in (7, 28, 91, 364) for metric in METRICS]
        for metric, days in periods:
            add_tile(actor, dashboard=self.dashboard, question=Question(metric=metric, days=days), now=NOW)

    def pages(self) -> list[tuple[str, str]]:
        """What is asked."""
        return [
            ("dashboard, 12 tiles", self.dashboard.get_absolute_url()),
            ("a year over time", "/reports/explore/?days=364"),
            ("a year by 2, compared", "/reports/explore/?days=364&by=queue&by=team&drawing=table&compare=before"),
            ("a year, pivot", "/reports/explore/?days=364&by=team&by=queue&drawing=pivot"),
        ]

    def roll_ups(self, decisions: int, cells: int, days: int) -> int:
        """Write the parts of each day and cell; returns the number of rows."""
        from evenkeel.ground.ids import uuid7
        from evenkeel.measure.models import DayParts

        DayParts.objects.all().delete()
        random, n = Random(7), max(decisions // (cells * days), 1)
        rows = []
        for back in range(days):
            day = (NOW - timedelta(days=back)).date()
            for cell in range(cells):
                team = self.teams[cell % 20]
                for metric in METRICS:
                    k = max(n // 20, 1) if metric == "accuracy" else n
                    y = random.gauss(0.93, 0.02) * k if metric == "accuracy" else 20_000.0 * k
                    rows.append(
                        DayParts(
                            id=uuid7(), metric=metric, day=day, programme=self.programme, queue=self.queues[cell % 40],
                            organisation_id=team.site.organisation_id, site=team.site, team=team,
                            n=k, w=k, wy=y, ww=k, wwy=y, wwyy=y * (1 if metric == "accuracy" else 21_000),
                        )
                    )  # fmt: skip
        DayParts.objects.bulk_create(rows, batch_size=5_000)
        return len(rows)

    def tasks(self, n: int, closed: int) -> None:
        """So many tasks that wait, spread over the queues, and so many that are done."""
        from evenkeel.ground.ids import uuid7
        from evenkeel.work.models import Item, Task

        Task.objects.all().delete()
        Item.objects.all().delete()
        for start in range(0, n + closed, 20_000):
            numbers = range(start, min(start + 20_000, n + closed))
            items = [
                Item(id=uuid7(), programme=self.programme, key=f"b-{number}", kind="text", content={}, created_at=NOW)
                for number in numbers
            ]
            Item.objects.bulk_create(items)
            Task.objects.bulk_create(
                Task(
                    queue=self.queues[number % 40], item=item, created_at=NOW - timedelta(minutes=number % 90),
                    due_at=NOW + timedelta(minutes=60 - number % 70), closed_at=None if number < n else NOW,
                    decided=int(number >= n),
                )
                for number, item in zip(numbers, items, strict=True)
            )  # fmt: skip


if __name__ == "__main__":
    main()
