"""Work's pages as the owner, a colleague with fewer rights, and a stranger from another partner."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Refused
from evenkeel.ground.search import search
from evenkeel.people import Person, Role, end_grant, give_grant, note_work
from evenkeel.work import Decision, Programme, Queue, programme_labels, take_back, take_batch

from ..models import Lease
from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_form,
    make_items,
    make_person,
    make_policy,
    make_programme,
    make_queue,
    make_vendor,
    worker_of,
)

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@dataclass
class Scene:
    """A programme in which a partner takes part, with a decision by one of its people and one of ours."""

    programme: Programme
    queue: Queue
    owner: Client
    moderator: Person
    theirs: Person
    ours: Decision
    other: Decision

    def addresses(self) -> dict[str, str]:
        base = f"/work/programmes/{self.programme.pk}"
        return {
            "programme": f"{base}/",
            "items": f"{base}/items/",
            "decisions": f"{base}/decisions/",
            "forms": f"{base}/forms/",
            "queue-adding": f"{base}/queues/",
            "queue": f"/work/queues/{self.queue.pk}/",
            "settings": f"/work/queues/{self.queue.pk}/settings/",
            "desk": f"/work/queues/{self.queue.pk}/desk/",
            "item": f"/work/items/{self.ours.item_id}/",
            "ours": f"/work/decisions/{self.ours.pk}/",
            "other": f"/work/decisions/{self.other.pk}/",
        }

    def statuses(self, person: Person) -> dict[str, int]:
        client = client_of(person)
        return {name: client.get(address).status_code for name, address in self.addresses().items()}


@pytest.fixture
def scene() -> Scene:
    partner = make_vendor("Partner")
    programme = make_programme("Safety", partners=[partner])
    queue = make_queue(programme, name="First look", items=5, batch_size=1, overlap=2, policy=make_policy())
    moderator, theirs = make_person("moderator", name="Ada Ours"), make_person("moderator", partner, name="Bo Theirs")
    made = [
        make_decision(as_actor(person), take_batch(as_actor(person), queue=queue, now=NOW)[0], label)
        for person, label in ((moderator, "Yes"), (theirs, "No"))
    ]
    owner = client_of(make_person(["quality_manager", "data_scientist"]))
    return Scene(programme, queue, owner, moderator, theirs, *made)


def test_the_owner_sees_every_page(scene: Scene) -> None:
    assert scene.statuses(make_person(["quality_manager", "moderator"])) == dict.fromkeys(scene.addresses(), 200)


def test_a_moderator_sees_her_queue_and_its_desk(scene: Scene) -> None:
    assert scene.statuses(scene.moderator) == {
        "programme": 200,
        "items": 404,
        "decisions": 404,
        "forms": 403,
        "queue-adding": 403,
        "queue": 200,
        "settings": 403,
        "desk": 200,
        "item": 404,
        "ours": 404,
        "other": 404,
    }


def test_an_auditor_sees_items_and_no_first_answers(scene: Scene) -> None:
    auditor = make_person("qa_specialist")
    statuses = scene.statuses(auditor)
    assert statuses["item"] == 200
    assert statuses["ours"] == statuses["decisions"] == statuses["desk"] == 404
    page = client_of(auditor).get(scene.addresses()["item"])
    assert "With key" in page.text
    assert "Ada Ours" not in page.text


def test_a_partners_lead_sees_her_own_peoples_decisions(scene: Scene) -> None:
    lead = make_person("lead", worker_of(scene.theirs).organisation)
    statuses = scene.statuses(lead)
    assert (statuses["other"], statuses["ours"]) == (200, 404)
    client = client_of(lead)
    for address in (scene.addresses()["decisions"], scene.addresses()["item"], scene.addresses()["other"]):
        page = client.get(address)
        assert "Bo Theirs" in page.text
        assert "Ada Ours" not in page.text
    assert "House" not in client.get(scene.addresses()["programme"]).text


def test_a_stranger_finds_nothing(scene: Scene) -> None:
    stranger = make_person(["moderator", "lead", "quality_manager", "qa_specialist"], make_vendor())
    assert set(scene.statuses(stranger).values()) == {404}
    client = client_of(stranger)
    assert "Safety" not in client.get("/work/programmes/").text
    assert "First look" not in client.get("/work/queues/").text
    for verb in ("closing", "reopening", "filling"):
        assert client.post(f"/work/queues/{scene.queue.pk}/{verb}/").status_code == 404


def test_nobody_gets_in_without_logging_in(scene: Scene) -> None:
    for address in [*scene.addresses().values(), "/work/queues/", "/work/programmes/", "/work/mine/"]:
        assert Client().get(address).status_code == 302


def test_the_list_of_queues_starts_where_something_waits(scene: Scene) -> None:
    page = client_of(scene.moderator).get("/work/queues/")
    assert f"/work/queues/{scene.queue.pk}/desk/" in page.text
    assert "All queues" not in page.text
    assert "All queues" not in scene.owner.get("/work/queues/").text
    assert "First look" in scene.owner.get("/work/queues/").text


def test_a_programme_is_built_on_pages() -> None:
    owner = client_of(make_person("quality_manager"))
    owner.post("/work/programmes/", {"name": "Study", "about": "Why."})
    programme = Programme.objects.get(name="Study")
    base = f"/work/programmes/{programme.pk}"
    said = {
        "name": "Safety",
        "question": "Safe?",
        "choices": "No | Safe | good\nYes | Unsafe | bad",
        "has_comment": "on",
    }
    assert owner.post(f"{base}/forms/", said).status_code == 302
    form = programme.forms.get()
    rules = {
        "overlap": "2",
        "severity": "1",
        "languages": "de, fr",
        "batch_size": "5",
        "lease_s": "600",
        "undo_s": "60",
    }
    response = owner.post(f"{base}/queues/", {"name": "Q", "form": str(form.pk), **rules}, follow=True)
    assert "Put items into it to begin" in response.text
    queue = programme.queues.get()
    assert (queue.overlap, queue.languages, queue.undo_s) == (2, ["de", "fr"], 60)
    make_items(3, programme)
    assert "3 items were put in." in owner.post(f"/work/queues/{queue.pk}/filling/", follow=True).text
    owner.post(f"/work/queues/{queue.pk}/settings/", {"name": "Q2", "form": str(form.pk), **rules})
    owner.post(f"/work/queues/{queue.pk}/closing/")
    page = owner.get(f"/work/queues/{queue.pk}/")
    assert "Q2" in page.text
    assert "This queue is closed" in page.text
    owner.post(f"/work/queues/{queue.pk}/reopening/")
    queue.refresh_from_db()
    assert queue.is_open


def test_what_does_not_fit_is_said_at_its_field(scene: Scene) -> None:
    base = f"/work/programmes/{scene.programme.pk}"
    response = scene.owner.post(f"{base}/forms/", {"name": "X", "question": "Safe?", "choices": "Yes | Yes | loud"})
    assert response.status_code == 422
    assert "is none of good" in response.text
    response = scene.owner.post(f"{base}/forms/", {"name": "X", "question": "Safe?", "choices": "Yes"})
    assert response.status_code == 422
    assert "at least two choices" in response.text
    said = {"name": "First look", "form": str(make_form(scene.programme).form_id), "overlap": "0", "languages": "DE?"}
    response = scene.owner.post(f"{base}/queues/", said)
    assert response.status_code == 422
    assert scene.owner.post("/work/programmes/", {"name": "Safety"}).status_code == 422


def test_another_organisation_is_let_in(scene: Scene) -> None:
    newcomer = make_vendor("Newcomer")
    address = f"/work/programmes/{scene.programme.pk}/partners/"
    assert "takes part now" in scene.owner.post(address, {"organisation": str(newcomer.pk)}, follow=True).text
    assert client_of(make_person("lead", newcomer)).get(scene.addresses()["programme"]).status_code == 200
    colleague = client_of(make_person("lead"))
    assert colleague.post(address, {"organisation": str(newcomer.pk)}).status_code == 403


def test_a_partner_whose_part_ends_sees_it_no_more_and_what_she_held_goes_to_others(scene: Scene) -> None:
    partner = worker_of(scene.theirs).organisation
    (held,) = take_batch(as_actor(scene.theirs), queue=scene.queue, now=NOW)
    address = f"/work/programmes/{scene.programme.pk}/partners/{partner.pk}/ending/"
    assert client_of(make_person("lead")).post(address).status_code == 403
    assert client_of(scene.theirs).post(address).status_code == 403
    assert "takes no part any more" in scene.owner.post(address, follow=True).text
    held.refresh_from_db()
    assert (held.ending, held.task.leased) == (Lease.RETURNED, 0)
    assert client_of(scene.theirs).get(scene.addresses()["programme"]).status_code == 404
    with pytest.raises(Refused):
        make_decision(as_actor(scene.theirs), held, "Yes")
    assert Decision.objects.filter(pk=scene.other.pk).exists(), "what they decided stays"
    assert scene.owner.post(address).status_code == 404


def test_a_programme_is_called_otherwise_and_given_to_another_owner(scene: Scene) -> None:
    address, heir = scene.addresses()["programme"], make_person("quality_manager", name="Cy Heir")
    said = {"name": "Safety first", "about": "Listings.", "owner": str(heir.pk)}
    assert "Safety first" in scene.owner.post(address, said, follow=True).text
    changed = Programme.objects.get()
    assert (changed.name, changed.about, changed.owner) == ("Safety first", "Listings.", heir)
    make_programme("Taken")
    assert scene.owner.post(address, said | {"name": "Taken"}).status_code == 422
    assert scene.owner.post(address, said | {"owner": str(scene.moderator.pk)}).status_code == 422
    assert client_of(make_person("lead")).post(address, said).status_code == 403


def test_rows_are_narrowed_by_what_a_figure_links_to(scene: Scene) -> None:
    address = scene.addresses()["decisions"]
    page = scene.owner.get(address, {"worker": str(worker_of(scene.moderator).pk)})
    assert "By: Ada Ours" in page.text
    assert "Bo Theirs" not in page.text
    assert "1 row" in page.text
    assert "2 rows" in scene.owner.get(address, {"worker": "nonsense"}).text
    assert "1 row" in scene.owner.get(address, {"label": "Yes"}).text


def test_a_narrowing_id_gives_no_name_away(scene: Scene) -> None:
    lead = client_of(make_person("lead", worker_of(scene.theirs).organisation))
    page = lead.get(scene.addresses()["decisions"], {"worker": str(worker_of(scene.moderator).pk)})
    assert "Ada Ours" not in page.text


def test_decisions_are_exported_as_they_are_filtered(scene: Scene) -> None:
    response = scene.owner.get(scene.addresses()["decisions"], {"export": "csv", "label": "Yes"})
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "Ada Ours" in lines[1]


def test_my_decisions_can_be_taken_back_while_their_window_is_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(scene.moderator)
    monkeypatch.setattr("evenkeel.ground.clock.now", lambda: after(seconds=60))
    assert "Take back" in client.get("/work/mine/").text
    response = client.post(f"/work/decisions/{scene.ours.pk}/taking-back/")
    assert response.headers["Location"] == scene.addresses()["desk"]
    assert "taken back" in client.get("/work/mine/").text
    assert client_of(scene.theirs).post(f"/work/decisions/{scene.ours.pk}/taking-back/").status_code == 404
    monkeypatch.setattr("evenkeel.ground.clock.now", lambda: after(seconds=3600))
    assert "Take back" not in client_of(scene.theirs).get("/work/mine/").text


def test_a_decision_taken_back_says_so_on_every_page(scene: Scene) -> None:
    take_back(as_actor(scene.moderator), decision=scene.ours, now=after(seconds=1))
    addresses = scene.addresses()
    assert "it counts nowhere" in scene.owner.get(addresses["ours"]).text
    for name in ("decisions", "item"):
        assert "taken back" in scene.owner.get(addresses[name]).text


def test_a_desk_needs_a_worker_record(scene: Scene) -> None:
    person = make_person("moderator", is_worker=False)
    assert client_of(person).get(scene.addresses()["desk"]).status_code == 409


def test_the_desk_shows_her_own_exposure_where_the_content_is_difficult(scene: Scene) -> None:
    difficult = make_queue(scene.programme, severity=2, may_skip=False)
    client = client_of(scene.moderator)
    page = client.get(f"/work/queues/{difficult.pk}/desk/").text
    assert "difficult content" in page
    assert 'id="desk-skip"' not in page, "nothing is offered that the queue refuses"
    assert "difficult content" not in client.get(scene.addresses()["desk"]).text


def test_violations_of_the_guideline_are_named_where_answers_are_shown(scene: Scene) -> None:
    actions = [{"value": "remove", "title": "Remove"}]
    ruling = {"name": "ruling", "kind": "policy_tree", "title": "Ruling", "source": "policy", "actions": actions}
    form = make_form(scene.programme, {"question": "What is it?", "main": "ruling", "fields": [ruling]})
    queue = make_queue(scene.programme, form=form, policy=make_policy(body="# Rules\n## Fake offers\n## Violence"))
    assert programme_labels(scene.programme)["fake-offers"] == "Fake offers"
    assert "Fake offers" in scene.owner.get(queue.get_absolute_url()).text


@pytest.mark.parametrize("name", ["decisions", "items", "programme"])
def test_more_rows_cost_no_more_queries(scene: Scene, name: str) -> None:
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            scene.owner.get(scene.addresses()[name])
        counts.append(len(queries))
        more = make_queue(scene.programme, items=5, batch_size=5)
        for lease in take_batch(as_actor(scene.moderator), queue=more, now=NOW):
            make_decision(as_actor(scene.moderator), lease)
    assert counts[0] == counts[1]


def found(actor: Actor, text: str) -> set[str]:
    return {hit.title for sort in search(actor, text) for hit in sort.hits}


def test_things_are_found_by_those_who_may_see_them(scene: Scene) -> None:
    key = scene.ours.item.key
    owner = as_actor(make_person("quality_manager"))
    assert found(owner, "first") == {"First look"}
    assert "Safety" in found(owner, "safe")
    assert found(owner, key) == {key}
    assert found(as_actor(scene.moderator), key) == set()
    assert found(as_actor(scene.moderator), "first") == {"First look"}
    assert found(as_actor(make_person("quality_manager", make_vendor())), "first") == set()


def test_her_way_in_leads_to_what_waits(scene: Scene) -> None:
    page = client_of(scene.moderator).get("/")
    assert "Waiting for your decision" in page.text
    assert scene.addresses()["desk"] in page.text
    assert "Waiting for your decision" not in client_of(make_person("lead")).get("/").text


def test_my_day_names_the_queues_that_somebody_may_still_see() -> None:
    queue = make_queue(name="Night listings")
    worker = make_person()
    grant = give_grant(SYSTEM, person=worker, role=Role.objects.get(slug="moderator"), now=NOW)
    note_work(as_actor(worker), state="production", programme_id=queue.programme_id, queue_id=queue.pk, now=NOW)
    assert "Night listings" in client_of(worker).get(f"/people/time/?day={NOW.date()}").content.decode()
    lead = client_of(make_person("administrator"))
    assert (
        "Night listings" in lead.get(f"/people/workers/{worker_of(worker).pk}/time/?day={NOW.date()}").content.decode()
    )
    end_grant(SYSTEM, grant=grant, now=NOW)
    page = client_of(worker).get(f"/people/time/?day={NOW.date()}")
    assert page.status_code == 200
    assert "Night listings" not in page.content.decode()
