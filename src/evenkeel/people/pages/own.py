"""One's own: profile and notices."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.slots import parts_for
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import ProfileForm
from ..models import Notice, Person
from ..notices import mark_read, notices_of
from ..own import set_preferences
from ..queries import grants_in_force


@page(gettext_lazy("Profile"))
def profile(request: PageRequest) -> HttpResponse:
    """Name, language, time zone, look. A POST of `theme` or `density` alone comes from the menu of every page."""
    person = cast(Person, request.user)
    sent = set(request.POST) - {"csrfmiddlewaretoken", "next"}
    if request.method == "POST" and sent and sent <= {"theme", "density"}:
        set_preferences(person, theme=request.POST.get("theme"), density=request.POST.get("density"))
        return redirect(_safe(request, request.POST.get("next", "")))
    fields = ("name", "language", "time_zone", "theme", "density")
    form = ProfileForm(request.POST or None, initial={name: getattr(person, name) for name in fields})
    if request.method == "POST" and tried(form, lambda said: _save(request, person, said)) is not None:
        messages.success(request, _("Saved."))
        return redirect("people:profile")
    grants = grants_in_force(request.now).filter(person=person).select_related("role")
    context = {"person": person, "form": form, "grants": grants, "tabs": account_tabs(request)}
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)


def account_tabs(request: PageRequest) -> str:
    """The sides of one's own account; those of logging in belong to a room above."""
    return mark_safe("".join(parts_for("people:account:tabs", request, request.user)))  # noqa: S308


def _save(request: PageRequest, person: Person, said: dict[str, str]) -> Person:
    set_preferences(person, theme=said.pop("theme"), density=said.pop("density"))
    return acts.change_profile(request.actor, person=person, now=request.now, **said)


def _safe(request: PageRequest, url: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours else "people:profile"


@page(gettext_lazy("Notices"))
def notices(request: PageRequest) -> HttpResponse:
    """What happened that I should know of; POST marks all as read."""
    person = cast(Person, request.user)
    if request.method == "POST":
        mark_read(person, now=request.now)
        return redirect("people:notices")
    table = Table(
        request,
        notices_of(person),
        title=_("Notices"),
        columns=[
            Column("title", _("What"), link=lambda each: f"/people/notices/{each.pk}/"),
            Column(
                "read_at",
                _("State"),
                kind="badge",
                value=lambda each: _("Read") if each.read_at else _("New"),
                tone=lambda each: "quiet" if each.read_at else "info",
            ),
            Column("at", _("When"), kind="moment", sort="at"),
        ],
        default_sort="-at",
        empty=Empty(
            title=_("No notices yet"),
            body=_("Signals that you own, things given to you, work that came back: they are told here."),
            icon="bell",
        ),
        row_class=lambda each: "" if each.read_at else "unread",
    )
    return render(request, "people/notices.html", {"table": table})


@page(gettext_lazy("Notice"))
def notice(request: PageRequest, notice_id: UUID) -> HttpResponse:
    """Reading one leads to the page it is about. It changes nothing but its own mark, so a link may do it."""
    found = load(request.actor, scopes.NOTICE_READ, Notice.objects.all(), notice_id)
    if found.read_at is None:
        found.read_at = request.now
        found.save(update_fields=["read_at"])
    is_ours = url_has_allowed_host_and_scheme(found.url, {request.get_host()}, require_https=request.is_secure())
    return redirect(found.url if found.url and is_ours else "people:notices")
