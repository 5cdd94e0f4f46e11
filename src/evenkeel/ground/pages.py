"""What every page has in common: who may open it, where it stands in the menu, and the frame around it.

A room's `pages.py` holds plain functions under `@page(...)` and a list `urlpatterns`; edges mounts every room's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render as django_render
from django.urls import NoReverseMatch, reverse

from evenkeel import __version__

from .access import Actor


class PageRequest(HttpRequest):
    """A request as it reaches a page: middleware has read the clock and found out who asks."""

    actor: Actor
    now: datetime
    request_id: str


class PageFunction(Protocol):
    def __call__(self, request: PageRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading of the menu."""

    slug: str
    title: Any
    order: int


@dataclass(frozen=True, kw_only=True)
class Nav:
    """A page's place in the menu: shown to whoever has the scope anywhere, or one of `or_scopes`; `is_for_workers` to
    workers among them only.
    """

    section: str
    icon: str
    order: int
    scope: str
    is_for_workers: bool = False
    or_scopes: tuple[str, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        """Whether it is shown to the actor."""
        may = actor.has(self.scope) or any(actor.has(scope) for scope in self.or_scopes)
        return may and (actor.worker_id is not None or not self.is_for_workers)


@dataclass(frozen=True, kw_only=True)
class _Entry:
    title: Any
    view_name: str
    nav: Nav


@dataclass(frozen=True, kw_only=True)
class Crumb:
    title: str
    url: str | None


@dataclass(frozen=True, kw_only=True)
class NavItem:
    title: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class NavSection:
    title: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Everything that the frame around a page shows."""

    sections: tuple[NavSection, ...]
    actor: Actor
    theme: str
    density: str
    notice_count: int
    search_url: str
    notices_url: str
    profile_url: str
    logout_url: str
    version: str
    crumbs: tuple[Crumb, ...] = ()


_sections: dict[str, Section] = {}
_entries: list[_Entry] = []


def section(slug: str, title: Any, *, order: int) -> None:
    """Declare a heading of the menu."""
    _sections[slug] = Section(slug=slug, title=title, order=order)


def page(
    title: Any, *, name: str | None = None, nav: Nav | None = None, public: bool = False
) -> Callable[[Callable[..., HttpResponseBase]], PageFunction]:
    """Mark a function as a page. Whoever is not logged in is sent to log in, unless the page is `public`.

    `name` is the URL's name ("work:queues"), needed only with `nav`. The function itself asks `access` for its objects.
    """

    def wrap(function: Callable[..., HttpResponseBase]) -> PageFunction:
        if nav is not None:
            if name is None:
                raise ValueError("a page in the menu needs the name of its URL")
            _entries.append(_Entry(title=title, view_name=name, nav=nav))

        @wraps(function)
        def shown(request: PageRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not public and request.actor.person_id is None:
                return redirect_to_login(request.get_full_path())
            return function(request, *args, **kwargs)

        shown.page_title = title  # type: ignore[attr-defined]
        shown.is_public = public  # type: ignore[attr-defined]
        return shown

    return wrap


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    crumbs: Sequence[tuple[Any, str | None]] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page in its frame; `crumbs` lead from the section down to, not including, the page itself."""
    said = dict(context or {})
    said["crumbs"] = tuple(Crumb(title=str(title), url=url) for title, url in crumbs)
    return django_render(request, template, said, status=status)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame. Cheap, because it reads what middleware has fetched already."""
    actor: Actor = getattr(request, "actor", None) or Actor.nobody()
    person = getattr(request, "person", None)
    return {
        "shell": Shell(
            sections=_menu(actor, request.path),
            actor=actor,
            theme=getattr(person, "theme", "system"),
            density=getattr(person, "density", "comfortable"),
            notice_count=getattr(request, "notice_count", 0),
            search_url=_url("site:search"),
            notices_url=_url("people:notices"),
            profile_url=_url("people:profile"),
            logout_url=_url("account_logout"),
            version=__version__,
        ),
        "demo": settings.EVENKEEL.demo,
        "site_title": "evenkeel",
    }


def _menu(actor: Actor, path: str) -> tuple[NavSection, ...]:
    shown: dict[str, list[tuple[int, NavItem]]] = {}
    best = ""
    links = []
    for entry in _entries:
        if entry.nav.is_for(actor):
            url = _url(entry.view_name)
            links.append((entry, url))
            if url and path.startswith(url) and len(url) > len(best):
                best = url
    for entry, url in links:
        item = NavItem(title=str(entry.title), url=url, icon=entry.nav.icon, is_current=bool(best) and url == best)
        shown.setdefault(entry.nav.section, []).append((entry.nav.order, item))
    return tuple(
        NavSection(
            title=str(heading.title),
            items=tuple(item for _, item in sorted(shown[heading.slug], key=lambda pair: pair[0])),
        )
        for heading in sorted(_sections.values(), key=lambda heading: heading.order)
        if heading.slug in shown
    )


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def object_url(name: str, pk: UUID | str) -> str:
    """The address of one object's page."""
    return reverse(name, args=[pk])
