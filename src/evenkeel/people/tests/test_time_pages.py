"""Time on pages and in the API: my day, a team's day, corrections; as the worker, her lead, colleagues and strangers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground.ids import uuid7
from evenkeel.people import Person, Worker, end_shift, give_grant, switch_state
from evenkeel.people.models import Presence, TimeRequest, TimeSpan

from .conftest import NOW, SYSTEM, Cast
from .test_timeline import lead_of, someone


def client_of(person: Person | Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


class Scene:
    """A worker of North, her lead, her vendor's manager, a manager of South, a moderator of the house."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.actor, self.worker = someone(cast)
        lead = lead_of(cast)
        self.me = Person.objects.get(worker=self.worker)
        give_grant(SYSTEM, person=self.me, role=cast.roles["moderator"], now=cast.house.created_at)
        self.lead = Person.objects.get(pk=str(lead.person_id))
        self.url = f"/people/workers/{self.worker.pk}/time/"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


def test_the_header_changes_the_state_and_shows_it(scene: Scene) -> None:
    client = client_of(scene.me)
    page = client.get("/people/time/").content.decode()
    assert "Off duty" in page
    assert "Nothing on this day" in page
    answer = client.post("/people/time/state/", {"state": "meeting", "next": "/people/notices/"})
    assert answer["Location"] == "/people/notices/"
    assert TimeSpan.objects.get().state == "meeting"
    page = client.get("/people/time/").content.decode()
    assert "day-bar" in page
    assert "time-meeting" in page
    assert client.post("/people/time/state/", {"state": "off", "next": "//evil.example"})["Location"] == "/people/time/"
    assert TimeSpan.objects.get().ended_at is not None
    assert client.post("/people/time/state/", {"state": "idle"}).status_code == 422
    assert client.get("/people/time/state/").status_code == 405


def test_the_visits_to_a_queue_are_one_row_that_opens(scene: Scene) -> None:
    first, second = uuid7(), uuid7()
    for minutes, (state, queue_id) in enumerate(
        [("production", first), ("production", second), ("production", first), ("break", None), ("production", first)]
    ):
        act = scene.actor
        switch_state(
            act, worker=scene.worker, state=state, queue_id=queue_id, now=NOW + timedelta(minutes=10 * minutes)
        )
    end_shift(scene.actor, worker=scene.worker, now=NOW + timedelta(minutes=55))
    for person in (scene.me, scene.lead):
        url = "/people/time/" if person == scene.me else scene.url
        page = client_of(person).get(f"{url}?day=2026-03-02").content.decode()
        rows = page.split("<caption>")[1].split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
        assert len(rows) == 3, "two queues and the break"
        assert "10:00–10:55, 3 visits" in rows[0]
        assert rows[0].count("<li>") == 3
        assert "35 min" in rows[0].rpartition("<td")[2]
        assert "visits" not in rows[1], "one visit needs nothing to open"
        assert "10 min" in rows[2].rpartition("<td")[2]


def test_somebody_without_a_worker_record_has_no_clock(scene: Scene) -> None:
    client = client_of(scene.cast.north.manager)
    assert "data-sign" not in client.get("/people/profile/").content.decode()
    assert client.get("/people/time/").status_code == 409
    assert (
        client.post("/api/v1/people/time/state", {"state": "break"}, content_type="application/json").status_code == 409
    )


def test_a_lead_sees_her_team_and_a_stranger_nobody(scene: Scene) -> None:
    client_of(scene.me).post("/people/time/state/", {"state": "wellness"})
    page = client_of(scene.lead).get("/people/time/team/").content.decode()
    assert "Wanda" in page
    row = page.split("Wanda")[1].split("</tr>")[0]
    assert "Break" in row
    assert "Wellness" not in page.split("<main")[1], "why somebody pauses is her own affair"
    assert "time-wellness" not in client_of(scene.lead).get(scene.url).content.decode().split("<main")[1]
    assert "Wanda" not in client_of(scene.cast.south.manager).get("/people/time/team/").content.decode()
    for stranger, status in ((scene.cast.south.manager, 404), (scene.me, 404), (scene.cast.moderator, 404)):
        assert client_of(stranger).get(scene.url).status_code == status
        assert client_of(stranger).post(f"{scene.url}corrections/", {}).status_code == 404
    assert client_of(scene.cast.moderator).get("/people/time/team/").status_code == 403


def test_a_lead_corrects_a_day_on_its_page(scene: Scene) -> None:
    client = client_of(scene.lead)
    said = {"began": "08:00", "ended": "09:30", "state": "training", "reason": "Induction"}
    answer = client.post(f"{scene.url}corrections/?day=2026-03-02", said)
    assert answer.status_code == 302
    span = TimeSpan.objects.get()
    assert (span.state, span.origin, span.began_at.isoformat()) == ("training", "lead", "2026-03-02T07:00:00+00:00"), (
        "Oslo"
    )
    page = client.get(f"{scene.url}?day=2026-03-02").content.decode()
    assert "Induction" in page
    assert "08:00" in page
    wrong = client.post(f"{scene.url}corrections/?day=2026-03-02", said | {"reason": ""})
    assert wrong.status_code == 422
    ahead = client.post(f"{scene.url}corrections/?day=2190-03-02", said)
    assert ahead.status_code == 422
    night = client.post(f"{scene.url}corrections/?day=2026-03-02", said | {"began": "22:00", "ended": "02:00"})
    assert night.status_code == 302
    assert TimeSpan.objects.count() == 2


def test_a_request_goes_to_the_lead_and_comes_back(scene: Scene) -> None:
    said = {"began": "10:00", "ended": "10:30", "state": "coaching", "reason": "Talk with Lea"}
    assert client_of(scene.me).post("/people/time/?day=2026-03-02", said).status_code == 302
    assert client_of(scene.me).post("/people/time/?day=2026-03-02", said | {"ended": "10:00"}).status_code in (302, 422)
    asked = TimeRequest.objects.order_by("asked_at")[0]
    url = f"/people/time/requests/{asked.pk}/answer/"
    for stranger in (scene.me, scene.cast.south.manager, scene.cast.moderator):
        assert client_of(stranger).post(url, {"answer": "grant"}).status_code == 404
    client = client_of(scene.lead)
    assert "Talk with Lea" in client.get("/people/time/team/").content.decode()
    assert client.post(url, {"answer": "refuse", "remark": ""}).status_code == 422
    assert client.post(url, {"answer": "grant"}).status_code == 302
    assert TimeSpan.objects.filter(state="coaching").exists()
    assert "granted" in client_of(scene.me).get("/people/time/?day=2026-03-02").content.decode()


def test_the_api_says_and_tells_the_same(scene: Scene) -> None:
    client = client_of(scene.me)

    def post(path: str, **said: Any) -> Any:
        return client.post(f"/api/v1/people/{path}", said, content_type="application/json")

    assert post("time/state", state="production").json()["state"] == "production"
    assert post("time/state", state="napping").json()["fields"] == {"state": ["Choose one of those offered."]}
    assert post("time/sign").status_code == 204
    assert Presence.objects.get().worker_id == scene.worker.pk
    assert post("time/end").json() == {"state": "", "hours_into_shift": None}
    day = client.get("/api/v1/people/time/day").json()
    assert [each["state"] for each in day["stretches"]] == ["production"]
    assert sum(day["seconds"].values()) >= 0
    assert client.get("/api/v1/people/time/day?day=0001-01-01").status_code == 422
    assert client.get("/api/v1/people/time/day?day=9999-12-31").status_code == 422
    theirs = f"/api/v1/people/workers/{scene.worker.pk}"
    assert client.get(f"{theirs}/day").status_code == 404
    client = client_of(scene.lead)
    assert client.get(f"{theirs}/day").status_code == 200
    right = {"began_at": "2026-03-02T07:00:00Z", "ended_at": "2026-03-02T08:00:00Z", "state": "training", "reason": "x"}
    assert client.post(f"{theirs}/corrections", right, content_type="application/json").status_code == 200
    wrong = right | {"ended_at": "2026-03-02T06:00:00Z"}
    problem = client.post(f"{theirs}/corrections", wrong, content_type="application/json")
    assert (problem.status_code, list(problem.json()["fields"])) == (422, ["ended_at"])
    down = {"began_at": "2026-03-02T07:00:00Z", "ended_at": "2026-03-02T08:00:00Z", "reason": "x"}
    assert client.post("/api/v1/people/time/downtimes", down, content_type="application/json").status_code == 403


def test_a_team_of_many_costs_as_many_queries_as_one_of_few(scene: Scene, django_assert_max_num_queries: Any) -> None:
    for n in range(20):
        Worker.objects.create(
            organisation=scene.cast.north.organisation, site=scene.cast.north.site, team=scene.cast.north.team, code=f"m{n}",
            name=f"Many {n}", created_at=scene.cast.house.created_at,
        )  # fmt: skip
    client = client_of(scene.lead)
    client.get("/people/time/team/")
    with django_assert_max_num_queries(22):
        client.get("/people/time/team/")


def test_whoever_sends_something_is_seen(scene: Scene) -> None:
    client_of(scene.me).post("/people/profile/", {"theme": "dark"})
    assert Presence.objects.filter(worker=scene.worker).exists()
    assert not TimeSpan.objects.exists(), "a sign of life alone begins no shift"
