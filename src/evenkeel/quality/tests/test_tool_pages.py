"""The pages and routes of other tools, as the owner, a colleague with fewer rights and a partner's person meet them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock, jobs
from evenkeel.people import Person
from evenkeel.quality import Mapping, OutsideReview, Tool, ToolRun
from evenkeel.quality.models import MappingRhythm
from evenkeel.quality.tools.files import path_of
from evenkeel.quality.tools.rhythm import ask_due
from evenkeel.work import Decision

from .conftest import NOW, House

ROWS = (
    b"content_id,moderator,decision,decided_at,auditor,is_correct\n"
    b"p-1,ada,Safe,2026-02-01T09:00:00Z,zoe,yes\np-2,bo,Unsafe,2026-02-01T09:01:00Z,,\n"
)
Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def people(house: House) -> dict[str, Person]:
    return {
        "owner": house.person("Qi", "quality_manager"),
        "colleague": house.person("Ada", "qa_specialist"),
        "stranger": house.person("Vera", "administrator", organisation=house.partner),
    }


@pytest.fixture
def post(client: Client) -> Post:
    def as_person(person: Person, name: str, /, *args: object, follow: bool = False, **data: Any) -> Any:
        client.force_login(person)
        return client.post(reverse(name, args=args), data, follow=follow)

    return as_person


@pytest.fixture
def get(client: Client) -> Post:
    def as_person(person: Person, name: str, *args: object) -> Any:
        client.force_login(person)
        return client.get(reverse(name, args=args))

    return as_person


def file_of(content: bytes = ROWS, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def hand_in(post: Post, person: Person, house: House, /, content: bytes = ROWS, **said: Any) -> Any:
    said = {"importer": "csv", "tool": "Acme", "programme": house.programme.pk, "file": file_of(content), **said}
    return post(person, "quality:new_tool_run", **said)


def shown_form(page: Any) -> dict[str, Any]:
    """What the form on a page would send as it stands."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value not in (None, False)}


@pytest.mark.django_db(transaction=True)
def test_a_file_is_mapped_previewed_imported_and_the_next_one_needs_no_mapping(
    house: House, people: dict[str, Person], get: Post, post: Post
) -> None:
    owner = people["owner"]
    assert "Nothing imported yet" in get(owner, "quality:tools").content.decode()
    page = get(owner, "quality:new_tool_run").content.decode()
    assert all(
        title in page for title in ("Label Studio", "ROOST Coop", "Bluesky Ozone", "Argilla", "CVAT", "SQL query")
    )
    draft = hand_in(post, owner, house)
    run = ToolRun.objects.get()
    assert (draft.status_code, draft["Location"], run.state) == (302, run.get_absolute_url(), "draft")

    # The columns with their first values, a mapping that their names suggest, and the rows as facts.
    page = get(owner, "quality:tool_run", run.pk)
    html = page.content.decode()
    assert "p-1 · p-2" in html
    said = shown_form(page)
    assert (said["f_item"], said["f_worker"], said["f_label"], said["f_review_right"]) == (
        "content_id", "moderator", "decision", "is_correct",
    )  # fmt: skip
    assert [row.faults for row in page.context["shown"].rows] == [(), ()]
    wrong = post(owner, "quality:tool_run_preview", run.pk, **{**said, "f_label": "moderator"})
    assert "is not one of those asked for" in wrong.content.decode()
    assert (
        "This is needed" in post(owner, "quality:tool_run_preview", run.pk, **{**said, "f_worker": ""}).content.decode()
    )
    refused = post(owner, "quality:tool_run_settlement", run.pk, **{**said, "f_worker": ""})
    assert (refused.status_code, "This is needed" in refused.content.decode()) == (422, True)

    # Saved, tried elsewhere, imported in the background, told.
    begun = post(owner, "quality:tool_run_settlement", run.pk, follow=True, **said).content.decode()
    assert reverse("quality:tool_run_state", args=[run.pk]) in begun
    jobs.drain()
    run.refresh_from_db()
    assert (run.state, run.counts["decisions"], OutsideReview.objects.count()) == ("done", 2, 1)
    assert not path_of(run.pk).exists()
    assert get(owner, "quality:tool_run_state", run.pk)["HX-Refresh"] == "true"
    assert "Imported." in get(owner, "quality:tool_run", run.pk).content.decode()
    mapping = Mapping.objects.get()
    assert "is_correct" in get(owner, "quality:mapping", mapping.pk).content.decode()
    second = post(owner, "quality:mapping_runs", mapping.pk, file=file_of(ROWS.replace(b"Unsafe", b"Safe")))
    jobs.drain()
    again = ToolRun.objects.get(pk=second["Location"].split("/")[-2])
    assert (again.counts["changed"], again.counts["same"]) == (1, 2)
    assert post(owner, "quality:mapping_runs", mapping.pk).status_code == 422
    # A decision brought in is shown with its review, apart from accuracy.
    decision = Decision.objects.get(item__key="p-1")
    assert "Acme" in get(owner, "work:decision", decision.pk).content.decode()
    # The next file of this tool begins with what was saved.
    hand_in(post, owner, house)
    newest = ToolRun.objects.filter(state="draft").get()
    assert shown_form(get(owner, "quality:tool_run", newest.pk))["name"] == mapping.name
    saved = post(owner, "quality:tool_run_settlement", newest.pk, only_save="1", **{**said, "f_queue": "queue"})
    assert saved["Location"] == mapping.get_absolute_url()
    assert mapping.versions.count() == 2
    post(owner, "quality:tool_run_withdrawal", newest.pk)
    assert not path_of(newest.pk).parent.exists()


def test_what_cannot_be_read_is_refused_at_once(house: House, people: dict[str, Person], post: Post) -> None:
    page = hand_in(post, people["owner"], house, b"PK\x03\x04zip")
    assert (page.status_code, "zip archive" in page.content.decode()) == (422, True)
    assert hand_in(post, people["owner"], house, importer="sql", connection="HOME", query="SELECT 1").status_code == 422
    assert set(ToolRun.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_a_query_is_looked_at_and_run(
    house: House, people: dict[str, Person], get: Post, post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "desk.sqlite3"
    with sqlite3.connect(file) as desk:
        desk.execute("CREATE TABLE d (item TEXT, worker TEXT, label TEXT)")
        desk.executemany("INSERT INTO d VALUES (?, 'ada', 'Safe')", [(f"p-{n}",) for n in range(300)])
    monkeypatch.setenv("IMPORT_FROM_DESK", f"sqlite:///{file}")
    asked: dict[str, Any] = {
        "importer": "sql",
        "connection": "IMPORT_FROM_DESK",
        "query": "SELECT * FROM d;",
        "file": "",
    }
    hand_in(post, people["owner"], house, **asked)
    run = ToolRun.objects.get()
    said = shown_form(get(people["owner"], "quality:tool_run", run.pk))
    assert (said["query"], said["f_item"]) == ("SELECT * FROM d;", "item")
    post(people["owner"], "quality:tool_run_settlement", run.pk, **said)
    jobs.drain()
    run.refresh_from_db()
    assert (run.state, run.counts["decisions"]) == ("done", 300)

    # Asked again by itself: once a time, and no longer than whoever set it may import.
    mapping = Mapping.objects.get()
    _programs_set_the_rhythm(Client(), people, mapping)
    post(people["owner"], "quality:mapping_rhythm", mapping.pk, every="day")
    assert (ask_due(NOW), ask_due(NOW)) == (1, 0)
    jobs.drain()
    again = mapping.versions.get().runs.exclude(pk=run.pk).get()
    assert (again.state, again.counts.get("new", 0), again.counts["same"]) == ("done", 0, 300)
    shown = get(people["owner"], "quality:mapping", mapping.pk).content.decode()
    assert f"With the rights of {people['owner'].name}" in shown
    people["owner"].role_grants.all().delete()
    assert ask_due(NOW + timedelta(days=3)) == 0
    assert mapping.rhythm.refusal
    assert people["owner"].notices.filter(title__contains=mapping.name).exists()


def _programs_set_the_rhythm(client: Client, people: dict[str, Person], mapping: Mapping) -> None:
    base = "/api/v1/quality/mappings"
    url = f"{base}/{quote(mapping.name)}/rhythm"

    def put(who: str, every: str) -> Any:
        client.force_login(people[who])
        return client.put(url, json.dumps({"every": every, "is_partial": True}), content_type="application/json")

    assert [put(who, "hour").status_code for who in ("colleague", "stranger")] == [403, 404]
    assert put("owner", "minute").status_code == 422
    assert not MappingRhythm.objects.exists()
    told = put("owner", "hour").json()
    assert (told["every"], told["is_partial"], told["by"]) == ("hour", True, people["owner"].name)
    assert client.get(base).json()[0]["rhythm"] == told
    assert [client.delete(url).status_code for _twice in range(2)] == [204, 204]
    assert client.get(base).json()[0]["rhythm"] is None


@pytest.mark.django_db(transaction=True)
def test_others_see_nothing_of_it(house: House, people: dict[str, Person], get: Post, post: Post) -> None:
    hand_in(post, people["owner"], house)
    run = ToolRun.objects.get()
    said = shown_form(get(people["owner"], "quality:tool_run", run.pk))
    post(people["owner"], "quality:tool_run_settlement", run.pk, **said)
    jobs.drain()
    mapping = Mapping.objects.get()
    for who in ("colleague", "stranger"):
        person = people[who]
        assert get(person, "quality:tool_run", run.pk).status_code == 404
        assert get(person, "quality:mapping", mapping.pk).status_code == 404
        assert hand_in(post, person, house, tool="Other").status_code in (403, 422)
        assert post(person, "quality:mapping_runs", mapping.pk, file=file_of()).status_code == 404
    assert get(people["colleague"], "quality:tools").status_code == 403
    assert Tool.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_programs_do_the_same(house: House, people: dict[str, Person], client: Client) -> None:
    client.force_login(people["owner"])
    base = "/api/v1/quality"
    assert {each["slug"] for each in client.get(f"{base}/importers").json()} >= {"csv", "ozone", "sql"}
    fields = {"item": "content_id", "worker": "moderator", "label": "decision", "decided_at": "decided_at"}
    said = {"tool": "Acme", "programme_id": str(house.programme.pk), "importer": "csv", "spec": {"fields": fields}}

    def save(body: dict[str, Any]) -> Any:
        return client.put(f"{base}/mappings/acme", json.dumps(body), content_type="application/json")

    assert save(said).json()["version"] == 1
    wrong = save({**said, "spec": {"fields": {"itme": "x"}}})
    assert (wrong.status_code, wrong["Content-Type"], "itme" in wrong.json()["fields"]) == (
        422,
        "application/problem+json",
        True,
    )
    assert [each["name"] for each in client.get(f"{base}/mappings").json()] == ["acme"]
    begun = client.post(f"{base}/tool-runs", {"mapping": "acme", "file": file_of()})
    assert begun.status_code == 202
    jobs.drain()
    told = client.get(f"{base}/tool-runs/{begun.json()['id']}").json()
    assert (told["state"], told["counts"]["new"]) == ("done", 2)
    assert client.post(f"{base}/tool-runs", {"mapping": "nothing", "file": file_of()}).status_code == 422
    assert client.post(f"{base}/tool-runs", {"mapping": "acme"}).status_code == 422
    client.force_login(people["colleague"])
    assert client.get(f"{base}/mappings").status_code == 403
    client.force_login(people["stranger"])
    assert client.get(f"{base}/tool-runs/{told['id']}").status_code == 404
    assert save(said).status_code in (403, 404)
    client.force_login(people["owner"])
    wrong = client.put(f"{base}/mappings/acme/rhythm", '{"every": "day"}', content_type="application/json")
    assert (wrong.status_code, "every" in wrong.json()["fields"]) == (422, True), "files are handed in"
