"""Chaos: simulated people take and decide while processes are killed -9 and started again; then everything is counted.

The short form is a test (`test_chaos.py`), the long one a benchmark (`bench/chaos.py`). People retry whatever had no
answer, by the same key, as the desk does. What must hold afterwards is `faults_of`: an empty list.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from .servers import Install
from .warm import Warm, is_running, kill_session

LEASE_S = 60

# The floor is the twin's: three organisations, their people, and the texts of a day, each with what somebody would say of it.
SEED = """
import json
from dataclasses import replace
from datetime import timedelta
from evenkeel.ground import clock
from evenkeel.people import actor_for
from evenkeel.people.acts import issue_token
from evenkeel.twin import read_plan, stage
plan = replace(read_plan("small"), events=(), days=1)
seats = sum(site.teams * site.people for site in plan.sites)
hours = {items} * 26 / 3600 / seats
market = replace(plan.markets[0], share=1.0)
now, rules = clock.now(), {{"batch_size": 5, "undo_s": 0, "overlap": 2, "lease_s": {lease_s}}}
floor = stage(replace(plan, markets=(market,), habits=replace(plan.habits, hours=hours)), now=now, **rules)
tokens = []
# Of every organisation somebody.
for person in floor.people[:: len(floor.people) // {people}][:{people}]:
    made = issue_token(
        actor_for(person, now=now), person=person, name="test", wanted=["work:task:decide"],
        expires_at=now + timedelta(days=1), now=now,
    )
    tokens.append(made.secret)
print(json.dumps({{"queue": str(floor.queues[0].pk), "tokens": tokens, "says": dict(floor.says)}}))
"""

# Faults that the database itself shows, and what is stored, for comparison with what was acknowledged.
READ = """
import json
from collections import Counter
from datetime import timedelta
from django.db.models import Count, F, Q
from evenkeel.ground import clock, trail
from evenkeel.ground.log import flush, read
from evenkeel.work import DECISIONS, Decision, Lease, Task
faults = []
flush(clock.now())
trail.seal()
faults += [f"trail: {fault}" for fault in trail.verify().faults]
counted = Task.objects.annotate(
    running=Count("leases", filter=Q(leases__ended_at=None), distinct=True),
    made=Count("decisions", filter=Q(decisions__taken_back=None), distinct=True))
wrong = counted.exclude(leased=F("running"), decided=F("made")).count()
if wrong: faults.append(f"{wrong} tasks whose counters are not what they count")
over = counted.filter(made__gt=F("wanted")).count()
if over: faults.append(f"{over} tasks were decided beyond their overlap")
twice = Decision.objects.values("item", "worker").annotate(n=Count("*")).filter(n__gt=1).count()
if twice: faults.append(f"{twice} items were decided twice by one person")
late = Lease.objects.filter(ended_at=None, expires_at__gt=clock.now() + timedelta(seconds=LEASE_S)).count()
if late: faults.append(f"{late} leases outlive their length")
kept = {d.client_key: str(d.pk) for d in Decision.objects.all()}
logged = Counter(read(DECISIONS).select("id").to_pyarrow().column("id").to_pylist())
if logged != Counter(kept.values()): faults.append(f"the log has {sum(logged.values())} decisions, the table {len(kept)}")
print(json.dumps({"faults": faults, "kept": kept}))
""".replace("LEASE_S", str(LEASE_S))


@dataclass
class Desk:
    """A person who remembers what she was told, and sends again what had no answer."""

    url: str
    token: str
    queue: str
    # What is said of each item, by its key.
    says: dict[str, str]
    acknowledged: dict[str, str] = field(default_factory=dict)  # client key -> decision
    waiting: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    rounds: int = 0
    surprises: list[str] = field(default_factory=list)

    def work_until(self, enough: threading.Event) -> None:
        """Take and decide until told to stop, whatever happens to the server."""
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=f"{self.url}/api/v1/work", headers=headers, timeout=30) as client:
            while not enough.is_set():
                try:
                    self._round(client)
                except httpx.TransportError:
                    enough.wait(0.05)

    def _round(self, client: httpx.Client) -> None:
        if not self.waiting:
            taken = client.post(f"/queues/{self.queue}/take")
            if self._is_well(taken):
                self._hold(taken.json())
        if not self.waiting:
            time.sleep(0.05)
            return
        # Every other time the next batch comes along with the answer, as at a desk whose hand runs low.
        self.rounds += 1
        take = {"take": {"queue_id": self.queue}} if self.rounds % 2 else {}
        answer = client.post("/decisions", json={"decisions": self.waiting, **take})
        if not self._is_well(answer):
            return
        told = answer.json()
        for result in told["results"]:
            if result["decision"]:
                self.acknowledged[result["client_key"]] = result["decision"]["id"]
            else:
                self.refused += 1
                # Told so and not stored: the hand-out did not outlive the machine, or somebody else has it now.
                if result["problem"]["status"] not in (404, 409):
                    self.surprises.append(json.dumps(result["problem"]))
        self.waiting = []
        if take:
            self._hold(told["batch"])

    def _hold(self, batch: dict[str, Any]) -> None:
        self.waiting = [
            {
                "lease_id": lease["id"],
                "client_key": str(uuid4()),
                "answer": {"label": self.says[lease["item"]["key"]]},
                "active_ms": 10,
            }
            for lease in batch["leases"]
        ]

    def _is_well(self, answer: httpx.Response) -> bool:
        if answer.status_code == 200:
            return True
        # A database that comes up again answers 5xx; whatever else is not 200 is a fault.
        if answer.status_code < 500:
            self.surprises.append(f"{answer.status_code}: {answer.text[:200]}")
        time.sleep(0.05)
        return False


@dataclass
class Chaos:
    """What came of it."""

    rounds: int
    kills: dict[str, int]
    acknowledged: int
    refused: int
    faults: list[str]


def run(
    install: Install,
    *,
    people: int,
    rounds: int,
    items: int,
    seed: int,
    between_s: tuple[float, float] = (0.3, 1.5),
    database: Any = None,
    tell: Callable[[str], None] = lambda _line: None,
) -> Chaos:
    """Kill the web, the worker or (with `database`, that has `kill` and `start`) the database so many times; count."""
    luck = random.Random(seed)
    said = json.loads(install.script(SEED.format(people=people, items=items, lease_s=LEASE_S)))
    desks = [Desk(install.url, token, said["queue"], said["says"]) for token in said["tokens"]]
    targets = ["web", "worker", *(["database"] if database else [])]
    kills = dict.fromkeys(targets, 0)
    enough = threading.Event()
    with ThreadPoolExecutor(people) as pool, ExitStack() as stack:
        warm = stack.enter_context(Warm(install))
        running = {
            "web": stack.enter_context(_Running(install, warm, "serve")),
            "worker": stack.enter_context(_Running(install, warm, "worker")),
        }
        running["web"].wait()
        under_way = [pool.submit(desk.work_until, enough) for desk in desks]
        try:
            for number in range(rounds):
                time.sleep(luck.uniform(*between_s))
                target = luck.choice(targets)
                kills[target] += 1
                if target == "database":
                    database.kill()
                    database.start()
                else:
                    running[target].kill()
                    running[target].start()
                running["web"].wait()
                tell(
                    f"round {number + 1}: killed the {target}; {sum(len(desk.acknowledged) for desk in desks)} acknowledged"
                )
            time.sleep(between_s[1])
        finally:
            enough.set()
        for each in under_way:
            each.result(timeout=60)
    return Chaos(
        rounds=rounds,
        kills=kills,
        acknowledged=sum(len(desk.acknowledged) for desk in desks),
        refused=sum(desk.refused for desk in desks),
        faults=faults_of(install, desks),
    )


def faults_of(install: Install, desks: list[Desk]) -> list[str]:
    """What does not hold: an empty list."""
    found = json.loads(install.script(READ))
    faults: list[str] = found["faults"]
    kept: dict[str, str] = found["kept"]
    for desk in desks:
        faults += desk.surprises[:3]
        lost = {key for key, decision in desk.acknowledged.items() if kept.get(key) != decision}
        if lost:
            faults.append(f"{len(lost)} acknowledged decisions are lost")
    unsure = {said["client_key"] for desk in desks for said in desk.waiting}
    unasked = kept.keys() - {key for desk in desks for key in desk.acknowledged} - unsure
    if unasked:
        faults.append(f"{len(unasked)} decisions are stored that nobody was told of")
    return faults


class _Running:
    """A server of the install that may be killed and started again."""

    def __init__(self, install: Install, warm: Warm, what: str):
        self._install, self._warm, self._what = install, warm, what

    def __enter__(self) -> _Running:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        self._leader = self._warm.start(self._what)

    def kill(self) -> None:
        kill_session(self._leader)

    def wait(self) -> None:
        """Until the web answers again."""
        until = time.monotonic() + 300
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self._install.url}/healthz", timeout=30).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            if not is_running(self._leader):
                # It gave up, perhaps because the database was away while it started.
                self.start()
            time.sleep(0.02)
        raise AssertionError("the server did not answer again")
