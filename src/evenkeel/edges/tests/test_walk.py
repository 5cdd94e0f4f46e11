"""The walk: every address of the whole project and every table, as owner, colleague, stranger and nobody.

It finds addresses and tables by itself. A parameter of an address is a row of North's: `PARAMETERS` names the table for
those that are not named after it (`queue_id` is a Queue). `OPEN` are those that belong to nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from evenkeel.ground.access import Actor, all_scopes, may, reached_models, visible
from evenkeel.people import Person, actor_for

from .world import MARK, NOW, World, build

COUNTS = Path(__file__).parents[4] / "tests" / "query_counts.json"

PARAMETERS = {
    "act_id": "work.BulkAct",
    "audit_id": "quality.AuditTask",
    "check_id": "quality.AuditCheck",
    "case_id": "improve.EvidenceCase",
    "draw_id": "quality.Draw",
    "form_id": "work.AnswerForm",
    "grant_id": "people.RoleGrant",
    "import_id": "work.ImportRun",
    "limit_id": "wellness.ExposureLimit",
    "media_id": "work.MediaFile",
    "plan_id": "quality.SamplingPlan",
    "reason_id": "quality.DisputeReason",
    "request_id": "people.TimeRequest",
    "run_id": "work.ImportRun",
    "scheme_id": "quality.AcceptanceScheme",
    "task_id": "quality.AuditTask",
    "token_id": "people.ApiToken",
    "upload_id": "quality.LabelUpload",
}
# Belong to nobody: names of kinds, numbers within something, allauth's own keys.
OPEN: dict[str, Any] = {
    "app_label": "people",
    "content_type_id": 1,
    "dimension": "team",
    "entity_set": "decisions",
    "key": "no-such-key",
    "metric": "accuracy",
    "name": "no-such-name",
    "number": 1,
    "object_id": str(uuid4()),
    "of": "worker",
    "pk": 1,
    "provider_id": "sso",
    "slug": "accuracy",
    "sort": "metric",
    "uidb36": "1",
    "url": "x",
    "what": "note",
}
# Tables whose rows everybody with the right may see, whoever she belongs to.
SHARED_TABLES = {"people.Role"}
# Nothing fetches these by themselves: they are reached through what they belong to, or are nobody's to look at.
WITHOUT_REACH = {
    "ground.JobClock",
    "ground.LogBatch",
    "ground.LogErasure",
    "ground.LogFile",
    "ground.LogHorizon",
    "ground.LogRow",
    "ground.LogSchema",
    "ground.TrailPending",
    "ground.TrailSeal",
    "measure.Acknowledgement",
    "measure.ConsumedBatch",
    "measure.CubeValue",
    "measure.Disposition",
    "measure.LabelTally",
    "measure.RollupMember",
    "measure.Study",
    "people.Role",
    "people.Skill",
    "policy.CertificateEnd",
    "policy.PolicyTranslation",
    "wellness.Exposure",
    "wellness.ExposureTotal",
    "work.AppealRule",
    "work.Engagement",
    "work.EscalationStep",
    "work.IncidentEntry",
    "work.IncidentLink",
    "work.IncidentRole",
    "work.ItemsRead",
    "work.OpenCount",
    "work.SeverityMatrix",
    "work.TakenBack",
}
# What nobody needs to be known for. Everything else asks who it is.
PUBLIC = re.compile(
    r"accounts/\^?(login|logout|signup|inactive|reauthenticate|confirm-email|email|password/reset|login/code|3rdparty|social|oidc"
    r"|2fa/(authenticate|webauthn/login))|healthz|ui/|robots\.txt|favicon\.ico|admin/|api/v1/(openapi\.json|docs)$"
)


@dataclass(frozen=True)
class Route:
    """An address with its parameters still open."""

    route: str
    name: str
    parameters: tuple[str, ...]

    def url(self, values: dict[str, Any]) -> str:
        """The address with the parameters filled in."""
        if self.route.startswith("accounts/") and "(?P" in self.route:
            text = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", lambda found: str(values[found[1]]), self.route)
            text = text.replace("^", "").replace("$", "")
        else:
            text = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.route)
            text = re.sub(r"\(\?P<(\w+)>.*?\)(?=[/$])", lambda found: str(values[found[1]]), text)
        return "/" + re.sub(r"[\^$]|\\Z", "", text).replace("(?", "").replace("\\.", ".")


def routes() -> list[Route]:
    """Every address of the project, by its place in the resolver."""
    found = {route.route: route for route in _routes(get_resolver().url_patterns, "", "")}
    return sorted(found.values(), key=lambda route: route.route)


def _routes(patterns: Iterable[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, text, inner)
        else:
            names = tuple(re.findall(r"<(?:\w+:)?(\w+)>", text))
            yield Route(text, f"{namespace}{pattern.name or text}", names)


def model_of(parameter: str) -> type[models.Model] | None:
    """The table that a parameter is a key of; None for one that the walk does not know."""
    if parameter in PARAMETERS:
        return apps.get_model(PARAMETERS[parameter])
    word = parameter.removesuffix("_id").replace("_", "")
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label in settings.ROOMS and model._meta.model_name == word and parameter.endswith("_id")
    ]
    return found[0] if len(found) == 1 else None


def values_for(route: Route, world: World) -> dict[str, Any]:
    """North's things for every parameter of an address."""
    if route.route.startswith("admin/"):
        return {**OPEN, "app_label": "people"}
    return {name: _norths(name, world) for name in route.parameters}


def _norths(parameter: str, world: World) -> Any:
    model = model_of(parameter)
    if parameter in OPEN or model is None:
        return OPEN.get(parameter, uuid4())
    return world.row(model).pk


def is_norths(route: Route) -> bool:
    """Whether the address is of something that belongs to a vendor."""
    tables = [model_of(name) for name in route.parameters if name not in OPEN]
    return any(table is None or table._meta.label not in SHARED_TABLES for table in tables)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for the whole walk, taken back at its end."""
    from dataclasses import replace

    from django.db import transaction
    from django.test.utils import override_settings

    folder = tmp_path_factory.mktemp("world")
    with (
        django_db_blocker.unblock(),
        override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder), MEDIA_ROOT=folder / "uploads"),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_world(world: World, db: None) -> None:
    """Each test changes what it likes: its own savepoint is taken back."""


def as_(person: Person | None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def leads_to_log_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(("/accounts/login/", "/admin/login/"))


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode(errors="replace"))


ROUTES = routes()


def test_every_parameter_of_an_address_is_known() -> None:
    """Without a thing to put in its place an address would be walked in vain."""
    unknown = {
        name: route.route
        for route in ROUTES
        for name in route.parameters
        if name not in OPEN and model_of(name) is None and not route.route.startswith("admin/")
    }
    assert unknown == {}, "name their tables in PARAMETERS, or put what belongs to nobody into OPEN"


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_asked_who_she_is(method: str, world: World) -> None:
    client, wrong = as_(None), []
    for route in ROUTES:
        if PUBLIC.match(route.route):
            continue
        answer = getattr(client, method)(route.url(values_for(route, world)))
        is_refused = leads_to_log_in(answer) or answer.status_code in (401, 403)
        # A method that is not offered, or an address that is not there, gives nothing away either.
        if not is_refused and answer.status_code not in (404, 405):
            wrong.append(f"{route.route}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert wrong == []


def test_what_is_public_shows_nothing_of_anybody(world: World) -> None:
    client = as_(None)
    for route in ROUTES:
        if PUBLIC.match(route.route):
            answer = client.get(route.url(values_for(route, world)))
            assert answer.status_code < 500 or route.route == "healthz", route
            assert MARK not in text_of(answer), f"{route.route} shows {MARK} to nobody"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_from_another_vendor_reaches_nothing_of_norths(method: str, world: World) -> None:
    client, wrong = as_(world.south.person), []
    for route in ROUTES:
        if not is_norths(route) or route.route.startswith("admin/"):
            continue
        answer = getattr(client, method)(route.url(values_for(route, world)))
        # 400 and 422: what was sent could not be read, so nothing was looked up.
        if answer.status_code not in (400, 403, 404, 405, 422) or MARK in text_of(answer):
            wrong.append(f"{method} {route.route}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert wrong == []


def test_no_page_shows_a_stranger_anything_of_norths(world: World) -> None:
    client, wrong = as_(world.south.person), []
    values = {name: _shared(name, world) for route in ROUTES for name in route.parameters}
    for route in ROUTES:
        if route.route.startswith("admin/"):
            continue
        answer = client.get(route.url(values))
        if answer.status_code >= 500:
            wrong.append(f"{route.route}: {answer.status_code}")
        elif MARK in (text := text_of(answer)):
            at = text.index(MARK)
            wrong.append(f"{route.route} shows …{text[max(0, at - 60) : at + 40]}…")
    assert wrong == []


def _shared(parameter: str, world: World) -> Any:
    """A thing of the programme in which both vendors work, or of South's own."""
    model = model_of(parameter)
    if parameter in OPEN or model is None:
        return OPEN.get(parameter, uuid4())
    paths = reached_models().get(model, {})
    rows = model._default_manager.all()
    if path := paths.get("programme"):
        lookup = "name" if path == "pk" else f"{path}__name"
        rows = rows.filter(**{lookup: "Shared programme"})
    if path := paths.get("organisation"):
        rows = rows.filter(**{path: world.south.organisation.pk})
    found = rows.order_by("pk").first()
    return found.pk if found is not None else uuid4()


def _scopes_to_try(actor: Actor) -> list[str]:
    """One scope of each sort: those that come by the same grants have the same answer."""
    by_grants = {(actor.grants_for(scope), actor.has_as_own(scope)): scope for scope in all_scopes()}
    return sorted(by_grants.values())


def test_no_table_yields_a_foreign_row_to_a_vendors_person(world: World) -> None:
    """She was granted everything everywhere: what she was granted must not matter."""
    outside = actor_for(world.south.person, now=NOW)
    wrong = []
    for model, paths in reached_models().items():
        rows = model._default_manager.all()
        assert world._norths(model) is not None, f"no row of North's in {model._meta.label}"
        path = paths["organisation"]
        own = set(rows.filter(**{path: outside.organisation_id}).values_list("pk", flat=True)) if path else set()
        for scope in _scopes_to_try(outside):
            seen = set(visible(outside, scope, rows).values_list("pk", flat=True))
            if not seen <= own:
                wrong.append(f"{scope} shows {len(seen - own)} foreign rows of {model._meta.label}")
    assert wrong == []


def test_every_table_has_one_answer_to_both_questions(world: World) -> None:
    """`may` about a row and `visible` over all rows agree, for everybody."""
    for person in (world.owner, world.colleague, world.north.person, world.south.person):
        actor = actor_for(person, now=NOW)
        for model in reached_models():
            row = world.row(model)
            for scope in _scopes_to_try(actor):
                is_seen = visible(actor, scope, model._default_manager.all()).filter(pk=row.pk).exists()
                assert bool(may(actor, scope, row)) == is_seen, f"{scope} on {model._meta.label} for {person.name}"


def test_every_table_has_a_reach_or_is_known_to_need_none() -> None:
    ours = {model for model in apps.get_models() if model._meta.app_label in settings.ROOMS}
    without = {model._meta.label for model in ours if model not in reached_models()}
    assert sorted(without - WITHOUT_REACH) == [], "give them a reach in their room's reach.py, or list them here"
    assert sorted(WITHOUT_REACH - {model._meta.label for model in ours}) == [], "these are gone"


@pytest.mark.parametrize("who", ["owner", "colleague", "member"])
def test_no_page_breaks_for_people_with_more_or_fewer_rights(who: str, world: World) -> None:
    person = {"owner": world.owner, "colleague": world.colleague, "member": world.north.person}[who]
    client = as_(person)
    broken, opened = [], 0
    for route in ROUTES:
        if route.route.startswith("admin/"):
            continue
        answer = client.get(route.url(values_for(route, world)))
        if answer.status_code >= 500:
            broken.append(f"{route.route}: {answer.status_code}")
        opened += answer.status_code == 200
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            broken += [f"{route.route}: {fault}" for fault in _faults(answer)]
        if "logout" in route.route:
            client = as_(person)
    assert broken == []
    assert opened > 20


class _Reader(HTMLParser):
    """Notes what the content security policy would refuse."""

    def __init__(self, text: str):
        super().__init__()
        self.faults: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") != "application/json"):
            self.faults.append(f"<{tag}> inside the page")
        self.faults += [f"{tag} has {name}" for name in said if name == "style" or re.fullmatch(r"on[a-z]+", name)]
        for name in ("src", "href"):
            if re.match(r"(https?:)?//|javascript:", said.get(name) or "") and tag in (
                "script",
                "link",
                "img",
                "iframe",
            ):
                self.faults.append(f"{tag} is fetched from {said[name]}")


def _faults(answer: Any) -> list[str]:
    faults = _Reader(text_of(answer)).faults
    if "default-src 'self'" not in answer.headers.get("Content-Security-Policy", ""):
        faults.append("no content security policy")
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        faults.append("may be stored")
    return faults


def test_each_page_takes_the_queries_that_are_written_down(world: World, request: pytest.FixtureRequest) -> None:
    """A new loop of queries shows as a difference here. `pytest src/evenkeel/edges/tests --record-queries` writes anew."""
    client = as_(world.owner)
    counts: dict[str, int] = {}
    for route in ROUTES:
        if route.route.startswith(("admin/", "accounts/")) or "healthz" in route.route:
            continue
        url = route.url(values_for(route, world))
        if client.get(url).status_code != 200:  # also fills what is read once a process
            continue
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts[route.name] = sum(not each["sql"].startswith(("SAVEPOINT", "RELEASE")) for each in queries)
    if request.config.getoption("--record-queries", default=False):
        COUNTS.write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n")
    written = json.loads(COUNTS.read_text())
    assert counts == written, (
        "the number of queries changed: if that is meant, write it down by "
        "`pytest src/evenkeel/edges/tests/test_walk.py --record-queries`"
    )
    too_many = {name: count for name, count in counts.items() if count > 60}
    assert too_many == {}, "a page that asks the database this often is slow on every install"
