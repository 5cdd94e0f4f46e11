"""How long it takes to watch ten thousand series, and whether the budget of false alarms is kept.

    scripts/bench signals                     everything
    scripts/bench signals -- watch            10,000 series in a database: the first night, and one like any other
    scripts/bench signals -- watch 8          a part of it: 8 programmes of 136 series
    scripts/bench signals -- engine           the judging alone, from arrays
    scripts/bench signals -- budget           false alarms while nothing changes, against what was promised

*watch*: 74 programmes, each with 10 queues, 4 organisations, 20 sites and 100 teams (one queue a team): 135 series of accuracy
each, 90 days of audits of a share of 95 %, 5 to 40 a team and day, written straight into the roll-ups. What is timed is
`watch`: reading the days, limits from the budget, all charts and alarms, grouping, raising. SQLite in a folder that is thrown
away; one process; CPU is processor time of this process.

*budget*: made-up audits of a share of 5 % by day and independent series, days that differ by an intra-class correlation rho,
a frozen baseline of 28 to 84 days, a year after it. Promised is what organisations' and owners' budgets allow; counted are
beginnings of runs of flagged points. Seeds are fixed.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import numpy as np

NOW = datetime(2026, 7, 1, 4, tzinfo=UTC)
PROGRAMMES, QUEUES, ORGANISATIONS, SITES, TEAMS, DAYS = 74, 10, 4, 5, 5, 90


def main(words: list[str]) -> None:
    """Print the tables."""
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    known: dict[str, Callable[..., None]] = {"watch": watch, "engine": engine, "budget": budget}
    if words:
        known[words[0]](*words[1:])
        return
    for run in known.values():
        run()


def watch(programmes: str = str(PROGRAMMES)) -> None:
    """In a process and a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR"}
        subprocess.run([sys.executable, __file__, "--watch", programmes], env=environment, check=True)


def _watch(programmes: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from evenkeel.measure import Signal
    from evenkeel.measure import watch as look
    from evenkeel.measure.models import Series

    rows = _fill(programmes)
    print(f"{rows:,} rows of roll-ups over {DAYS} days")
    for night in range(3):
        now = NOW + timedelta(hours=night)
        spent, wall = process_time(), perf_counter()
        look(now=now)
        print(
            f"look {night + 1}: {Series.objects.count():,} series, {process_time() - spent:.1f} s CPU, "
            f"{perf_counter() - wall:.1f} s, {Signal.objects.count()} signals so far, "
            f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def _fill(programmes: int) -> int:
    """Places, and the days of their accuracy."""
    from django.db import connection, transaction

    from evenkeel.ground.ids import uuid7
    from evenkeel.measure.models import DayParts
    from evenkeel.people import Organisation, Site, Team
    from evenkeel.work import AnswerForm, Programme, Queue

    rng = np.random.default_rng(7)
    house = Organisation.objects.create(name="House", is_house=True, created_at=NOW)
    organisations = [house] + [
        Organisation.objects.create(name=f"Vendor {n}", created_at=NOW) for n in range(1, ORGANISATIONS)
    ]
    sites = [
        Site.objects.create(organisation=own, name=f"{own.name} site {n}")
        for own in organisations
        for n in range(SITES)
    ]
    teams = [Team.objects.create(site=site, name=f"{site.name} team {n}") for site in sites for n in range(TEAMS)]
    made = 0
    columns = ("id", "metric", "day", "programme_id", "queue_id", "organisation_id", "site_id", "team_id", "n", "w", "wy",
               "ww", "wwy", "wwyy")  # fmt: skip
    insert = f"INSERT INTO {DayParts._meta.db_table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
    for number in range(programmes):
        programme = Programme.objects.create(name=f"Programme {number}", created_at=NOW)
        form = AnswerForm.objects.create(programme=programme, name="Form")
        queues = [
            Queue.objects.create(programme=programme, form=form, name=f"Queue {n}", created_at=NOW)
            for n in range(QUEUES)
        ]
        rows: list[Any] = []
        for day in range(DAYS):
            on = (NOW.date() - timedelta(days=DAYS - day)).isoformat()
            for place, team in enumerate(teams):
                n = int(rng.integers(5, 41))
                right = int(rng.binomial(n, 0.95))
                ids: list[UUID] = [
                    programme.pk,
                    queues[place % QUEUES].pk,
                    team.site.organisation_id,
                    team.site_id,
                    team.pk,
                ]
                rows.append((uuid7().hex, "accuracy", on, *(each.hex for each in ids), n, 10.0 * n, 10.0 * right, 100.0 * n,
                             100.0 * right, 100.0 * right))  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, rows)
        made += len(rows)
    return made


def engine() -> None:
    """Ten thousand series of 84 baseline days and 60 after."""
    from evenkeel.measure.rules.engine import Course, judge

    hits, sizes = _made_up(10_000, 144, rho=0.002, seed=3)
    for pools in (1, 20):
        courses = [
            Course(key=n, values=hits[n] / sizes[n], sizes=sizes[n], baseline=84, rate=1e-5 * (1 + n % pools))
            for n in range(10_000)
        ]
        spent = process_time()
        found = judge(courses)
        print(
            f"engine, {pools} budgets: {process_time() - spent:.1f} s CPU, {len(found)} series with a run", flush=True
        )
        spent = process_time()
        judge(courses)
        print(f"  again, its limits solved: {process_time() - spent:.1f} s CPU", flush=True)


def budget() -> None:
    """A year of 52 weeks, as the watch looks at it."""
    print(
        f"{'series':>7} {'budget/week':>12} {'owners':>7} {'baseline':>9} {'rho':>6} {'promised':>9} {'raised':>7} {'ratio':>6}"
    )
    for series, owners, baseline, rho in (
        (200, 1, 84, 0.0), (200, 1, 84, 0.002), (200, 1, 28, 0.002), (1000, 5, 84, 0.0), (1000, 5, 84, 0.002),
        (1000, 5, 28, 0.002), (4000, 20, 84, 0.002),
    ):  # fmt: skip
        promised, raised = null_run(series, owners=owners, baseline=baseline, rho=rho, days=364, seed=11)
        print(
            f"{series:>7} {promised / 52:>12.2f} {owners:>7} {baseline:>9} {rho:>6} {promised:>9.1f} {raised:>7} "
            f"{raised / promised:>6.2f}",
            flush=True,
        )


def null_run(series: int, *, owners: int, baseline: int, rho: float, days: int, seed: int) -> tuple[float, int]:
    """What the budgets promise over some days, and how many runs begin while nothing changes."""
    from evenkeel.measure.rules.budgets import Share, rates
    from evenkeel.measure.rules.engine import Course, judge, rounded

    people = [UUID(int=n + 1) for n in range(owners)]
    organisations = [UUID(int=1000 + n) for n in range(max(owners // 2, 1))]
    allowed = rates(
        [
            Share(key=n, grain="day", organisation_id=organisations[n % len(organisations)], owner_id=people[n % owners])
            for n in range(series)
        ],
        organisations=dict.fromkeys(organisations, 4.0), people=dict.fromkeys(people, 2.0),
    )  # fmt: skip
    hits, sizes = _made_up(series, baseline + days + 30, rho=rho, seed=seed)
    promised = sum(rounded(allowed[n]) for n in range(series)) * days
    raised = 0
    # As night after night: sixty points are looked at, and the newest half counts. The average has its past then.
    for first in range(baseline, baseline + days, 30):
        last = min(first + 30, baseline + days)
        columns = [*range(baseline), *range(first, last + 30)]
        courses = [
            Course(
                key=n, values=(hits[n] / sizes[n])[columns], sizes=sizes[n][columns], baseline=baseline, rate=allowed[n]
            )
            for n in range(series)
        ]
        raised += sum(run.first >= baseline + 30 for runs in judge(courses).values() for run in runs)
    return promised, raised


def _made_up(series: int, points: int, *, rho: float, seed: int) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    n = np.round(rng.uniform(200, 3600, (series, 1)) * rng.uniform(0.8, 1.2, (series, points)))
    p = rng.beta(0.05 * (1 / rho - 1), 0.95 * (1 / rho - 1), n.shape) if rho else np.full(n.shape, 0.05)
    return rng.binomial(n.astype(int), p).astype(float), n


if __name__ == "__main__":
    if sys.argv[1:2] == ["--watch"]:
        _watch(int(sys.argv[2]))
    else:
        main(sys.argv[1:])
