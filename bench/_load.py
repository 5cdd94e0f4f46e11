"""People at work all at once, in a few processes of the client's own, and the row of the table that comes of it.

The client shares the machine with what it measures, so it is kept small and its own cost is printed: processor time a
cycle of the client, of the web and of the database stands in each row. Unlike the clock it says nearly the same on a busy
machine.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from time import monotonic, perf_counter, process_time
from typing import Protocol

_CLIENTS = 2
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
HEAD = (
    f"{'what':<14}{'database':<12}{'tasks':>10}{'people':>8}{'batch':>7}{'cycles/s':>10}{'decided/s':>11}"
    f"{'p50 ms':>9}{'p99 ms':>9}{'web':>8}{'db':>7}{'client':>8}{'load':>7}"
)


class Desk(Protocol):
    """Somebody who goes round: `cycle` gives how many she decided, 0 when nothing is left."""

    def cycle(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is measured: whose processes are the web and the database."""

    what: str
    database: str
    tasks: int
    batch: int
    web_pid: int
    database_pid: int | None


@dataclass(frozen=True, kw_only=True)
class _Done:
    took_s: list[float]
    decided: int
    faults: set[str]
    cpu_s: float


def print_row(row: Row, desks: Sequence[Desk], seconds: float) -> None:
    """Have everybody work at once for so long, and print what came of it."""
    web, database = _session_cpu_s(row.web_pid), _family_cpu_s(row.database_pid)
    began = perf_counter()
    done = _at_once(desks, seconds)
    passed = perf_counter() - began
    web, database = _session_cpu_s(row.web_pid) - web, _family_cpu_s(row.database_pid) - database
    start = f"{row.what:<14}{row.database:<12}{row.tasks:>10,}{len(desks):>8}{row.batch:>7}"
    took = sorted(each for part in done for each in part.took_s)
    faults = {fault for part in done for fault in part.faults}
    if faults or not took:
        print(f"{start}  {faults or 'nothing was done'}", flush=True)
        return
    decided, client = sum(part.decided for part in done), sum(part.cpu_s for part in done)
    p50, p99 = (took[min(len(took) - 1, int(len(took) * share))] * 1000 for share in (0.5, 0.99))
    costs = [1000 * each / len(took) for each in (web, database, client)]
    print(
        f"{start}{len(took) / passed:>10.1f}{decided / passed:>11.1f}{p50:>9.1f}{p99:>9.1f}"
        f"{costs[0]:>8.2f}{costs[1]:>7.2f}{costs[2]:>8.2f}{os.getloadavg()[0]:>7.1f}",
        flush=True,
    )


def _at_once(desks: Sequence[Desk], seconds: float) -> list[_Done]:
    fork = multiprocessing.get_context("fork")
    pipes = []
    for number in range(min(_CLIENTS, len(desks))):
        ours, theirs = fork.Pipe(duplex=False)
        fork.Process(target=_client, args=(desks[number::_CLIENTS], seconds, theirs)).start()
        theirs.close()
        pipes.append(ours)
    return [pipe.recv() for pipe in pipes]


def _client(desks: Sequence[Desk], seconds: float, tell: Pipe) -> None:
    took_s: list[float] = []
    decided: list[int] = []
    faults: set[str] = set()
    began, stop = process_time(), monotonic() + seconds
    threads = [threading.Thread(target=_work, args=(desk.cycle, stop, took_s, decided, faults)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell.send(_Done(took_s=took_s, decided=sum(decided), faults=faults, cpu_s=process_time() - began))


def _work(cycle: Callable[[], int], stop: float, took_s: list[float], decided: list[int], faults: set[str]) -> None:
    try:
        while monotonic() < stop:
            began = perf_counter()
            if not (n := cycle()):
                return
            took_s.append(perf_counter() - began)
            decided.append(n)
    except Exception as error:
        faults.add(f"{type(error).__name__}: {error}")


def _session_cpu_s(leader: int) -> float:
    """Processor time of all processes of a session, of those that have ended too."""
    return sum(cpu for _parent, session, cpu in _processes() if session == leader)


def _family_cpu_s(parent: int | None) -> float:
    """Processor time of a server and of its children, one a connection."""
    return sum(cpu for pid_or_parent, _session, cpu in _processes(parent) if parent and pid_or_parent == parent)


def _processes(head: int | None = None) -> list[tuple[int, int, float]]:
    """(parent, session, seconds) of each process; `head` counts as its own parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = path.read_text().partition(" ")
        except OSError:
            continue
        said = rest.rpartition(")")[2].split()
        parent = int(pid) if int(pid) == head else int(said[1])
        found.append((parent, int(said[3]), sum(int(ticks) for ticks in said[11:15]) * _TICK_S))
    return found
