"""Hand-out at the edges: what logging out gives back, and what the command line says."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.test import Client

from evenkeel.edges.cli.root import root
from evenkeel.work import Lease, NewItem, add_items, add_rule, take_batch
from evenkeel.work.tests.factories import NOW, SYSTEM, as_actor, make_person, make_programme, make_queue, worker_of

pytestmark = pytest.mark.django_db


def said(*words: str, leaves: int) -> str:
    done = CliRunner().invoke(root, words)
    assert done.exit_code == leaves, done.output
    return done.output


def test_whoever_logs_out_holds_nothing() -> None:
    person = make_person("moderator")
    take_batch(as_actor(person), queue=make_queue(items=3), now=NOW)
    client = Client()
    client.force_login(person)
    client.post("/accounts/logout/")
    assert Lease.objects.filter(ended_at=None).count() == 0
    assert set(Lease.objects.values_list("ending", flat=True)) == {Lease.RETURNED}


def test_the_command_says_why_somebody_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenkeel.edges.cli.handout.open_install", lambda: None)
    queue = make_queue(items=1, languages=["de"])
    code = worker_of(make_person("moderator", languages=["en"])).code
    assert "asks for de" in said("why-not", "--worker", code, "--queue", queue.name, leaves=1)
    found = json.loads(said("why-not", "--worker", code, "--queue", queue.name, "--json", leaves=1))
    assert found["first"] == "language"
    speaker = worker_of(make_person("moderator", languages=["de"])).code
    words = ["why-not", "--worker", f"House/{speaker}", "--queue", queue.name, "--programme", queue.programme.name]
    assert "Nothing stands in the way" in said(*words, leaves=0)
    assert "no queue" in said("why-not", "--worker", code, "--queue", "None such", leaves=2)
    assert "no worker" in said("why-not", "--worker", "none", "--queue", queue.name, leaves=2)


def test_the_command_says_why_an_item_went_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenkeel.edges.cli.handout.open_install", lambda: None)
    programme = make_programme()
    condition = {"all": [{"field": "risk", "operator": "at_least", "value": 3}]}
    add_rule(SYSTEM, programme=programme, title="Risk", condition=condition, queue=make_queue(programme), now=NOW)
    items = [NewItem(key=f"cli-{risk}", content={"text": "x"}, attributes={"risk": risk}) for risk in (1, 4)]
    add_items(SYSTEM, programme=programme, items=items, now=NOW)
    assert "matched" in said("route", "explain", "cli-4", leaves=0)
    assert json.loads(said("route", "explain", "cli-4", "--json", leaves=0))["matched"] == "Risk"
    assert "the item says 1" in said("route", "explain", "cli-1", "--programme", programme.name, leaves=1)
    assert "no item" in said("route", "explain", "none", leaves=2)
