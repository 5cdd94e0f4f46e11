"""An act checks, changes, writes the trail and tells; all of it or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group

from evenkeel.ground import access, events, trail
from evenkeel.ground.access import Actor, Grant, declare, reach
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotNow, Refused
from evenkeel.ground.ids import uuid7

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
EDIT = "test:group:edit"


@pytest.fixture(autouse=True)
def _scope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_reach", dict(access._reach))
    monkeypatch.setattr(access, "_scopes", dict(access._scopes))
    monkeypatch.setattr(access, "_built_in", dict(access._built_in))
    declare(EDIT, "Change groups")
    reach(Group, organisation=None)


@pytest.fixture
def ada() -> Actor:
    return Actor(
        name="Ada",
        person_id=uuid7(),
        organisation_id=uuid7(),
        grants=(Grant(role="Test", scopes=frozenset({EDIT})),),
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(events, "_handlers", events._handlers.copy())
    events.on("group.renamed")(lambda **facts: heard.append(facts))
    return heard


def rename(actor: Actor, group: Group, name: str) -> None:
    with act(EDIT, actor, on=group, now=NOW) as deed:
        deed.require(group.name != "closed", "A closed group keeps its name.")
        before, group.name = group.name, name
        group.save()
        deed.tell("group.renamed", name=name)
        deed.record("renamed", before={"name": before}, after={"name": name})


@pytest.mark.django_db
def test_it_changes_and_writes_who_did_what_to_which_when(ada: Actor) -> None:
    group = Group.objects.create(name="old")
    rename(ada, group, "new")
    assert Group.objects.get().name == "new"
    entry = trail.entries().get()
    assert (entry.at, entry.actor_id, entry.actor_name, entry.scope, entry.verb) == (
        NOW,
        ada.person_id,
        "Ada",
        EDIT,
        "renamed",
    )
    assert (entry.object_kind, entry.object_id) == ("auth.group", str(group.pk))
    assert entry.organisation_id == ada.organisation_id
    assert json.loads(entry.detail_json) == {"before": {"name": "old"}, "after": {"name": "new"}}
    assert trail.history(group) == [entry]


@pytest.mark.django_db
def test_who_may_not_changes_nothing_and_leaves_no_entry() -> None:
    group = Group.objects.create(name="old")
    with pytest.raises(Refused):
        rename(Actor(name="Eve", person_id=uuid7()), group, "new")
    assert Group.objects.get().name == "old"
    assert not trail.entries().exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_not_possible_now_changes_nothing_and_tells_nothing(ada: Actor, told: list[dict[str, Any]]) -> None:
    group = Group.objects.create(name="closed")
    with pytest.raises(NotNow, match="keeps its name"):
        rename(ada, group, "new")
    assert Group.objects.get().name == "closed"
    assert not trail.entries().exists()
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_a_bug_in_the_middle_takes_change_and_entry_back(ada: Actor, told: list[dict[str, Any]]) -> None:
    group = Group.objects.create(name="old")

    def buggy() -> None:
        with act(EDIT, ada, on=group, now=NOW) as deed:
            group.name = "new"
            group.save()
            deed.record("renamed")
            deed.tell("group.renamed", name="new")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        buggy()
    assert Group.objects.get().name == "old"
    assert not trail.entries().exists()
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_it_tells_after_the_commit_and_not_before(ada: Actor, told: list[dict[str, Any]]) -> None:
    group = Group.objects.create(name="old")
    with act(EDIT, ada, on=group, now=NOW) as deed:
        deed.record("renamed")
        deed.tell("group.renamed", name="new")
        assert told == []
    assert told == [{"name": "new"}]


@pytest.mark.django_db(transaction=True)
def test_a_listeners_bug_does_not_undo_the_change_nor_silence_the_next(
    ada: Actor, told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**facts: Any) -> None:
        raise RuntimeError("a listener's bug")

    monkeypatch.setattr(events, "_handlers", events._handlers.copy())
    events._handlers["group.renamed"] = [broken, *events._handlers["group.renamed"]]
    rename(ada, Group.objects.create(name="old"), "new")
    assert Group.objects.get().name == "new"
    assert told == [{"name": "new"}]


@pytest.mark.django_db
def test_an_act_without_an_entry_is_a_bug_and_is_taken_back(ada: Actor) -> None:
    group = Group.objects.create(name="old")

    def silent() -> None:
        with act(EDIT, ada, on=group, now=NOW):
            group.name = "new"
            group.save()

    with pytest.raises(AssertionError, match="left no trail"):
        silent()
    assert Group.objects.get().name == "old"


@pytest.mark.django_db
def test_acts_within_an_act_stand_and_fall_together(ada: Actor) -> None:
    group = Group.objects.create(name="old")

    def rework() -> None:
        with act(EDIT, ada, on=group, now=NOW) as deed:
            deed.record("reworked")
            rename(ada, group, "new")
            deed.require(False, "Not all of it fits.")

    with pytest.raises(NotNow):
        rework()
    assert Group.objects.get().name == "old"
    assert not trail.entries().exists()


@pytest.mark.django_db
def test_an_entry_may_name_another_object_and_organisation(ada: Actor) -> None:
    whole, part, vendor = Group.objects.create(name="whole"), Group.objects.create(name="part"), uuid7()
    with act(EDIT, ada, on=whole, now=NOW) as deed:
        deed.record("split", on=part, organisation_id=vendor, reason="size")
    entry = trail.entries().get()
    assert (entry.object_id, entry.organisation_id, json.loads(entry.detail_json)) == (
        str(part.pk),
        vendor,
        {"reason": "size"},
    )
