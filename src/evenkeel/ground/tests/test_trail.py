"""The trail is a chain: what was changed, removed, slipped in or cut off shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction

from evenkeel.ground import append_only, trail
from evenkeel.ground.access import Actor, Grant, declare, visible
from evenkeel.ground.ids import uuid7
from evenkeel.ground.models import TrailEntry, TrailPending, TrailSeal

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
ADA = Actor(name="Ada", person_id=uuid7())


def write(verb: str = "renamed", **said: object) -> TrailEntry:
    with transaction.atomic():
        trail.write(
            actor=ADA,
            scope="test:thing:edit",
            verb=verb,
            on=None,
            organisation_id=said.pop("organisation_id", None),  # type: ignore[arg-type]
            detail=said,
            now=NOW,
        )
    return TrailEntry.objects.latest("id")


@pytest.fixture
def unguarded(db: None) -> None:
    """As somebody with the database's own password would have it: no triggers."""
    for table in ("ground_trailentry", "ground_trailseal"):
        append_only.lift(connection, table)


@pytest.mark.django_db
def test_sealing_gives_each_entry_a_place_once() -> None:
    entries = [write(f"did {number}") for number in range(5)]
    before = trail.verify()
    assert (before.sealed, before.waiting, before.is_intact) == (0, 5, True)
    assert trail.seal() == 5
    assert trail.seal() == 0
    after = trail.verify()
    assert (after.sealed, after.waiting, after.is_intact) == (5, 0, True)
    assert list(TrailSeal.objects.order_by("position").values_list("position", "entry_id")) == [
        (place, entry.id) for place, entry in enumerate(entries, start=1)
    ]
    write("more")
    trail.seal()
    assert trail.verify(known_head=after.head).is_intact


@pytest.mark.django_db
def test_it_seals_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "_BATCH", 2)
    for number in range(5):
        write(f"did {number}")
    assert trail.seal() == 5
    assert trail.verify().is_intact


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor_name", "Eve"),
        ("verb", "deleted"),
        ("scope", "test:thing:view"),
        ("detail_json", "{}"),
        ("at", NOW + timedelta(microseconds=1)),
        ("actor_id", uuid7()),
        ("organisation_id", uuid7()),
        ("object_kind", "work.queue"),
        ("object_id", "7"),
    ],
)
def test_a_changed_entry_shows(field: str, value: object) -> None:
    write(how="well")
    changed = write(how="badly")
    trail.seal()
    TrailEntry.objects.filter(pk=changed.pk).update(**{field: value})
    assert trail.verify().faults == (f"position 2: the entry {changed.pk} was changed",)


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
def test_a_removed_entry_shows() -> None:
    gone = write()
    write()
    trail.seal()
    TrailEntry.objects.filter(pk=gone.pk).delete()
    assert trail.verify().faults == (f"position 1: the entry {gone.pk} is gone",)


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
def test_an_entry_slipped_in_shows() -> None:
    write()
    trail.seal()
    TrailEntry.objects.create(at=NOW, actor_name="Eve", scope="x", verb="slipped in", detail_json="{}")
    assert trail.verify().faults == ("1 entries are neither sealed nor waiting",)


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
def test_a_changed_entry_with_a_new_digest_breaks_the_chain() -> None:
    entry = write()
    write()
    trail.seal()
    TrailEntry.objects.filter(pk=entry.pk).update(actor_name="Eve")
    TrailSeal.objects.filter(position=1).update(digest=trail._digest(TrailEntry.objects.get(pk=entry.pk)))
    assert trail.verify().faults == ("position 1: the chain is broken",)


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
def test_a_missing_seal_shows() -> None:
    for _ in range(3):
        write()
    trail.seal()
    TrailSeal.objects.filter(position=2).delete()
    faults = trail.verify().faults
    assert "position 2: the seal is missing" in faults
    assert "position 3: the chain is broken" in faults


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
def test_an_end_that_was_cut_off_shows_to_whoever_kept_the_head() -> None:
    write()
    write()
    trail.seal()
    head = trail.verify().head
    last = TrailSeal.objects.latest("position")
    TrailEntry.objects.filter(pk=last.entry_id).delete()
    last.delete()
    assert trail.verify().is_intact, "the chain alone cannot know"
    assert "cut off" in trail.verify(known_head=head).faults[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("unguarded")
def test_it_stops_counting_faults_where_told() -> None:
    for _ in range(5):
        write()
    trail.seal()
    TrailEntry.objects.update(actor_name="Eve")
    assert len(trail.verify(fault_limit=2).faults) == 2


@pytest.mark.django_db
def test_the_digest_does_not_depend_on_the_zone_in_which_the_database_answers() -> None:
    entry = write(text="Grüße, 你好")
    digest = trail._digest(entry)
    entry.at = entry.at.astimezone(timezone(timedelta(hours=8)))
    assert trail._digest(entry) == digest


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="inside the transaction"):
        trail.write(actor=ADA, scope="x", verb="x", on=None, organisation_id=None, detail={}, now=NOW)


@pytest.mark.django_db
def test_an_entry_that_waits_cannot_lose_its_entry() -> None:
    write()
    assert TrailPending.objects.count() == 1
    trail.seal()
    assert TrailPending.objects.count() == 0


@pytest.mark.django_db
def test_a_vendors_reader_sees_her_organisations_entries_alone() -> None:
    view = declare("test:trail:view", "Read the trail")
    own, other = uuid7(), uuid7()
    mine = write(organisation_id=own)
    write(organisation_id=other)
    write(organisation_id=None)
    grants = (Grant(role="Test", scopes=frozenset({view})),)
    outside = Actor(name="Val", person_id=uuid7(), organisation_id=own, is_outside=True, grants=grants)
    assert list(visible(outside, view, trail.entries())) == [mine]
    inside = Actor(name="Ada", person_id=uuid7(), organisation_id=uuid7(), grants=grants)
    assert visible(inside, view, trail.entries()).count() == 3
