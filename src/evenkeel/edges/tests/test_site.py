"""The way in, search, errors, and what machines ask."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from evenkeel.edges import site_health
from evenkeel.edges.urls import handler400, handler403, handler404, handler500
from evenkeel.edges.urls import urlpatterns as all_urls
from evenkeel.ground import search as ground_search
from evenkeel.ground import slots
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.ground.search import Hit, search, searches
from evenkeel.people import notify

from .conftest import NOW, Folk, client_of


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# ------------------------------------------------------------------ home


def test_home_asks_who_it_is(db: None) -> None:
    assert Client().get("/")["Location"] == "/accounts/login/?next=/"


def test_home_shows_what_waits_and_else_where_to_go(folk: Folk) -> None:
    assert "Nothing waits for you." in text(client_of(folk.ada).get("/"))
    notify([folk.ada], title="A signal for you", url="/", now=NOW)
    shown = text(client_of(folk.ada).get("/"))
    assert "A signal for you" in shown
    assert "Nothing waits for you." not in shown
    assert "A signal for you" not in text(client_of(folk.mo).get("/"))


def test_home_is_filled_by_rooms_in_their_order(folk: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fills", slots._fills.copy())
    monkeypatch.setitem(slots._fills, "site:home", [])
    slots.fills("site:home", order=30)(lambda request, actor: f"<p>third for {actor.name}</p>")
    slots.fills("site:home", order=10)(lambda request, actor: "<p>first</p>")
    slots.fills("site:home", order=20)(lambda request, actor: "")
    shown = text(client_of(folk.mo).get("/"))
    assert shown.index("first") < shown.index("third for Mo Example")


def test_somebody_without_a_role_is_told_what_to_do(folk: Folk) -> None:
    folk.mo.role_grants.all().delete()
    assert "nobody has given you a role so far" in text(client_of(folk.mo).get("/"))


# ------------------------------------------------------------------ search


def test_search_finds_only_what_one_may_see(folk: Folk) -> None:
    assert "Vera Worker" in text(client_of(folk.ada).get("/search/", {"q": "vera"}))
    assert "Vera Worker" in text(client_of(folk.val).get("/search/", {"q": "ver"}))
    assert "Vera Worker" not in text(client_of(folk.mo).get("/search/", {"q": "vera"}))
    assert "Ada Example" not in text(client_of(folk.val).get("/search/", {"q": "ada"})).replace("“ada”", "")
    assert Client().get("/search/", {"q": "vera"}).status_code == 302


def test_search_by_code_and_address(folk: Folk) -> None:
    assert "Vera Worker" in text(client_of(folk.ada).get("/search/", {"q": "v1"}))
    assert "Mo Example" in text(client_of(folk.ada).get("/search/", {"q": "mo@example"}))


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Find things by name"), ("v", "at least two letters"), ("zzz", "Nothing goes by “zzz”")]
)
def test_search_says_why_it_shows_nothing(typed: str, said: str, folk: Folk) -> None:
    assert said in text(client_of(folk.ada).get("/search/", {"q": typed}))


def test_what_was_typed_is_text_and_no_markup(folk: Folk) -> None:
    shown = client_of(folk.ada).get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in shown


def test_sorts_come_in_order_cut_to_their_best_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground_search, "_finds", {})
    asked: list[tuple[str, int]] = []

    @searches("Later", order=60)
    def later(actor: Actor, typed: str, limit: int) -> list[Hit]:
        asked.append((typed, limit))
        return [Hit(title=str(number), url="/") for number in range(limit)]

    @searches("Sooner", order=40)
    def sooner(actor: Actor, typed: str, limit: int) -> list[Hit]:
        return [Hit(title="one", url="/")]

    @searches("Never", order=50)
    def never(actor: Actor, typed: str, limit: int) -> list[Hit]:
        return []

    found = search(Actor.system("test"), "  two   words ", limit=3)
    assert [(sort.title, len(sort.hits), sort.has_more) for sort in found] == [("Sooner", 1, False), ("Later", 3, True)]
    assert asked == [("two words", 4)]
    assert search(Actor.system("test"), "x") == []


# ------------------------------------------------------------------ errors


def _raise(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("trouble/refused/", _raise(Refused("Your roles allow this elsewhere, but not here."))),
    path("trouble/missing/", _raise(NotFound("There is no such queue."))),
    path("trouble/not-now/", _raise(NotNow("A closed queue keeps its name."))),
    path("trouble/invalid/", _raise(Invalid("This does not fit.", fields={"name": ["Too long."]}))),
    path("trouble/denied/", _raise(PermissionDenied("Not for you."))),
    path("trouble/suspicious/", _raise(SuspiciousOperation("odd"))),
    path("trouble/bug/", _raise(ZeroDivisionError("secret detail"))),
    *all_urls,
]
handlers = (handler400, handler403, handler404, handler500)


@pytest.fixture
def trouble(folk: Folk) -> Any:
    client = client_of(folk.ada)
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield client


@pytest.mark.parametrize(
    ("what", "status", "said"),
    [
        ("refused", 403, "Your roles allow this elsewhere, but not here."),
        ("missing", 404, "There is no such queue."),
        ("not-now", 409, "A closed queue keeps its name."),
        ("invalid", 422, "Too long."),
        ("denied", 403, "Not for you."),
        ("suspicious", 400, "does not fit"),
        ("nowhere", 404, "or you may not see it"),
        ("bug", 500, "The error has been noted."),
    ],
)
def test_what_goes_wrong_says_what_why_and_what_next(what: str, status: int, said: str, trouble: Client) -> None:
    answer = trouble.get(f"/trouble/{what}/")
    shown = text(answer)
    assert answer.status_code == status
    assert said in shown
    assert "What you can do" in shown
    assert answer["X-Request-ID"] in shown
    assert "secret detail" not in shown


def test_a_program_gets_its_errors_as_problem_documents(trouble: Client) -> None:
    answer = trouble.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "not-found"


def test_not_now_leads_back_to_our_page_and_to_no_other(trouble: Client) -> None:
    back = "http://testserver/people/workers/"
    assert trouble.post("/trouble/not-now/", headers={"Referer": back})["Location"] == back
    for elsewhere in ("https://evil.example/", "http://testserver.evil.example/", ""):
        assert trouble.post("/trouble/not-now/", headers={"Referer": elsewhere}).status_code == 409
    partial = trouble.post("/trouble/not-now/", headers={"Referer": back, "HX-Request": "true"})
    assert partial.status_code == 409
    assert "data-problem" in text(partial)


def test_an_unknown_host_is_refused_without_a_database(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in text(answer)


def test_a_form_without_its_token_is_refused_in_plain_words(folk: Folk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(folk.ada)
    answer = client.post("/people/organisations/", {"name": "West"})
    assert answer.status_code == 403
    assert "This page was open for too long" in text(answer)


def test_the_request_is_named_by_us_or_by_whoever_stands_in_front(db: None) -> None:
    assert Client().get("/healthz", headers={"X-Request-ID": "proxy-12345678"})["X-Request-ID"] == "proxy-12345678"
    for odd in ("short", "x" * 65, "a b c d e f g h", "<script>alert</script>"):
        assert Client().get("/healthz", headers={"X-Request-ID": odd})["X-Request-ID"] != odd


# ------------------------------------------------------------------ machines


def test_it_says_that_it_is_well(db: None) -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": {"database": "ok", "migrations": "ok", "log": "ok"}}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("part", ["database", "migrations", "log"])
def test_it_says_what_is_not_well_but_not_why(part: str, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise RuntimeError("password=geheim")

    monkeypatch.setitem(site_health.CHECKS, part, fails)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "failed"
    assert answer.json()["parts"][part] == "failed"
    assert "geheim" not in text(answer)


def test_it_notices_a_folder_that_cannot_be_written(db: None, data_dir: Path) -> None:
    (data_dir / "log").write_text("a file where the folder should be")
    assert Client().get("/healthz").json()["parts"]["log"] == "failed"


def test_search_engines_are_sent_away(db: None) -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain"
    assert text(answer) == "User-agent: * Disallow: / "


def test_the_picture_is_found(db: None) -> None:
    answer = Client().get("/favicon.ico", follow=True)
    answer.close()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
