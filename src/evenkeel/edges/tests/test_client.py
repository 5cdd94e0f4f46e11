"""The generated client: it is what the API's document says, and it works against a server."""

from __future__ import annotations

import filecmp
import subprocess
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from evenkeel.edges.client import AuthenticatedClient, Client
from evenkeel.edges.client.api.site import me
from evenkeel.edges.client.api.work import decide, list_queues, take_back, take_batch
from evenkeel.edges.client.models import (
    MeOut,
    Problem,
    WorkBatchOut,
    WorkDecideIn,
    WorkDecideInAnswer,
    WorkDecisionOut,
    WorkLeaseOut,
)
from evenkeel.ground import clock
from evenkeel.people import Person
from evenkeel.people.acts import issue_token
from evenkeel.work import Decision, Queue
from evenkeel.work.tests.factories import as_actor, make_person, make_queue

ROOT = Path(__file__).resolve().parents[4]


def test_it_is_what_the_script_writes_now(tmp_path: Path) -> None:
    subprocess.run([ROOT / "scripts/client", tmp_path / "client"], check=True, timeout=300)
    kept = ROOT / "src/evenkeel/edges/client"
    written = {str(path.relative_to(tmp_path / "client")) for path in (tmp_path / "client").rglob("*.py")}
    committed = {str(path.relative_to(kept)) for path in kept.rglob("*.py")}
    _same, differ, absent = filecmp.cmpfiles(tmp_path / "client", kept, sorted(written | committed), shallow=False)
    assert differ + absent == [], "the API has changed: run scripts/client"


def token_of(person: Person, *scopes: str) -> str:
    now = clock.now()
    made = issue_token(
        as_actor(person, now=now),
        person=person,
        name="test",
        wanted=scopes,
        expires_at=now + timedelta(days=1),
        now=now,
    )
    return made.secret


@pytest.fixture
def queue(transactional_db: None) -> Queue:
    return make_queue(items=3, batch_size=2, undo_s=600)


def client_for(live_server: Any, token: str) -> AuthenticatedClient:
    return AuthenticatedClient(base_url=live_server.url, token=token, raise_on_unexpected_status=True)


def test_a_program_lists_takes_decides_and_takes_back(live_server: Any, queue: Queue) -> None:
    moderator = make_person("moderator")
    token = token_of(moderator, "work:queue:view", "work:task:decide")
    with client_for(live_server, token) as client:
        who = me.sync(client=client)
        assert isinstance(who, MeOut)
        assert (who.name, who.scopes) == (moderator.name, ["work:queue:view", "work:task:decide"])
        queues = list_queues.sync(client=client)
        assert isinstance(queues, list)
        assert [each.id for each in queues] == [queue.pk]
        batch = take_batch.sync(queues[0].id, client=client)
        assert isinstance(batch, WorkBatchOut)
        answer = WorkDecideInAnswer.from_dict({"label": "Yes"})
        said = WorkDecideIn(answer=answer, client_key=str(uuid4()), active_ms=4_000)
        made = decide.sync(batch.leases[0].id, client=client, body=said)
        assert isinstance(made, WorkDecisionOut)
        assert decide.sync(batch.leases[0].id, client=client, body=said) == made
        assert Decision.objects.get().pk == made.id
        again = take_back.sync(made.id, client=client)
        assert isinstance(again, WorkLeaseOut)
        assert again.item.id == batch.leases[0].item.id


def test_a_refusal_is_a_problem_with_its_code_and_fields(live_server: Any, queue: Queue) -> None:
    moderator = make_person("moderator")
    with client_for(live_server, token_of(moderator, "work:task:decide")) as client:
        batch = take_batch.sync(queue.pk, client=client)
        assert isinstance(batch, WorkBatchOut)
        wrong = WorkDecideIn(
            answer=WorkDecideInAnswer.from_dict({"label": "Maybe"}), client_key=str(uuid4()), active_ms=1
        )
        refused = decide.sync_detailed(batch.leases[0].id, client=client, body=wrong)
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert isinstance(refused.parsed, Problem)
        assert "label" in refused.parsed.to_dict()["fields"]
        missing = take_batch.sync(uuid4(), client=client)
        assert isinstance(missing, Problem)
        assert missing.code == "not-found"


def test_whoever_has_no_token_is_told_so(live_server: Any, queue: Queue) -> None:
    with Client(base_url=live_server.url) as nobody:
        said = list_queues.sync_detailed(client=nobody)  # type: ignore[arg-type]
    assert said.status_code == HTTPStatus.UNAUTHORIZED
    assert isinstance(said.parsed, Problem)
    assert said.parsed.code == "unauthenticated"
