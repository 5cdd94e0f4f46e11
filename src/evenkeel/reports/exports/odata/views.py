"""The addresses of the feed. Who asks shows a token as password (Basic, as spreadsheets do) or as Bearer, or is logged in."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path, re_path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Problem
from evenkeel.ground.pages import PageRequest
from evenkeel.people import note_look, token_actor

from ..reading import SET_ASIDE
from ..scopes import EXPORT_MAKE
from .acts import note_reading
from .documents import context, entity, metadata, service
from .errors import Unfit
from .filters import filtered
from .options import Options, options_of, token_of
from .sets import KEY, EntitySet, Opened, opened, sets_for

View = Callable[..., HttpResponseBase]
_JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
_PAGE = re.compile(r"odata\.maxpagesize\s*=\s*(\d{1,9})|maxpagesize\s*=\s*(\d{1,9})")


def feed(view: View) -> View:
    """A view of the feed: finds out who asks, answers refusals in OData's form."""

    @require_safe
    @wraps(view)
    def answered(request: PageRequest, *args: Any, **said: Any) -> HttpResponseBase:
        request.actor = _who(request)
        if request.actor.person_id is None:
            refusal = _refusal(401, "unauthenticated", _("Send a token of your profile as password, or log in."))
            refusal["WWW-Authenticate"] = 'Basic realm="evenkeel", charset="UTF-8"'
            return refusal
        try:
            if not request.actor.has(EXPORT_MAKE):
                return _refusal(403, "refused", _("None of your roles allows to take figures out."))
            try:
                response = view(request, *args, **said)
            except Problem as problem:
                if problem.code != SET_ASIDE:
                    raise
                response = view(request, *args, **said)
        except Unfit as unfit:
            return _refusal(unfit.status, unfit.code, unfit.sentence)
        except Problem as problem:
            sentence = " ".join(
                [problem.sentence, *(f"{name}: {text}" for name, each in problem.fields.items() for text in each)]
            )
            return _refusal(problem.status, problem.code, sentence)
        response["OData-Version"] = "4.0"
        return response

    return answered


@feed
def service_document(request: PageRequest) -> HttpResponseBase:
    """What there is to read."""
    return JsonResponse(service(_root(request), sets_for(request.actor).values()), content_type=_JSON)


@feed
def metadata_document(request: PageRequest) -> HttpResponseBase:
    """The types of everything."""
    return HttpResponse(metadata(sets_for(request.actor).values()), content_type="application/xml")


@feed
def entities(request: PageRequest, entity_set: str) -> HttpResponseBase:
    """A page of a set's rows."""
    wanted = _set(request, entity_set)
    options = options_of(request.GET, names=list(wanted.kinds), page=_wished(request))
    if not options.offset:
        note_reading(request.actor, entity_set=entity_set, query=dict(request.GET.items()), now=request.now)
    with opened(request.actor, wanted, request.GET, now=request.now) as found:
        kept = filtered(found.rows, options.filter, wanted.kinds) if options.filter else found.rows
        said: dict[str, Any] = {"@odata.context": context(_root(request), wanted, options.select)}
        if options.counts:
            said["@odata.count"] = _counted(found, kept)
        rows = _page(found, _sorted(kept, wanted, options), options)
        _note_people(request, wanted, rows)
        said["value"] = [entity({name: row[name] for name in options.select}) for row in rows[: options.size]]
        if len(rows) > options.size > 0 and (options.top is None or options.offset + options.size < options.top):
            said["@odata.nextLink"] = _next(request, found, options)
    response = JsonResponse(said, content_type=_JSON)
    if _wished(request):
        response["Preference-Applied"] = f"odata.maxpagesize={options.page}"
    return response


@feed
def one_entity(request: PageRequest, entity_set: str, key: str) -> HttpResponseBase:
    """One row by its key."""
    wanted = _set(request, entity_set)
    options = options_of(request.GET, names=list(wanted.kinds))
    with opened(request.actor, wanted, request.GET, now=request.now) as found:
        kept = found.rows.filter(found.rows[KEY] == key.replace("''", "'"))
        rows = found.connection.to_pyarrow(kept.limit(1)).to_pylist()
    if not rows:
        raise Unfit(_("There is no such row in this period."), status=404, code="not-found")
    _note_people(request, wanted, rows)
    said = {"@odata.context": context(_root(request), wanted, options.select, is_one=True)}
    return JsonResponse({**said, **entity({name: rows[0][name] for name in options.select})}, content_type=_JSON)


@feed
def count(request: PageRequest, entity_set: str) -> HttpResponseBase:
    """How many rows a set has, as plain text."""
    wanted = _set(request, entity_set)
    options = options_of(request.GET, names=list(wanted.kinds))
    with opened(request.actor, wanted, request.GET, now=request.now) as found:
        kept = filtered(found.rows, options.filter, wanted.kinds) if options.filter else found.rows
        return HttpResponse(str(_counted(found, kept)), content_type="text/plain")


def _who(request: PageRequest) -> Actor:
    """The token's owner where one is shown; else whoever is logged in. A wrong token is nobody, not the session's person."""
    way, _space, said = request.headers.get("Authorization", "").partition(" ")
    if not said:
        return request.actor
    if way.lower() == "basic":
        try:
            said = base64.b64decode(said, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return Actor.nobody()
    elif way.lower() != "bearer":
        return Actor.nobody()
    return token_actor(said.strip(), now=request.now) or Actor.nobody()


def _set(request: PageRequest, name: str) -> EntitySet:
    known = sets_for(request.actor)
    if name not in known:
        sentence = _("There is no entity set “%(name)s”; there are %(known)s.")
        raise Unfit(sentence % {"name": name[:40], "known": ", ".join(known)}, status=404, code="not-found")
    return known[name]


def _sorted(rows: Any, wanted: EntitySet, options: Options) -> Any:
    asked = [name for name, _is_down in options.order]
    # An empty value comes before all others, as OData has it; the set's own order breaks ties, so that pages meet.
    order = [
        rows[name].desc(nulls_first=False) if is_down else rows[name].asc(nulls_first=True)
        for name, is_down in options.order
    ]
    rest = [name for name in (*wanted.order, KEY) if name not in asked]
    return rows.order_by([*order, *dict.fromkeys(rest)])


def _page(found: Opened, rows: Any, options: Options) -> list[dict[str, Any]]:
    """One row more than the page has: whether another page follows."""
    if not options.size:
        return []
    said = found.connection.to_pyarrow(rows.limit(options.size + 1, offset=options.start)).to_pylist()
    return list(said)


def _counted(found: Opened, rows: Any) -> int:
    return int(found.connection.to_pyarrow(rows.count()).as_py())


def _note_people(request: PageRequest, wanted: EntitySet, rows: list[dict[str, Any]]) -> None:
    workers = {UUID(row["worker_id"]) for row in rows if row.get("worker_id")}
    note_look(request.actor, workers=workers, what=wanted.name, now=request.now)


def _next(request: PageRequest, found: Opened, options: Options) -> str:
    """The next page's address. It names the period, so that the pages of a night's refresh are of one period."""
    said = request.GET.copy()
    said["since"], said["until"] = found.asked.since.isoformat(), found.asked.until.isoformat()
    said["$skiptoken"] = token_of(options.offset + options.size)
    pairs = [(name, value) for name, values in said.lists() for value in values]
    return request.build_absolute_uri(f"{request.path}?{urlencode(pairs, safe='$')}")


def _wished(request: PageRequest) -> int | None:
    match = _PAGE.search(request.headers.get("Prefer", ""))
    return int(match[1] or match[2]) if match else None


def _root(request: PageRequest) -> str:
    return request.build_absolute_uri(reverse("reports:odata"))


def _refusal(status: int, code: str, sentence: str) -> JsonResponse:
    response = JsonResponse({"error": {"code": code, "message": sentence}}, status=status, content_type=_JSON)
    response["OData-Version"] = "4.0"
    return response


urlpatterns = [
    path("reports/odata/", service_document, name="odata"),
    path("reports/odata/$metadata", metadata_document, name="odata-metadata"),
    path("reports/odata/<slug:entity_set>", entities, name="odata-set"),
    path("reports/odata/<slug:entity_set>/$count", count, name="odata-count"),
    re_path(r"^reports/odata/(?P<entity_set>\w+)\('(?P<key>(?:[^']|'')+)'\)$", one_entity, name="odata-entity"),
]
