"""Several statements in one journey: ours (libpq's pipeline mode, `ground.shapes.journey`) beside psycopg's own pipeline.

    scripts/bench journeys

Five look-ups by key and a commit, prepared, rows read in binary form: what an act asks first. Microseconds of processor time
a round, of the client and of its PostgreSQL process apart, at the median of the client's rounds. Ours stays as long as
psycopg's own is more than a tenth dearer.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time_ns
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
import psycopg
from bench._database import Postgres

from evenkeel.ground.shapes.journey import Going, travel

ROUNDS, STATEMENTS = 1_500, 5


def main() -> None:
    """Print the table."""
    print(f"{'':<18}{'client us':>10}{'server us':>11}{'load':>7}")
    with Postgres() as server, psycopg.connect(server.url("journeys")) as connection:
        keys = [uuid4() for _ in range(1_000)]
        connection.execute("CREATE TABLE things (id uuid PRIMARY KEY, name text, said jsonb)")
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO things VALUES (%s, 'a thing', '{\"a\": 1}')", [(key,) for key in keys])
        connection.commit()
        for name, ask in (("ours", ours), ("psycopg pipeline", theirs)) * 2:
            client_us, server_us = measured(connection, keys, ask)
            print(f"{name:<18}{client_us:>10.0f}{server_us:>11.0f}{os.getloadavg()[0]:>7.1f}", flush=True)


def ours(connection: psycopg.Connection, keys: list[UUID]) -> None:
    """Through `travel`."""
    going = [Going(b"SELECT id, name, said FROM things WHERE id = $1", [key], True) for key in keys[:STATEMENTS]]
    travel(connection, going, commits=True)
    assert all(each.fetchone() for each in going)


def theirs(connection: psycopg.Connection, keys: list[UUID]) -> None:
    """Through `Connection.pipeline`."""
    cursors = [connection.cursor(binary=True) for _ in range(STATEMENTS)]
    with connection.pipeline():
        for cursor, key in zip(cursors, keys, strict=False):
            cursor.execute("SELECT id, name, said FROM things WHERE id = %s", [key], prepare=True)
        connection.commit()
    assert all(cursor.fetchone() for cursor in cursors)


def measured(
    connection: psycopg.Connection, keys: list[UUID], ask: Callable[[psycopg.Connection, list[UUID]], None]
) -> tuple[float, float]:
    """Microseconds of CPU a round: of this process, of the server's."""
    for _ in range(50):
        ask(connection, keys)
    rounds, before = [], server_ns(connection)
    for _ in range(ROUNDS):
        began = process_time_ns()
        ask(connection, keys)
        rounds.append(process_time_ns() - began)
    return statistics.median(rounds) / 1e3, (server_ns(connection) - before) / ROUNDS / 1e3


def server_ns(connection: psycopg.Connection) -> int:
    """Processor time of the connection's own process at the server."""
    return int(Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text().split()[0])


if __name__ == "__main__":
    main()
