"""Who may do what to which: `may` and `visible` give one answer, and a vendor's person never leaves her organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from evenkeel.ground import access
from evenkeel.ground.access import Actor, Grant, all_scopes, declare, load, may, reach, require, scopes_of_role, visible
from evenkeel.ground.errors import NotFound, Refused
from evenkeel.ground.ids import uuid7

VIEW, EDIT, OWN = "test:thing:view", "test:thing:edit", "test:thing:own"
ADA, BEN = uuid7(), uuid7()


class Tables:
    """A firm, its sites and things; a work in which several firms take part."""

    Firm: type[models.Model]
    Thing: type[models.Model]
    Work: type[models.Model]


@pytest.fixture
def tables(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(access, "_reach", dict(access._reach))
    monkeypatch.setattr(access, "_scopes", dict(access._scopes))
    monkeypatch.setattr(access, "_built_in", dict(access._built_in))
    monkeypatch.setattr(access, "_own", set(access._own))
    declare(VIEW, "See things", roles=("lead",))
    declare(EDIT, "Change things")
    declare(OWN, "See one's own things", own=True)
    with isolate_apps("evenkeel.ground"):

        class Firm(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid7)

            class Meta:
                app_label, db_table = "ground", "test_firm"

        class Thing(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid7)
            firm = models.ForeignKey(Firm, on_delete=models.CASCADE)
            site_id = models.UUIDField(null=True)
            person_id = models.UUIDField(null=True)

            class Meta:
                app_label, db_table = "ground", "test_thing"

        class Work(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid7)

            class Meta:
                app_label, db_table = "ground", "test_work"

        class Share(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid7)
            work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="shares")
            firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="shares")

            class Meta:
                app_label, db_table = "ground", "test_share"

        uuid = "uuid" if connection.vendor == "postgresql" else "char(32)"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE test_firm (id {uuid} PRIMARY KEY)")
            cursor.execute(
                f"CREATE TABLE test_thing (id {uuid} PRIMARY KEY, firm_id {uuid}, site_id {uuid}, person_id {uuid})"
            )
            cursor.execute(f"CREATE TABLE test_work (id {uuid} PRIMARY KEY)")
            cursor.execute(f"CREATE TABLE test_share (id {uuid} PRIMARY KEY, work_id {uuid}, firm_id {uuid})")
        reach(Firm, organisation="pk")
        reach(Thing, organisation="firm", site="site_id", own="person_id")
        reach(Work, organisation="shares__firm", programme="pk")
        found = Tables()
        found.Firm, found.Thing, found.Work = Firm, Thing, Work
        found.Share = Share  # type: ignore[attr-defined]
        yield found


def grant(*scopes: str, kind: str | None = None, on: UUID | None = None) -> Grant:
    return Grant(role="Test", scopes=frozenset(scopes), kind=kind, target_id=on)


def ada(*grants: Grant, **said: Any) -> Actor:
    return Actor(name="Ada", person_id=ADA, grants=grants, **said)


def seen(actor: Actor, scope: str, model: Any) -> set[UUID]:
    return set(visible(actor, scope, model.objects.all()).values_list("pk", flat=True))


def test_without_a_grant_nothing_is_visible(tables: Any) -> None:
    tables.Thing.objects.create(firm=tables.Firm.objects.create())
    assert seen(ada(), VIEW, tables.Thing) == set()
    assert seen(Actor.nobody(), VIEW, tables.Thing) == set()
    assert seen(ada(grant(EDIT)), VIEW, tables.Thing) == set()


def test_a_grant_everywhere_reaches_everything_even_beside_a_narrow_one(tables: Any) -> None:
    firm = tables.Firm.objects.create()
    things = {tables.Thing.objects.create(firm=firm).pk, tables.Thing.objects.create(firm=firm).pk}
    assert seen(ada(grant(VIEW)), VIEW, tables.Thing) == things
    assert seen(ada(grant(VIEW, kind="organisation", on=uuid7()), grant(VIEW)), VIEW, tables.Thing) == things


def test_a_narrow_grant_reaches_its_target_alone_and_grants_add_up(tables: Any) -> None:
    one, two, three = (tables.Firm.objects.create() for _ in range(3))
    site = uuid7()
    first = tables.Thing.objects.create(firm=one)
    there = tables.Thing.objects.create(firm=two, site_id=site)
    tables.Thing.objects.create(firm=two)
    tables.Thing.objects.create(firm=three)
    actor = ada(grant(VIEW, kind="organisation", on=one.pk), grant(VIEW, kind="site", on=site))
    assert seen(actor, VIEW, tables.Thing) == {first.pk, there.pk}


def test_a_grant_on_a_kind_that_a_table_does_not_know_reaches_nothing_of_it(tables: Any) -> None:
    thing = tables.Thing.objects.create(firm=tables.Firm.objects.create())
    actor = ada(grant(VIEW, kind="queue", on=thing.pk))
    assert seen(actor, VIEW, tables.Thing) == set()
    assert not may(actor, VIEW, thing)


def test_a_vendors_person_is_cut_to_her_organisation_whatever_she_was_granted(tables: Any) -> None:
    own, other = tables.Firm.objects.create(), tables.Firm.objects.create()
    mine, theirs = tables.Thing.objects.create(firm=own), tables.Thing.objects.create(firm=other)
    outside = ada(grant(VIEW), organisation_id=own.pk, is_outside=True)
    assert seen(outside, VIEW, tables.Thing) == {mine.pk}
    misled = replace(outside, grants=(grant(VIEW, kind="organisation", on=other.pk),))
    assert seen(misled, VIEW, tables.Thing) == set()
    assert may(outside, VIEW, mine)
    assert not may(outside, VIEW, theirs)


def test_a_table_that_is_closed_to_vendors_shows_them_nothing(tables: Any) -> None:
    own = tables.Firm.objects.create()
    thing = tables.Thing.objects.create(firm=own)
    reach(tables.Thing, organisation=None)
    assert seen(ada(grant(VIEW), organisation_id=own.pk, is_outside=True), VIEW, tables.Thing) == set()
    assert seen(ada(grant(VIEW)), VIEW, tables.Thing) == {thing.pk}


def test_a_row_that_is_reached_several_ways_comes_once_and_can_be_locked(tables: Any) -> None:
    one, two = tables.Firm.objects.create(), tables.Firm.objects.create()
    work = tables.Work.objects.create()
    tables.Share.objects.create(work=work, firm=one)
    tables.Share.objects.create(work=work, firm=two)
    actor = ada(grant(VIEW, kind="organisation", on=one.pk), grant(VIEW, kind="organisation", on=two.pk))
    rows = visible(actor, VIEW, tables.Work.objects.all())
    assert [row.pk for row in rows] == [work.pk]
    assert rows.count() == 1
    assert [row.pk for row in rows.select_for_update()] == [work.pk]


def test_own_things_need_no_role_and_others_are_not_reached(tables: Any) -> None:
    firm = tables.Firm.objects.create()
    mine = tables.Thing.objects.create(firm=firm, person_id=ADA)
    theirs = tables.Thing.objects.create(firm=firm, person_id=BEN)
    nobodys = tables.Thing.objects.create(firm=firm)
    assert seen(ada(), OWN, tables.Thing) == {mine.pk}
    assert may(ada(), OWN, mine)
    assert not may(ada(), OWN, theirs)
    assert not may(ada(), OWN, nobodys)
    # Somebody without an account has no person, and a row without one is not hers.
    assert seen(Actor.nobody(), OWN, tables.Thing) == set()
    # No grant stretches it to what is somebody else's.
    assert seen(ada(grant(OWN)), OWN, tables.Thing) == {mine.pk}
    assert OWN not in scopes_of_role("administrator")
    # A table without an `own` path has nobody's own rows.
    assert seen(ada(), OWN, tables.Firm) == set()


def test_a_token_can_do_at_most_what_it_names(tables: Any) -> None:
    thing = tables.Thing.objects.create(firm=tables.Firm.objects.create(), person_id=ADA)
    actor = ada(grant(VIEW, EDIT), only_scopes=frozenset({VIEW}))
    assert may(actor, VIEW, thing)
    assert not may(actor, EDIT, thing)
    assert not may(actor, OWN, thing)
    assert may(replace(actor, only_scopes=frozenset({OWN})), OWN, thing)
    # A token names more than its owner has: it gets no more.
    assert not may(ada(only_scopes=frozenset({VIEW})), VIEW, thing)


def test_the_system_may_everything(tables: Any) -> None:
    thing = tables.Thing.objects.create(firm=tables.Firm.objects.create())
    assert seen(Actor.system("job"), EDIT, tables.Thing) == {thing.pk}
    assert may(Actor.system("job"), EDIT, thing)


def test_a_ruling_says_why(tables: Any) -> None:
    thing = tables.Thing.objects.create(firm=tables.Firm.objects.create())
    assert "None of your roles allows this: Change things." in may(ada(), EDIT).reason
    assert (
        "elsewhere, but not here: Change things." in may(ada(grant(EDIT, kind="site", on=uuid7())), EDIT, thing).reason
    )
    assert "allows this here" in may(ada(grant(EDIT)), EDIT, thing).reason
    with pytest.raises(Refused, match="None of your roles"):
        require(ada(), EDIT, thing)
    require(ada(grant(EDIT)), EDIT, thing)


def test_loading_does_not_tell_what_is_missing_from_what_is_hidden(tables: Any) -> None:
    thing = tables.Thing.objects.create(firm=tables.Firm.objects.create())
    actor = ada(grant(VIEW))
    assert load(actor, VIEW, tables.Thing.objects.all(), thing.pk).pk == thing.pk
    hidden = pytest.raises(NotFound, match="not yours to see")
    with hidden:
        load(ada(), VIEW, tables.Thing.objects.all(), thing.pk)
    with hidden:
        load(actor, VIEW, tables.Thing.objects.all(), uuid7())
    with hidden:
        load(actor, VIEW, tables.Thing.objects.all(), "no-such-key")


def test_an_undeclared_scope_and_a_table_without_reach_are_bugs_that_say_so(tables: Any) -> None:
    with pytest.raises(LookupError, match="never declared"):
        visible(ada(), "test:thing:nosuch", tables.Thing.objects.all())
    with pytest.raises(LookupError, match="never declared"):
        may(ada(), "test:thing:nosuch")
    with pytest.raises(LookupError, match="has no reach"):
        visible(ada(grant(VIEW)), VIEW, tables.Share.objects.all())


def test_a_scope_has_three_parts_and_the_administrator_has_all(tables: Any) -> None:
    with pytest.raises(ValueError, match="room:thing:verb"):
        declare("things", "Things")
    assert VIEW in scopes_of_role("lead")
    assert EDIT not in scopes_of_role("lead")
    assert {VIEW, EDIT} <= set(scopes_of_role("administrator"))
    assert list(all_scopes()) == sorted(all_scopes())
