"""Kill -9 of the whole server while people decide: what was acknowledged is there, once, in the database and in the log."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from .migrated import migrated_postgresql, on_database
from .servers import Install, kill_all

# Enough for the jobs to be in the middle of something when the server dies; each person decides one item at a time.
PEOPLE, BEFORE, AFTER = 3, 90, 30

SEED = f"""
import json
from datetime import timedelta
from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.people import Role, actor_for, add_person, add_worker, give_grant, house
from evenkeel.people.acts import issue_token
from evenkeel.work import NewItem, add_form, add_items, add_programme, add_queue, fill_queue
system, now = Actor.system("test"), clock.now()
programme = add_programme(system, name="Listings", now=now)
choices = [{{"value": word, "title": word, "key": key}} for key, word in (("1", "Yes"), ("2", "No"))]
field = {{"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}}
spec = {{"question": "Is it?", "fields": [field], "main": "label"}}
form = add_form(system, programme=programme, name="Form", spec=spec, now=now)
queue = add_queue(system, programme=programme, name="Queue", form=form, batch_size=10, undo_s=0, now=now)
add_items(system, programme=programme, items=[NewItem(key=f"i{{n}}", content={{"text": "x"}}) for n in range(400)], now=now)
fill_queue(system, queue=queue, now=now)
tokens = []
for number in range({PEOPLE}):
    person = add_person(system, organisation=house(), email=f"m{{number}}@example.org", name=f"M{{number}}", now=now)
    add_worker(system, organisation=house(), code=f"m{{number}}", name=person.name, person=person, now=now)
    give_grant(system, person=person, role=Role.objects.get(slug="moderator"), now=now)
    made = issue_token(
        actor_for(person, now=now), person=person, name="test", wanted=["work:task:decide"],
        expires_at=now + timedelta(days=1), now=now,
    )
    tokens.append(made.secret)
print(json.dumps({{"queue": str(queue.pk), "tokens": tokens}}))
"""
READ = """
import json
from evenkeel.ground import clock, trail
from evenkeel.ground.log import flush, read
from evenkeel.work import DECISIONS, Decision, Task
flush(clock.now())
trail.seal()
kept = [[str(d.pk), str(d.task_id), d.client_key] for d in Decision.objects.all()]
logged = read(DECISIONS).select("id", "sign").to_pyarrow().to_pylist()
print(json.dumps({"kept": kept, "logged": logged, "faults": list(trail.verify().faults)}))
"""


class Desk:
    """A person who decides through the API and remembers what she was told."""

    def __init__(self, install: Install, token: str, queue: str):
        self._install, self._token, self._queue = install, token, queue
        self.acknowledged: dict[str, str] = {}  # client key -> decision
        self._open: tuple[str, str] | None = None

    def decide_until(self, enough: threading.Event, most: int) -> None:
        """Decide until told to stop, or so many, or until the server is gone; what had no answer is sent again later."""
        with httpx.Client(
            base_url=f"{self._install.url}/api/v1/work", headers={"Authorization": f"Bearer {self._token}"}, timeout=60
        ) as client:
            try:
                while not enough.is_set() and most > 0:
                    most -= self._decide_batch(client, most)
            except httpx.TransportError:
                return

    def _decide_batch(self, client: httpx.Client, most: int) -> int:
        if self._open:
            self._send(client, *self._open)
        taken = client.post(f"/queues/{self._queue}/take")
        assert taken.status_code == 200, taken.text
        for lease in taken.json()["leases"][:most]:
            self._send(client, lease["id"], str(uuid4()))
        return len(taken.json()["leases"][:most])

    def _send(self, client: httpx.Client, lease: str, key: str) -> None:
        self._open = lease, key
        said = {"answer": {"label": "Yes"}, "client_key": key, "active_ms": 1_000}
        answer = client.post(f"/leases/{lease}/decide", json=said)
        assert answer.status_code == 200, answer.text
        self.acknowledged[key] = answer.json()["id"]
        self._open = None


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    """An install on SQLite; on PostgreSQL, in a database of its own, where the tests run on that."""
    url = os.environ.get("EVENKEEL_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield Install(tmp_path / "install")
        return
    name = f"killed_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql(url)}")
        own = on_database(url, name)
        yield Install(tmp_path / "install", EVENKEEL_DATABASE_URL=own)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_no_acknowledged_decision_is_lost_and_none_is_stored_twice(install: Install) -> None:
    install.init()
    seed = json.loads(install.script(SEED))
    desks = [Desk(install, token, seed["queue"]) for token in seed["tokens"]]
    enough = threading.Event()
    with ThreadPoolExecutor(PEOPLE) as pool:
        with install.serving() as server:
            under_way = [pool.submit(desk.decide_until, enough, 130) for desk in desks]
            while sum(len(desk.acknowledged) for desk in desks) < BEFORE:
                assert any(not each.done() for each in under_way), "nobody decides"
                enough.wait(0.01)
            kill_all(server)
            for each in under_way:
                each.result(timeout=60)
        before = sum(len(desk.acknowledged) for desk in desks)
        with install.serving():
            for each in [pool.submit(desk.decide_until, enough, AFTER // PEOPLE) for desk in desks]:
                each.result(timeout=120)
    assert before >= BEFORE
    acknowledged = {key: decision for desk in desks for key, decision in desk.acknowledged.items()}
    assert len(acknowledged) >= before + AFTER

    found = json.loads(install.script(READ))
    kept = {key: decision for decision, _task, key in found["kept"]}
    # Every acknowledged one is there under its key; one that was stored but not acknowledged was acknowledged when sent again.
    assert kept == acknowledged
    assert max(Counter(task for _decision, task, _key in found["kept"]).values()) == 1
    assert Counter(row["id"] for row in found["logged"]) == Counter(kept.values())
    assert {row["sign"] for row in found["logged"]} == {1}
    assert found["faults"] == []
